"""How a state is shown: one letter names it in style sheet and script, a word and a symbol say it."""

from enum import StrEnum

from linkprobe.model import Cell, Plane, Verdict


class State(StrEnum):
    """What a cell shows, on one plane or on the whole: a verdict, or why there is none. Values are keys of words."""

    OPEN = "open"
    DEGRADED = "degraded"
    SHIELDED = "shielded"
    DOWN = "down"
    GATED = "gated"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"
    FLAPPING = "flapping"
    UNREACHED = "unreached"

    @property
    def letter(self) -> str:
        """Its class in the style sheet and its name in the data."""
        return _LETTERS[self]

    @property
    def speaks(self) -> bool:
        """Whether it says anything about how the platform treats the link."""
        return self in SPEAKING


SPEAKING = (State.OPEN, State.DEGRADED, State.SHIELDED)
SILENT = (State.DOWN, State.GATED, State.INCONCLUSIVE, State.SKIPPED, State.FLAPPING)
LEGEND = (*SPEAKING, *SILENT)

_LETTERS = {
    State.OPEN: "o",
    State.DEGRADED: "d",
    State.SHIELDED: "s",
    State.DOWN: "w",
    State.GATED: "g",
    State.INCONCLUSIVE: "i",
    State.SKIPPED: "k",
    State.FLAPPING: "f",
    State.UNREACHED: "u",
}


_STATES = {verdict: State(verdict.value) for verdict in Verdict}


def state(cell: Cell) -> State:
    """The cell's state as a whole."""
    return State.FLAPPING if cell.flapping else _STATES[cell.verdict]


def state_on(cell: Cell, plane: Plane) -> State:
    """The cell's state on one plane."""
    found: Verdict | None = cell.planes.get(plane)
    return State.UNREACHED if found is None else State(found.value)
