"""Literals a pattern cannot match without."""

import re

import pytest

from linkprobe.judge.phrases import PHRASES
from linkprobe.judge.phrases.literals import required


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("access denied", ("access denied",)),
        ("access (?:is )?denied", ("access ",)),
        ("colou?r (?:red|blue)", ("colo",)),
        ("(?:log|sign) in", (" in",)),
        ("(?:blocked|banned)…", ("blocked", "banned")),
        ("one two|three", ("one two", "three")),
        ("one two|[abc]", ()),
        (r"\b404\b", ("404",)),
        ("x(?:ab|cd)?y", ()),
        ("(?:a(?:bcd|efg)|hij)k*", ("bcd", "efg", "hij")),
        ("ab{0,3}cde$", ("cde",)),
        ("", ()),
    ],
)
def test_the_longest_sure_literal_is_taken(pattern: str, literals: tuple[str, ...]) -> None:
    assert required(pattern) == literals


@pytest.mark.parametrize("wording", PHRASES, ids=lambda wording: wording.example[:20])
def test_every_match_holds_one_of_them(wording: object) -> None:
    from linkprobe.judge.phrases import Wording, fold

    assert isinstance(wording, Wording)
    text = fold(wording.example)
    found = re.search(wording.pattern, text)

    assert found is None or any(need in found[0] for need in wording.needs)
