"""Two rounds side by side, cell by cell."""

from enum import StrEnum
from typing import NamedTuple

from linkprobe.matrix.plain import plain
from linkprobe.matrix.symbols import state
from linkprobe.model import Cell


class Change(StrEnum):
    """What became of a cell."""

    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Difference(NamedTuple):
    """One cell in both rounds; None where a round does not have it."""

    change: Change
    before: Cell | None
    after: Cell | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The cell's name."""
        cell = self.after or self.before
        assert cell is not None
        return cell.key


def differences(before: tuple[Cell, ...], after: tuple[Cell, ...]) -> tuple[Difference, ...]:
    """Every cell of either round: those of `after` in their order, then those that are gone.

    Verdict, flapping, causes and fairness make a change; wording, timing and evidence do not.
    """
    old, new = ({cell.key: cell for cell in cells} for cells in (before, after))
    kept = [Difference(_change(old.get(key), cell), old.get(key), cell) for key, cell in new.items()]
    return (*kept, *(Difference(Change.GONE, cell, None) for key, cell in old.items() if key not in new))


def told(difference: Difference) -> str:
    """The difference as one harmless line."""
    name = plain(" / ".join(difference.key[:3]) + f" at {difference.key[3]}")
    return f"{difference.change}: {name}: {_conclusion(difference.before)} -> {_conclusion(difference.after)}"


def _change(before: Cell | None, after: Cell) -> Change:
    if before is None:
        return Change.ADDED
    return Change.UNCHANGED if _concluded(before) == _concluded(after) else Change.CHANGED


def _concluded(cell: Cell) -> tuple[object, ...]:
    return (cell.verdict, cell.flapping, set(cell.causes), set(cell.fairness))


def _conclusion(cell: Cell | None) -> str:
    if cell is None:
        return "nothing"
    details = ", ".join((*cell.causes, *cell.fairness))
    return state(cell).word + (f" ({details})" if details else "")
