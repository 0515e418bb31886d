"""Which files are suites, and how their items are named and selected. Nothing is measured here."""

from pathlib import Path

import pytest

from tests.pytest_plugin.conftest import INI, SMALL

SCENARIO = "scenario: {}\nplatform: weibo\nsurfaces: [web-link]\ntargets: [taobao-item]\n"


@pytest.fixture
def inside(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.path.joinpath("pytest.ini").write_text(INI)
    return pytester


def write(pytester: pytest.Pytester, name: str, text: str) -> Path:
    path = pytester.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def collected(pytester: pytest.Pytester, *arguments: str) -> list[str]:
    result = pytester.runpytest_inprocess("-p", "no:playwright", "--collect-only", "-q", *arguments)
    return [line for line in result.outlines if "::" in line]


def test_an_item_is_named_by_platform_surface_and_target(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/社交/small.yaml", SMALL)

    assert collected(inside)[:4] == [
        "scenarios/社交/small.yaml::dingtalk::robot::jd-item",
        "scenarios/社交/small.yaml::dingtalk::robot::taobao-item",
        "scenarios/社交/small.yaml::dingtalk::robot::unfiled-page",
        "scenarios/社交/small.yaml::weibo::web-link::jd-item",
    ]


def test_an_id_selects_an_item_and_the_front_of_it_a_branch(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/社交/small.yaml", SMALL)

    one = collected(inside, "scenarios/社交/small.yaml::weibo::web-link::taobao-item")
    branch = collected(inside, "scenarios/社交/small.yaml::dingtalk")

    assert one == ["scenarios/社交/small.yaml::weibo::web-link::taobao-item"]
    assert len(branch) == 3


def test_a_chinese_id_is_kept_as_it_is(inside: pytest.Pytester) -> None:
    write(
        inside,
        "scenarios/中文.yaml",
        "scenario: 中文\nplatform: weibo\nsurfaces: [web-link]\n"
        "define: [{target: 淘宝, url: 'https://item.taobao.com/1', category: 购物}]\n",
    )

    assert collected(inside, "-m", "category_购物") == ["scenarios/中文.yaml::weibo::web-link::淘宝"]


def test_another_vantage_stands_behind_the_target(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/a.yaml", SCENARIO.format("a") + "vantages: [here, abroad]\n")
    text = (inside.path / "scenarios/a.yaml").read_text() + "define_vantages: [{vantage: abroad}]\n"
    (inside.path / "scenarios/a.yaml").write_text(text)

    assert [name.rpartition("::")[2] for name in collected(inside)] == ["taobao-item@abroad", "taobao-item"]


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("linkprobe", 6),
        ("platform_weibo", 3),
        ("surface_robot and category_shopping", 2),
        ("plane_send", 3),
        ("plane_open and not platform_dingtalk", 3),
    ],
)
def test_marks_select_by_what_a_cell_is(inside: pytest.Pytester, expression: str, count: int) -> None:
    write(inside, "scenarios/small.yaml", SMALL)

    assert len(collected(inside, "-m", expression)) == count


def test_keywords_select_by_any_part_of_the_name(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/small.yaml", SMALL)

    assert len(collected(inside, "-k", "weibo and not taobao")) == 2


def test_only_scenarios_under_the_configured_folders_are_suites(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/wanted.yaml", SCENARIO.format("wanted"))
    write(inside, "scenarios/notes.yaml", "title: no scenario\n")
    write(inside, "tests/cases/unwanted.yaml", SCENARIO.format("unwanted"))
    for folder in ("platforms", "targets", "policies", "worlds"):
        write(inside, f"scenarios/{folder}/unwanted.yaml", SCENARIO.format("unwanted"))

    assert collected(inside) == ["scenarios/wanted.yaml::weibo::web-link::taobao-item"]


def test_a_file_that_is_named_is_a_suite_wherever_it_lies(inside: pytest.Pytester) -> None:
    write(inside, "elsewhere/wanted.yaml", SCENARIO.format("wanted"))

    assert len(collected(inside, "elsewhere/wanted.yaml")) == 1


def test_the_ini_file_says_where_scenarios_lie(inside: pytest.Pytester) -> None:
    inside.path.joinpath("pytest.ini").write_text(f"{INI}linkprobe_scenarios = audits/*.yml\n")
    write(inside, "audits/deep/wanted.yml", SCENARIO.format("wanted"))
    write(inside, "scenarios/unwanted.yaml", SCENARIO.format("unwanted"))

    assert collected(inside) == ["audits/deep/wanted.yml::weibo::web-link::taobao-item"]


def test_a_fault_of_a_file_is_told_with_its_line_and_what_would_be_right(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/bad.yaml", "scenario: bad\nplatform: weibo\ntargets: [taobao-itm]\n")

    result = inside.runpytest("-p", "no:playwright")

    result.stdout.fnmatch_lines(["*bad.yaml:3: *taobao-itm*taobao-item*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_options_that_contradict_each_other_are_refused_in_the_plugins_own_words(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/a.yaml", SCENARIO.format("a"))

    result = inside.runpytest("-p", "no:playwright", "--linkprobe-world", "x", "--linkprobe-live")

    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["--linkprobe-world is for the built-in lab*"])


def test_two_files_may_not_say_different_things_of_one_cell(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/a.yaml", SCENARIO.format("a"))
    write(inside, "scenarios/b.yaml", SCENARIO.format("b") + "expect: open\n")

    result = inside.runpytest("-p", "no:playwright")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*b.yaml*stands differently in*a.yaml*"])


def test_nothing_is_measured_for_a_list_of_items(inside: pytest.Pytester) -> None:
    write(inside, "scenarios/small.yaml", SMALL)

    inside.runpytest("-p", "no:playwright", "--collect-only")

    assert not (inside.path / "results").exists()
