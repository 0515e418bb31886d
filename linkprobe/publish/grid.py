"""The matrix as a table: links down by category and owner, platforms and their surfaces across."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from linkprobe.model import Cause, Cell, Fairness, Plane, Role
from linkprobe.publish import names
from linkprobe.publish.edition import Edition
from linkprobe.publish.language import english, said
from linkprobe.publish.looks import State, state, state_on
from linkprobe.publish.pages import gravest, shown

_ORDER = {Role.NEUTRAL: 1, Role.CANARY: 2}


class Column(NamedTuple):
    """One surface at one vantage; `id` is its place from the left."""

    platform: str
    surface: str
    vantage: str


class Row(NamedTuple):
    """One link: its id, name, owner and the cells from left to right as HTML."""

    target: str
    name: str
    owner: str
    cells: Markup


class Group(NamedTuple):
    """A category of links."""

    category: str
    rows: tuple[Row, ...]


class Head(NamedTuple):
    """A platform's heading over its columns."""

    platform: str
    name: str
    columns: tuple[Column, ...]


class Grid(NamedTuple):
    """The table; the kinds of cells in it, and the number of each cell's kind, row by row: what script needs to filter
    and to switch planes."""

    heads: tuple[Head, ...]
    groups: tuple[Group, ...]
    kinds: tuple[tuple[object, ...], ...]
    numbers: tuple[int, ...]
    vantages: tuple[str, ...]
    width: int


def grid(edition: Edition, cells: tuple[Cell, ...], base: str = "") -> Grid:
    """The table of these cells; only links and surfaces that have a cell are in it. `base` leads to the round."""
    kinds = _Kinds()
    columns = tuple(sorted({Column(cell.platform, cell.surface, cell.vantage) for cell in cells}))
    placed = {(cell.target, Column(cell.platform, cell.surface, cell.vantage)): cell for cell in cells}
    groups = tuple(
        Group(category, tuple(_row(edition, cell, columns, placed, kinds, base) for cell in links))
        for category, links in _by_category(cells)
    )
    vantages = tuple(dict.fromkeys(column.vantage for column in columns))
    return Grid(tuple(_heads(edition, columns)), groups, kinds.all(), tuple(kinds.met), vantages, len(columns))


def _by_category(cells: tuple[Cell, ...]) -> Iterator[tuple[str, list[Cell]]]:
    """One cell for each link, categories and owners together, harmless links and canaries last."""
    links = sorted({cell.target: cell for cell in cells}.values(), key=_place)
    canaries_last = sorted(links, key=lambda cell: cell.role is Role.CANARY)
    for category in dict.fromkeys(cell.category for cell in canaries_last):
        yield category, [cell for cell in links if cell.category == category]


def _place(cell: Cell) -> tuple[str, int, str, str]:
    return (cell.category, _ORDER.get(cell.role, 0), cell.owner, cell.target)


def _heads(edition: Edition, columns: tuple[Column, ...]) -> Iterator[Head]:
    for platform in dict.fromkeys(column.platform for column in columns):
        own = tuple(column for column in columns if column.platform == platform)
        yield Head(platform, edition.platform_name(platform), own)


def _row(
    edition: Edition,
    link: Cell,
    columns: Iterable[Column],
    placed: dict[tuple[str, Column], Cell],
    kinds: "_Kinds",
    base: str,
) -> Row:
    cells = Markup("").join(_cell(placed.get((link.target, column)), kinds, base) for column in columns)
    return Row(link.target, edition.target_name(link.target), link.owner, cells)


def _cell(cell: Cell | None, kinds: "_Kinds", base: str) -> Markup:
    # Written by hand, without closing tags and quotes: five thousand of them are most of the page's weight. The class
    # is the state's letter and a mark of unfairness.
    if cell is None:
        return Markup("<td>")
    of = state(cell)
    kinds.meet(cell)
    unfair = "q" if Fairness.DISCRIMINATORY in cell.fairness else "z" if Fairness.UNSAFE in cell.fairness else ""
    name = f'"{of.letter} {unfair}"' if unfair else of.letter
    href = escape(base + names.cell_page(cell))
    told = _told(of, gravest(cell), translated=bool(base))
    return Markup(f"<td class={name}><a href={href}>{told}</a>")


@lru_cache(256)
def _told(of: State, cause: Cause | None, *, translated: bool) -> str:
    """Verdict and cause. On the matrix page its script says them in Chinese; elsewhere they are marked for that."""
    if translated:
        return said(f"verdict.{of}") + (Markup("<i>{}</i>").format(said(f"cause.{cause}")) if cause else "")
    return english(f"verdict.{of}") + (f"<i>{english(f'cause.{cause}')}</i>" if cause else "")


class _Kinds:
    """Numbers the kinds of cells as they are met. A round of thousands of cells has a few dozen."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[object, ...], int] = {}
        self.met: list[int] = []
        """The number of each cell's kind, in the order they were met."""

    def meet(self, cell: Cell) -> None:
        """Takes the next cell of the table."""
        self.met.append(self._numbers.setdefault(_kind(cell), len(self._numbers)))

    def all(self) -> tuple[tuple[object, ...], ...]:
        """Every kind: letters of the whole and of each plane, causes with their planes, fairness."""
        return tuple(self._numbers)


def _kind(cell: Cell) -> tuple[object, ...]:
    letters = "".join(one.letter for one in (state(cell), *(state_on(cell, plane) for plane in Plane)))
    causes = tuple((str(cause), list(Plane).index(cause.facts.plane)) for cause in cell.causes)
    return (letters, causes, tuple(map(str, cell.fairness)))


def owners(cells: Iterable[Cell]) -> tuple[str, ...]:
    """The links' owners, each once."""
    return tuple(sorted({shown(cell.owner) for cell in cells if cell.owner}))


def states(cells: Iterable[Cell]) -> tuple[State, ...]:
    """The states in these cells, on any plane, in the legend's order."""
    found = {one for cell in cells for one in (state(cell), *(state_on(cell, plane) for plane in Plane))}
    return tuple(one for one in State if one in found)
