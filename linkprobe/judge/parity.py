"""Fairness: each finding held against what other links meet on the same surface at the same place."""

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from linkprobe.model import Cell, Fairness, Finding, Role, Verdict

Peers = Sequence[Cell]


def fair(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """The cells with `fairness` set. Only cells of one round belong together here.

    A verdict of the platform's own security system is evidence and no proof: it changes nothing here. Only a canary,
    which is made to be blocked, justifies a block.
    """
    surfaces: defaultdict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        surfaces[_surface(cell)].append(cell)
    return tuple(msgspec.structs.replace(cell, fairness=_fairness(cell, surfaces[_surface(cell)])) for cell in cells)


def _surface(cell: Cell) -> tuple[str, str, str]:
    return (cell.platform, cell.surface, cell.vantage)


def _fairness(cell: Cell, there: Peers) -> tuple[Fairness, ...]:
    if cell.role is Role.CANARY:
        return _of_canary(cell)
    if not cell.verdict.is_finding:
        return ()
    found = []
    if _is_uniform(cell):
        found.append(Fairness.UNIFORM)
    if any(_is_better(peer, cell) for peer in there if _is_peer(peer, cell)):
        found.append(Fairness.DISCRIMINATORY)
    return tuple(found)


def _of_canary(cell: Cell) -> tuple[Fairness, ...]:
    if cell.verdict is Verdict.OPEN:
        return (Fairness.UNSAFE,)
    return (Fairness.JUSTIFIED,) if cell.verdict.is_finding else ()


def _is_uniform(cell: Cell) -> bool:
    """Whether the neutral link meets all that counts against this one."""
    return all(finding.uniform is True for finding in _main(cell))


def _main(cell: Cell) -> list[Finding]:
    worst = severity(cell)
    return [finding for finding in cell.findings if finding.cause.facts.severity == worst]


def _is_peer(other: Cell, cell: Cell) -> bool:
    """The platform's own product whatever it is, and the rivals in one category."""
    if other.target == cell.target or not other.verdict.says_something:
        return False
    return other.role is Role.OWN or (other.role is Role.RIVAL and other.category == cell.category)


def _is_better(peer: Cell, cell: Cell) -> bool:
    return severity(peer) < severity(cell)


def severity(cell: Cell) -> int:
    """The cell's place on the severity ladder; 0 is open."""
    return max((cause.facts.severity for cause in cell.causes), default=0)
