"""The one exception of the scenario files, and how it names things."""

from pathlib import Path

import pytest

from linkprobe.scenario import ScenarioError
from linkprobe.scenario.names import LONGEST_LIST, quoted, suggest


@pytest.mark.parametrize(
    ("path", "line", "text"),
    [
        (Path("a/b.yaml"), 12, "a/b.yaml:12: it is wrong; make it right"),
        (Path("a/b.yaml"), None, "a/b.yaml: it is wrong; make it right"),
        (None, 12, "line 12: it is wrong; make it right"),
        (None, None, "it is wrong; make it right"),
    ],
)
def test_an_error_is_one_line(path: Path | None, line: int | None, text: str) -> None:
    assert str(ScenarioError("it is wrong", "make it right", path=path, line=line)) == text


def test_an_error_without_a_remedy_says_just_what_is_wrong() -> None:
    assert str(ScenarioError("it is wrong")) == "it is wrong"


def test_quoting_shortens_and_escapes() -> None:
    assert quoted("微信\n\x1b") == "'微信\\n\\x1b'"
    assert quoted("x" * 61) == repr("x" * 59 + "…")


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("wechta", ["wechat", "weibo"], "did you mean 'wechat'?"),
        ("WECHAT", ["wechat", "weibo"], "did you mean 'wechat'?"),
        ("zzz", ["wechat", "weibo"], "known are wechat, weibo"),
        ("zzz", [], "none is declared"),
    ],
)
def test_a_suggestion_is_the_nearest_name_or_all_names(word: str, known: list[str], said: str) -> None:
    assert suggest(word, known) == said


def test_a_long_list_of_names_is_cut() -> None:
    names = [f"q{n:03}" for n in range(LONGEST_LIST + 5)]

    assert suggest("wholly different", names).endswith("q019 and 5 more")
