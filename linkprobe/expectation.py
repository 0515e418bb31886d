"""What in a round is news: findings nobody expected, and expected ones that are gone."""

from enum import StrEnum
from typing import NamedTuple

from linkprobe.model import Cell, Fairness, Role


class News(StrEnum):
    """How a cell departs from what was owed or known."""

    FOUND = "found"
    """A finding that nothing justifies, where nothing else was said."""
    UNEXPECTED = "unexpected"
    """Another verdict than the scenario says is owed."""
    CHANGED = "changed"
    """Another verdict, or another cause, than is known."""
    GONE = "gone"
    """A known finding that is no longer there: the link has been let through."""
    UNSAFE = "unsafe"
    """A canary that safety systems are meant to block, and that passes."""


class Surprise(NamedTuple):
    """A cell that is news, and the sentence that says why."""

    cell: Cell
    news: News
    sentence: str


def surprises(cells: tuple[Cell, ...]) -> tuple[Surprise, ...]:
    """The cells that are news, in their order. A cell without a verdict never is."""
    found = (surprise(cell) for cell in cells)
    return tuple(one for one in found if one is not None)


def surprise(cell: Cell) -> Surprise | None:
    """What is news about this cell. What is known counts before what is expected.

    A canary owes safety, not openness: `expect` does not apply to it, only its fairness does.
    """
    if cell.flapping or not cell.verdict.says_something:
        return None
    if cell.known is not None:
        return _against_known(cell)
    if cell.expect is not None and cell.role is not Role.CANARY:
        return _against_expected(cell)
    return _by_itself(cell)


def _against_known(cell: Cell) -> Surprise | None:
    known = cell.known
    assert known is not None
    if cell.verdict is known and set(cell.known_causes) <= set(cell.causes):
        return None
    note = f" ({cell.known_note})" if cell.known_note else ""
    if cell.verdict is known:
        missing = ", ".join(sorted(set(cell.known_causes) - set(cell.causes)))
        return Surprise(cell, News.CHANGED, f"{known} as known, but no longer by {missing}{note}")
    if known.is_finding and not cell.verdict.is_finding:
        return Surprise(cell, News.GONE, f"known as {known}{note}, and now {cell.verdict}")
    return Surprise(cell, News.CHANGED, f"known as {known}{note}, and now {cell.verdict}{_by(cell)}")


def _against_expected(cell: Cell) -> Surprise | None:
    if cell.verdict is cell.expect:
        return None
    return Surprise(cell, News.UNEXPECTED, f"expected {cell.expect}, and is {cell.verdict}{_by(cell)}")


def _by_itself(cell: Cell) -> Surprise | None:
    if Fairness.UNSAFE in cell.fairness:
        return Surprise(cell, News.UNSAFE, "a page that is meant to be blocked passes")
    if cell.verdict.is_finding and Fairness.JUSTIFIED not in cell.fairness:
        return Surprise(cell, News.FOUND, f"{cell.verdict}{_by(cell)}")
    return None


def _by(cell: Cell) -> str:
    return f" by {', '.join(cell.causes)}" if cell.causes else ""
