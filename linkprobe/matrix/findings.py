"""What stands below the tables: every finding with its cause, rule and evidence, and why other cells say nothing."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from linkprobe.matrix.plain import plain, shortened
from linkprobe.matrix.style import Style
from linkprobe.matrix.symbols import state, symbol
from linkprobe.model import Cell, Finding

_EVIDENCE = 240
"""Columns of evidence shown; the whole stands in the JSON and in the store."""
_NEUTRAL = {
    True: "the neutral link is treated so too",
    False: "the neutral link is not treated so",
    None: "no neutral link to compare with",
}


class Item(NamedTuple):
    """A line of a list, and the lines below it."""

    text: str
    below: tuple[str, ...] = ()


def found(cells: tuple[Cell, ...], style: Style) -> list[tuple[str, list[Item]]]:
    """The findings by surface; links treated alike share an item."""
    told = [c for c in cells if c.findings and c.verdict.says_something and not c.flapping]
    return [
        (_surface(group[0], style), [_finding_item(alike, style) for alike in _grouped(group, _treatment)])
        for group in _grouped(told, _where)
    ]


def silent(cells: tuple[Cell, ...], style: Style) -> list[tuple[str, list[Item]]]:
    """The cells without a verdict by surface, with the reason; links with the same reason share an item."""
    told = [c for c in cells if c.flapping or not c.verdict.says_something]
    return [
        (_surface(group[0], style), [_silent_item(alike, style) for alike in _grouped(group, _reason)])
        for group in _grouped(told, _where)
    ]


def _grouped(cells: Iterable[Cell], key: Callable[[Cell], Hashable]) -> list[list[Cell]]:
    groups: defaultdict[Hashable, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key(cell)].append(cell)
    return list(groups.values())


def _where(cell: Cell) -> Hashable:
    return (cell.platform, cell.surface, cell.vantage)


def _treatment(cell: Cell) -> Hashable:
    return (cell.verdict, cell.fairness, tuple((f.plane, f.cause, f.rule, f.uniform) for f in cell.findings))


def _reason(cell: Cell) -> Hashable:
    return (cell.verdict, cell.flapping, cell.seen if cell.flapping else (), cell.reason)


def _surface(cell: Cell, style: Style) -> str:
    return style.escaped(f"{plain(cell.platform)} / {plain(cell.surface)} at {plain(cell.vantage)}")


def _head(cells: list[Cell], style: Style) -> str:
    shown = state(cells[0])
    targets = style.escaped(", ".join(plain(cell.target) for cell in cells))
    return f"{symbol(shown, style.look)} {targets}: {shown.word}"


def _finding_item(cells: list[Cell], style: Style) -> Item:
    first = cells[0]
    fairness = "".join(f", {word}" for word in first.fairness)
    attempts = f" ({first.attempts} attempts)" if first.attempts > 1 else ""
    whose = f"{plain(first.target)}: " if len(cells) > 1 else ""
    lines = tuple(_finding_line(finding, whose, style) for finding in first.findings)
    return Item(f"{_head(cells, style)}{fairness}{attempts}", lines)


def _finding_line(finding: Finding, whose: str, style: Style) -> str:
    evidence = style.quoted(shortened(whose + plain(finding.evidence), _EVIDENCE))
    rule = style.escaped(finding.rule)
    return f"{finding.plane}: {finding.cause} by rule {rule}; {_NEUTRAL[finding.uniform]}. {evidence}".rstrip()


def _silent_item(cells: list[Cell], style: Style) -> Item:
    first = cells[0]
    seen = f" (seen {', '.join(first.seen)})" if first.flapping else ""
    reason = f"; {style.quoted(shortened(plain(first.reason), _EVIDENCE))}" if first.reason else ""
    return Item(f"{_head(cells, style)}{seen}{reason}")
