"""A page for each platform and each link: all its cells, its findings, and parity among peers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linkprobe.model import Cell, Role
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.grid import grid, states
from linkprobe.publish.looks import LEGEND, State, state
from linkprobe.publish.names import platform_page, target_page
from linkprobe.publish.pages import page
from linkprobe.publish.stages import held


class Side(NamedTuple):
    """Links of one role within a category: how many of those with a verdict are open, and which they are."""

    open: int
    speaking: int
    cells: tuple[Cell, ...]


class Parity(NamedTuple):
    """One category on one surface: own products beside the others'."""

    surface: str
    vantage: str
    category: str
    own: Side
    rival: Side
    neutral: Side


class Treatment(NamedTuple):
    """Cells of one surface that are treated alike, told by the first of them."""

    surface: str
    vantage: str
    cells: tuple[Cell, ...]


def platform_pages(edition: Edition) -> Iterator[File]:
    """A page for each platform of the round."""
    for platform_id in sorted({cell.platform for cell in edition.cells}):
        cells = tuple(cell for cell in edition.cells if cell.platform == platform_id)
        values = _common(edition, cells) | {
            "platform_id": platform_id,
            "platform": edition.platforms.get(platform_id),
            "treatments": tuple(treatments(cell for cell in cells if cell.findings and state(cell).speaks)),
            "held": tuple(held(edition, platform_id, cells)),
            "parity": tuple(parities(cells)),
            "silent": tuple(_silent(cells)),
        }
        path = platform_page(platform_id)
        yield page(f"{edition.folder}/{path}", "platform.html.j2", "../../../", values | {"path": path})


def target_pages(edition: Edition) -> Iterator[File]:
    """A page for each link of the round."""
    for target_id in sorted({cell.target for cell in edition.cells}):
        cells = tuple(cell for cell in edition.cells if cell.target == target_id)
        values = _common(edition, cells) | {
            "target_id": target_id,
            "target": edition.targets.get(target_id),
            "by_platform": _by_platform(cells),
        }
        path = target_page(target_id)
        yield page(f"{edition.folder}/{path}", "target.html.j2", "../../../", values | {"path": path})


def _common(edition: Edition, cells: tuple[Cell, ...]) -> dict[str, object]:
    found = Counter(map(state, cells))
    return {
        "edition": edition,
        "here": "",
        "home": "../",
        "cells": cells,
        "grid": grid(edition, cells, "../"),
        "states": states(cells),
        "counts": tuple((one, found[one]) for one in LEGEND if found[one]),
    }


def treatments(cells: Iterable[Cell]) -> Iterator[Treatment]:
    """Cells with findings, those of one surface that are treated alike together, gravest first."""
    groups: defaultdict[tuple[object, ...], list[Cell]] = defaultdict(list)
    for cell in cells:
        alike = (cell.verdict, cell.fairness, tuple((one.cause, one.rule, one.uniform) for one in cell.findings))
        groups[cell.surface, cell.vantage, alike].append(cell)
    for group in sorted(groups.values(), key=lambda group: -_severity(group[0])):
        yield Treatment(group[0].surface, group[0].vantage, tuple(group))


def parities(cells: Iterable[Cell]) -> Iterator[Parity]:
    """Surfaces and categories where own products or several rivals can be held side by side."""
    groups: defaultdict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.role is not Role.CANARY:
            groups[cell.surface, cell.vantage, cell.category].append(cell)
    for key, group in sorted(groups.items()):
        sides = [_side(group, role) for role in (Role.OWN, Role.RIVAL, Role.NEUTRAL)]
        if sides[1].cells and (sides[0].cells or len(sides[1].cells) > 1):
            yield Parity(*key, *sides)


def _side(group: list[Cell], role: Role) -> Side:
    cells = tuple(cell for cell in group if cell.role is role)
    speaking = [cell for cell in cells if state(cell).speaks]
    return Side(sum(state(cell) is State.OPEN for cell in speaking), len(speaking), cells)


def _silent(cells: tuple[Cell, ...]) -> Iterator[tuple[State, str, tuple[Cell, ...]]]:
    groups: defaultdict[tuple[State, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if not state(cell).speaks:
            groups[state(cell), cell.reason].append(cell)
    for (of, reason), group in groups.items():
        yield of, reason, tuple(group)


def _by_platform(cells: tuple[Cell, ...]) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    groups: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.platform].append(cell)
    return tuple((platform, tuple(group)) for platform, group in groups.items())


def _severity(cell: Cell) -> int:
    return max((cause.facts.severity for cause in cell.causes), default=0)
