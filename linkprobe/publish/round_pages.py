"""The list of rounds, what changed between them, and the data by which the browser compares any two."""

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from linkprobe.matrix import Change, Difference, differences
from linkprobe.model import Cell
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.language import script_json
from linkprobe.publish.looks import state
from linkprobe.publish.names import cell_name, round_folder, segment
from linkprobe.publish.pages import page, shown


def changes(edition: Edition) -> tuple[Difference, ...]:
    """What differs from the round before; everything is new in the first one, so nothing is told."""
    if len(edition.rounds) < 2:
        return ()
    before = edition.cells_of[edition.rounds[-2].id]
    return tuple(one for one in differences(before, edition.cells) if one.change is not Change.UNCHANGED)


def change_page(edition: Edition) -> File:
    """The round against the one before it."""
    values = {
        "edition": edition,
        "here": "",
        "home": "",
        "changes": changes(edition),
        "before": edition.rounds[-2] if len(edition.rounds) > 1 else None,
        "path": "changes.html",
    }
    return page(f"{edition.folder}/changes.html", "changes.html.j2", "../../", values)


def round_data(edition: Edition) -> Iterator[File]:
    """Each round's verdicts in few bytes, as a script, since a page in a folder may load nothing else."""
    for record in edition.rounds:
        told = [_told(cell) for cell in edition.cells_of[record.id]]
        data = script_json({"round": record.id, "folder": round_folder(record.id), "cells": told})
        yield File(f"rounds/{segment(record.id)}.js", f"linkprobe.round({data});\n".encode())


def rounds_pages(edition: Edition, published: frozenset[str]) -> Iterator[File]:
    """The list of rounds, and the page that compares two."""
    counts = {record.id: _counted(edition, number) for number, record in enumerate(edition.rounds)}
    common = {"edition": edition, "home": f"{edition.folder}/", "published": published}
    rows = tuple((record, len(edition.cells_of[record.id]), counts[record.id]) for record in reversed(edition.rounds))
    yield page("rounds.html", "rounds.html.j2", "", common | {"here": "rounds", "rows": rows})
    names = Markup(script_json(_names(edition)))
    yield page("compare.html", "compare.html.j2", "", common | {"here": "compare", "names": names})


def _names(edition: Edition) -> dict[str, dict[str, str]]:
    """What people call the platforms, surfaces and links of all rounds, by their ids."""
    keys = {cell.key[:3] for cells in edition.cells_of.values() for cell in cells}
    return {
        "platforms": {name: shown(edition.platform_name(name)) for name in sorted({key[0] for key in keys})},
        "surfaces": {"/".join(key): shown(edition.surface_name(*key)) for key in sorted({key[:2] for key in keys})},
        "targets": {name: shown(edition.target_name(name)) for name in sorted({key[2] for key in keys})},
    }


def _counted(edition: Edition, number: int) -> dict[Change, int] | None:
    if not number:
        return None
    before, after = (edition.cells_of[record.id] for record in edition.rounds[number - 1 : number + 1])
    found = Counter(one.change for one in differences(before, after))
    return {change: found[change] for change in Change}


def _told(cell: Cell) -> tuple[object, ...]:
    return (cell_name(cell.key), *cell.key, state(cell).letter, tuple(cell.causes), tuple(cell.fairness))
