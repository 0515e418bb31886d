"""What two pages' texts have that the other lacks, in words."""

import re
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

_SIGN = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
"""What is written without blanks, sign by sign."""
_WORD = re.compile(rf"[{_SIGN}]|[^\s{_SIGN}]+")
_BETWEEN_SIGNS = re.compile(rf"(?<=[{_SIGN}]) (?=[{_SIGN}])")
MOST = 400
"""Words of either text that are compared; the time grows with their product."""
_CONTEXT = 12
"""Words that are kept at either end of a passage both texts have."""
_APART = 0.4
"""Below this share of common words, in order, the texts are told one after the other: what they share is chance."""


class Side(StrEnum):
    """Which text has a passage."""

    BOTH = "both"
    SUBJECT = "subject"
    DIRECT = "direct"
    GAP = "gap"


class Passage(NamedTuple):
    """A run of words, and which text has it."""

    side: Side
    text: str


class TextDifference(NamedTuple):
    """The passages in order. `apart` where the texts share next to nothing, `same` where they are equal."""

    passages: tuple[Passage, ...] = ()
    apart: bool = False
    same: bool = False


@lru_cache(256)
def text_difference(subject: str, direct: str) -> TextDifference:
    """The difference between the text through the platform and the text without it."""
    if subject == direct:
        return TextDifference(same=True)
    ours, theirs = _words(subject), _words(direct)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.quick_ratio() < _APART or matcher.ratio() < _APART:
        told = (Passage(Side.SUBJECT, _joined(ours)), Passage(Side.DIRECT, _joined(theirs)))
        return TextDifference(tuple(passage for passage in told if passage.text), apart=True)
    return TextDifference(tuple(_passages(matcher, ours, theirs)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text)[:MOST]


def _passages(matcher: SequenceMatcher[str], ours: list[str], theirs: list[str]) -> list[Passage]:
    found: list[Passage] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found += _kept(ours[a:b])
            continue
        if b > a:
            found.append(Passage(Side.SUBJECT, _joined(ours[a:b])))
        if d > c:
            found.append(Passage(Side.DIRECT, _joined(theirs[c:d])))
    return found


def _kept(words: list[str]) -> list[Passage]:
    if len(words) <= 2 * _CONTEXT + 4:
        return [Passage(Side.BOTH, _joined(words))]
    ends = (Passage(Side.BOTH, _joined(words[:_CONTEXT])), Passage(Side.BOTH, _joined(words[-_CONTEXT:])))
    return [ends[0], Passage(Side.GAP, "…"), ends[1]]


def _joined(words: list[str]) -> str:
    """Words with blanks between them, except between signs that are written without."""
    return _BETWEEN_SIGNS.sub("", " ".join(words))
