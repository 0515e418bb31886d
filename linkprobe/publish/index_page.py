"""The matrix page: what a reader sees first, and may filter."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from linkprobe.model import Cause, Cell, Fairness, Role
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.grid import grid, owners, states
from linkprobe.publish.language import script_json
from linkprobe.publish.looks import LEGEND, SPEAKING, State, state
from linkprobe.publish.pages import page

_STORIES = 12
"""Surfaces with unequal treatment that the first page tells of; the platforms' pages tell of all."""

_FIRST = ord("#")
"""The letter of the first kind, known to the page's script; no quotation mark comes after it."""

Choice = tuple[str, str, str]
"""A value, its label where it is a name, its key where it is a word."""


class Summary(NamedTuple):
    """Counts, each with what it is a count of."""

    platforms: int
    links: int
    cells: int
    speaking: int
    silent: int
    said: tuple[tuple[State, int], ...]


class Story(NamedTuple):
    """Links of one category on one surface that are treated worse than others there."""

    platform: str
    surface: str
    vantage: str
    category: str
    worse: tuple[Cell, ...]
    better: tuple[Cell, ...]


def round_page(edition: Edition) -> File:
    """The round's own matrix page."""
    values = _values(edition) | {"base": "", "home": ""}
    return page(f"{edition.folder}/index.html", "index.html.j2", "../../", values)


def front_page(edition: Edition) -> File:
    """The site's first page: the newest round's matrix."""
    home = f"{edition.folder}/"
    return page("index.html", "index.html.j2", "", _values(edition) | {"base": home, "home": home})


def _values(edition: Edition) -> dict[str, object]:
    table = grid(edition, edition.cells)
    unequal = stories(edition.cells)
    return {
        "edition": edition,
        "here": "matrix",
        "grid": table,
        "kinds": Markup(script_json({"kinds": table.kinds, "cells": _letters(table.numbers)})),
        "summary": summary(edition.cells),
        "choices": tuple(_choices(edition)),
        "states": states(edition.cells),
        "marks": any(Fairness.DISCRIMINATORY in cell.fairness for cell in edition.cells),
        "unsafe": [cell for cell in edition.cells if Fairness.UNSAFE in cell.fairness],
        "unequal": unequal[:_STORIES],
        "unequal_more": max(0, len(unequal) - _STORIES),
    }


def _letters(numbers: Iterable[int]) -> str:
    """Numbers as one letter each, half the weight: a round of thousands of cells has a few dozen kinds."""
    return "".join(chr(_FIRST + number) for number in numbers)


def summary(cells: tuple[Cell, ...]) -> Summary:
    """How many of how many."""
    found = Counter(map(state, cells))
    speaking = sum(found[one] for one in SPEAKING)
    return Summary(
        platforms=len({cell.platform for cell in cells}),
        links=len({cell.target for cell in cells}),
        cells=len(cells),
        speaking=speaking,
        silent=len(cells) - speaking,
        said=tuple((one, found[one]) for one in SPEAKING),
    )


def stories(cells: Iterable[Cell]) -> tuple[Story, ...]:
    """Unequal treatment by surface and category, most links first; each with the links that fare better there:
    those of the category where there are any, else the platform's own products.
    """
    surfaces: defaultdict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        surfaces[cell.platform, cell.surface, cell.vantage].append(cell)
    found = [story for group in surfaces.values() for story in _on_surface(group)]
    return tuple(sorted(found, key=lambda story: -len(story.worse)))


def _on_surface(group: list[Cell]) -> Iterator[Story]:
    unequal = [cell for cell in group if Fairness.DISCRIMINATORY in cell.fairness]
    for category in dict.fromkeys(cell.category for cell in unequal):
        worse = tuple(cell for cell in unequal if cell.category == category)
        bar = max(map(_severity, worse))
        better = [cell for cell in group if _is_peer(cell, category) and _severity(cell) < bar]
        nearest = [cell for cell in better if cell.category == category] or better
        first = worse[0]
        yield Story(first.platform, first.surface, first.vantage, category, worse, tuple(nearest))


def _is_peer(cell: Cell, category: str) -> bool:
    if not cell.verdict.says_something or cell.flapping:
        return False
    return cell.role is Role.OWN or (cell.role is Role.RIVAL and cell.category == category)


def _severity(cell: Cell) -> int:
    return max((cause.facts.severity for cause in cell.causes), default=0)


def _choices(edition: Edition) -> Iterator[tuple[str, list[Choice]]]:
    cells = edition.cells
    platforms = sorted({cell.platform for cell in cells})
    yield "platform", [(one, edition.platform_name(one), "") for one in platforms]
    yield "owner", [(one, one, "") for one in owners(cells)]
    yield "category", [(one, one, "") for one in sorted({cell.category for cell in cells})]
    causes = {cause for cell in cells for cause in cell.causes}
    yield "cause", [(cause, "", f"cause.{cause}") for cause in Cause if cause in causes]
    present = states(cells)
    silent = ("none", "", "index.without")
    yield "verdict", [*((one, "", f"verdict.{one}") for one in LEGEND if one in present), silent]
    fairness = {mark for cell in cells for mark in cell.fairness}
    yield "fairness", [(one, "", f"fairness.{one}") for one in Fairness if one in fairness]
    yield "vantage", [(one, one, "") for one in sorted({cell.vantage for cell in cells})]
