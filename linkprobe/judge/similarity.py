"""How alike two sets, two titles, two cards are: numbers from 0 to 1, None where there is nothing to compare."""

from collections.abc import Set
from typing import TypeVar

from linkprobe.model import Card
from linkprobe.page.text import words

_T = TypeVar("_T")


def jaccard(one: Set[_T], other: Set[_T]) -> float | None:
    """Share of what either holds that both hold."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else None


def held(part: Set[_T], whole: Set[_T]) -> float | None:
    """Share of `part` that `whole` holds as well."""
    return len(part & whole) / len(part) if part else None


def title_likeness(one: str, other: str) -> float | None:
    """Share of common words of two titles; digits are masked, so that counters and prices do not count."""
    if not one and not other:
        return None
    return jaccard(frozenset(words(one)), frozenset(words(other))) or 0.0


def card_likeness(one: Card, other: Card) -> float | None:
    """Share of the fields either offers that are equal on both; image addresses without their parameters."""
    pairs = [
        (one.title, other.title),
        (one.description, other.description),
        (one.image.partition("?")[0], other.image.partition("?")[0]),
    ]
    offered = [pair for pair in pairs if any(pair)]
    return sum(mine == theirs for mine, theirs in offered) / len(offered) if offered else None


def length_ratio(one: int, other: int) -> float:
    """The shorter over the longer; 1 where both are nothing."""
    return min(one, other) / max(one, other, 1) if one or other else 1.0
