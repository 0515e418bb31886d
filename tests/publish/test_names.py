import pytest

from linkprobe.publish.names import cell_name, segment


def test_an_id_stands_in_a_file_name_as_it_is() -> None:
    assert segment("douyin-video_2.x") == "douyin-video_2.x"


def test_a_time_of_day_may_name_a_round() -> None:
    assert segment("2026-03-01T10:00Z") == "2026-03-01T10-00Z"


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", ".", "", "a/b", 'x"><script>', "链接", "a" * 300, "\ud800"])
def test_anything_else_becomes_one_harmless_part(name: str) -> None:
    made = segment(name)

    assert made.strip(".")
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-~")
    assert len(made) <= 80


def test_names_that_lose_something_stay_apart() -> None:
    assert segment("a/b") != segment("a?b")


def test_the_default_vantage_is_left_out() -> None:
    assert cell_name(("wechat", "chat", "taobao", "here")) == "wechat~chat~taobao"
    assert cell_name(("wechat", "chat", "taobao", "shanghai")) == "wechat~chat~taobao~shanghai"
