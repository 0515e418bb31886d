"""Structure."""

from linkprobe.page.shape import MOST_TAGS, shape, tags


def test_tags_are_taken_in_order_without_what_dynamic_parts_multiply() -> None:
    assert tags("<HTML><script></script><P><br>x</p><b>") == ("html", "p", "b")


def test_a_page_s_shape_does_not_know_its_text() -> None:
    assert shape("<ul><li>a<li>b<li>c") == shape("<ul class=x><li>d <li>e<li>f")


def test_tags_are_bounded() -> None:
    assert len(tags("<p>" * (MOST_TAGS + 9))) == MOST_TAGS
