"""The tables of the matrix: targets by category down, platforms and their surfaces across, as wide as the page."""

import html
from collections.abc import Callable, Iterator
from typing import NamedTuple

import wcwidth
from tabulate import tabulate

from linkprobe.matrix.plain import plain, shortened
from linkprobe.matrix.style import Style
from linkprobe.matrix.symbols import coloured, label, state
from linkprobe.model import Cell, Role

_LABEL = 28
"""Columns a target's name may take; three surfaces fit beside it on eighty."""
_ORDER = {Role.NEUTRAL: 1, Role.CANARY: 2}


class Column(NamedTuple):
    """One surface at one vantage."""

    platform: str
    surface: str
    vantage: str


def tables(cells: tuple[Cell, ...], style: Style, width: int) -> list[str]:
    """The cells as tables no wider than `width` where that is possible; a vantage of its own gets tables of its own."""
    vantages = list(dict.fromkeys(cell.vantage for cell in cells))
    titled = len(vantages) > 1
    return [
        f"{_title(vantage, style)}\n{table}" if titled else table
        for vantage in vantages
        for table in _of_vantage(tuple(cell for cell in cells if cell.vantage == vantage), style, width)
    ]


def _title(vantage: str, style: Style) -> str:
    title = f"At {style.escaped(plain(vantage))}:"
    if style.format == "html":
        return f"<p>{html.escape(title)}</p>"
    return f"{title}\n" if style.markup else title


def _of_vantage(cells: tuple[Cell, ...], style: Style, width: int) -> Iterator[str]:
    columns = list(dict.fromkeys(_column(cell) for cell in cells))

    def drawn(part: list[Column]) -> str:
        return _table(tuple(cell for cell in cells if _column(cell) in part), part, style)

    def fits(part: list[Column]) -> bool:
        return not style.markup and _widest(drawn(part)) <= width

    return (drawn(part) for part in packed(columns, fits, markup=style.markup))


def packed(columns: list[Column], fits: Callable[[list[Column]], bool], *, markup: bool) -> list[list[Column]]:
    """Columns in groups that fit: platforms stay whole where they can; in markup every platform has its table."""
    platforms = {column.platform: [c for c in columns if c.platform == column.platform] for column in columns}
    if markup:
        return list(platforms.values())
    groups: list[list[Column]] = []
    for whole in platforms.values():
        if groups and fits(groups[-1] + whole):
            groups[-1] = groups[-1] + whole
        else:
            groups += _parted(whole, fits)
    return groups


def _parted(columns: list[Column], fits: Callable[[list[Column]], bool]) -> list[list[Column]]:
    groups = [columns[:1]]
    for column in columns[1:]:
        if fits([*groups[-1], column]):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def _column(cell: Cell) -> Column:
    return Column(cell.platform, cell.surface, cell.vantage)


def _widest(table: str) -> int:
    return max(wcwidth.width(line) for line in table.splitlines())


def _table(cells: tuple[Cell, ...], columns: list[Column], style: Style) -> str:
    headers = ["", *(_heading(column, style) for column in columns)]
    rows = list(_rows(cells, columns, style))
    return tabulate(rows, headers, tablefmt=style.format, disable_numparse=True, stralign="left")


def _heading(column: Column, style: Style) -> str:
    platform, surface = style.escaped(plain(column.platform)), style.escaped(plain(column.surface))
    return f"{platform} {surface}" if style.markup else f"{platform}\n{surface}"


def _rows(cells: tuple[Cell, ...], columns: list[Column], style: Style) -> Iterator[list[str]]:
    placed = {(cell.target, _column(cell)): cell for cell in cells}
    names = {cell.target: _name(cell, style) for cell in cells}
    for category in dict.fromkeys(cell.category for cell in sorted(cells, key=_place)):
        yield [style.escaped(plain(category)), *[""] * len(columns)]
        peers = sorted((cell for cell in cells if cell.category == category), key=_place)
        for target in dict.fromkeys(cell.target for cell in peers):
            yield [names[target], *(_shown(placed.get((target, column)), style) for column in columns)]


def _place(cell: Cell) -> tuple[str, int, str]:
    return (cell.category, _ORDER.get(cell.role, 0), cell.target)


def _name(cell: Cell, style: Style) -> str:
    owner = f" ({plain(cell.owner)})" if cell.owner else ""
    return f"{style.bullet} {style.escaped(shortened(plain(cell.target) + owner, _LABEL))}"


def _shown(cell: Cell | None, style: Style) -> str:
    if cell is None:
        return ""
    text = label(cell, style.look)
    return coloured(text, state(cell)) if style.colour else style.escaped(text)
