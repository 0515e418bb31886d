"""Confusion, precision, recall, F1."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple


class Score(NamedTuple):
    """Of one cause: how many there are, and the three figures (0 to 1)."""

    cause: str
    support: int
    precision: float
    recall: float
    f1: float


def scores(answers: Iterable[tuple[str, str]]) -> tuple[Score, ...]:
    """Scores of every expected cause, from (expected, answered) pairs; pairs without an expectation are left out."""
    seen = Counter((expected, answered) for expected, answered in answers if expected)
    return tuple(_score(cause, seen) for cause in sorted({expected for expected, _ in seen}))


def _score(cause: str, seen: Counter[tuple[str, str]]) -> Score:
    right = seen[cause, cause]
    support = sum(count for (expected, _), count in seen.items() if expected == cause)
    claimed = sum(count for (_, answered), count in seen.items() if answered == cause)
    precision, recall = right / claimed if claimed else 0.0, right / support
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return Score(cause, support, precision, recall, f1)


def macro_f1(found: tuple[Score, ...]) -> float:
    return sum(score.f1 for score in found) / len(found) if found else 0.0
