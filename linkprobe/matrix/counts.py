"""How many cells are what, always out of how many. No scores: cells are not votes."""

from collections import Counter
from collections.abc import Iterable

from linkprobe.matrix.plain import plain
from linkprobe.matrix.symbols import FLAPPING, STATES, state
from linkprobe.model import Cell, Fairness

_WORDS = [*(s.word for s in STATES.values()), FLAPPING.word]


def counts(cells: tuple[Cell, ...]) -> list[str]:
    """One line over all cells, one for each platform where there are several, one on fairness."""
    platforms = list(dict.fromkeys(cell.platform for cell in cells))
    lines = [_line("all", cells)] if cells else ["no cells"]
    if len(platforms) > 1:
        lines += [_line(plain(name), tuple(cell for cell in cells if cell.platform == name)) for name in platforms]
    return lines + _fairness(cells)


def _line(name: str, cells: tuple[Cell, ...]) -> str:
    said = [cell for cell in cells if cell.verdict.says_something and not cell.flapping]
    silent = [cell for cell in cells if cell not in said]
    text = f"{name}: {len(said)} of {len(cells)} cells with a verdict{_listed(said)}"
    return f"{text}; {len(silent)} without{_listed(silent)}" if silent else text


def _listed(cells: list[Cell]) -> str:
    found = Counter(state(cell).word for cell in cells)
    told = ", ".join(f"{found[word]} {word}" for word in _WORDS if found[word])
    return f" ({told})" if told else ""


def _fairness(cells: tuple[Cell, ...]) -> list[str]:
    accused = [cell for cell in cells if cell.verdict.is_finding and not cell.flapping]
    lines = []
    if accused:
        told = _marks(accused, (Fairness.DISCRIMINATORY, Fairness.UNIFORM, Fairness.JUSTIFIED))
        lines.append(f"of {len(accused)} degraded or shielded cells: {told or 'none comparable'}")
    canaries = [cell for cell in cells if Fairness.UNSAFE in cell.fairness]
    return [*lines, f"unsafe: {len(canaries)} of {len(cells)} cells let a canary pass"] if canaries else lines


def _marks(cells: Iterable[Cell], which: tuple[Fairness, ...]) -> str:
    found = Counter(fairness for cell in cells for fairness in cell.fairness)
    return ", ".join(f"{found[fairness]} {fairness}" for fairness in which if found[fairness])
