"""Every cell is told three ways, by symbol, by word and by colour, so that losing any one of them loses nothing."""

from enum import Enum
from typing import NamedTuple

from linkprobe.model import Cell, Fairness, Verdict


class State(NamedTuple):
    """A verdict as it is shown: the word, its symbol, the symbol in ASCII, and its ANSI colour."""

    word: str
    symbol: str
    in_ascii: str
    colour: int
    meaning: str


STATES = {
    Verdict.OPEN: State("open", "●", "+", 34, "as direct as without the platform"),
    Verdict.DEGRADED: State("degraded", "◐", "/", 33, "reachable, but worse"),
    Verdict.SHIELDED: State("shielded", "✕", "x", 31, "not reachable through the platform"),
    Verdict.DOWN: State("down", "▽", "v", 90, "the target fails directly as well"),
    Verdict.GATED: State("gated", "◇", "^", 35, "the target itself turns these visitors away"),
    Verdict.INCONCLUSIVE: State("inconclusive", "?", "?", 90, "nothing can be said"),
    Verdict.SKIPPED: State("skipped", "–", "-", 90, "not probed"),
}
FLAPPING = State("flapping", "≈", "~", 36, "attempts disagree")

MARKS = {
    Fairness.UNIFORM: "u",
    Fairness.DISCRIMINATORY: "d",
    Fairness.JUSTIFIED: "j",
    Fairness.UNSAFE: "!",
}
MEANINGS = {
    Fairness.UNIFORM: "all outside links alike",
    Fairness.DISCRIMINATORY: "a peer or the platform's own product is treated better",
    Fairness.JUSTIFIED: "a canary, rightly blocked",
    Fairness.UNSAFE: "a canary that passes",
}


class Look(Enum):
    """Which characters a place can show."""

    UNICODE = "unicode"
    ASCII = "ascii"


def state(cell: Cell) -> State:
    """How the cell's verdict is shown."""
    return FLAPPING if cell.flapping else STATES[cell.verdict]


def symbol(of: State, look: Look) -> str:
    """The state's symbol."""
    return of.symbol if look is Look.UNICODE else of.in_ascii


def label(cell: Cell, look: Look) -> str:
    """Symbol, word and fairness marks: `✕ shielded d`."""
    shown = state(cell)
    marks = "".join(MARKS[fairness] for fairness in cell.fairness)
    return f"{symbol(shown, look)} {shown.word} {marks}".rstrip()


def coloured(text: str, of: State) -> str:
    """`text` in the state's ANSI colour. Blue stands for open, not green, which many cannot tell from red."""
    return f"\x1b[{of.colour}m{text}\x1b[0m"


def legend(cells: tuple[Cell, ...], look: Look) -> list[str]:
    """What the symbols and marks in these cells mean, one line each."""
    shown = {state(cell) for cell in cells}
    states = [s for s in (*STATES.values(), FLAPPING) if s in shown]
    marked = {fairness for cell in cells for fairness in cell.fairness}
    lines = [f"{symbol(s, look)} {s.word}: {s.meaning}" for s in states]
    return lines + [f"{MARKS[f]} {f}: {MEANINGS[f]}" for f in Fairness if f in marked]
