"""The whole publication of a round, file by file."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from linkprobe import __version__
from linkprobe.judge import GATES, LATE, RULES, RULES_VERSION
from linkprobe.matrix import as_json, as_text, render
from linkprobe.model import Policy, Verdict
from linkprobe.publish import origin
from linkprobe.publish.cell_files import cells_put
from linkprobe.publish.data.badges import badges
from linkprobe.publish.data.feed import feed
from linkprobe.publish.data.metrics import metrics
from linkprobe.publish.data.package import datapackage
from linkprobe.publish.data.reports import ctrf, junit
from linkprobe.publish.data.tables import CELLS, FINDINGS, OBSERVATIONS, as_csv, findings, seen
from linkprobe.publish.edition import Edition, chosen, newest
from linkprobe.publish.folder import File, Folder
from linkprobe.publish.index_page import front_page, round_page
from linkprobe.publish.names import cell_page, platform_page, round_folder, target_page
from linkprobe.publish.pages import page, signpost, static_files
from linkprobe.publish.party_pages import platform_pages, target_pages
from linkprobe.publish.round_pages import change_page, round_data, rounds_pages
from linkprobe.store import Store


class Published(NamedTuple):
    """What a publication did: the round, its cells, and the files written, left alone and taken away."""

    round_id: str
    cells: int
    findings: int
    written: int
    unchanged: int
    removed: int
    newest: bool
    page: str
    """The round's own first page, within the folder."""


def publish(
    store: Store,
    out: Path,
    round_id: str = "",
    *,
    policies: tuple[Policy, ...] = (),
    day: str = "",
    processes: int = 0,
) -> Published:
    """Publishes one round, the last finished one if none is named, into `out`. What other rounds published stays.

    `policies` are what platforms are held against on `day`, by default the one on which the round began. `processes`
    of 0 means as many as pay off. Raises `PublishError` where there is no judged round or `out` cannot be written,
    `StoreError` as the store does.
    """
    edition = Edition(store, chosen(store, round_id), policies, day)
    folder = Folder(out)
    last = newest(store)
    is_newest = last is not None and last.id == edition.record.id
    published = _published(edition, folder)
    for file in static_files():
        folder.put(file)
    made_from = origin.digest(edition, published)
    if not origin.stands(edition, folder, made_from):
        _put_round(edition, folder, published, made_from, processes)
    if is_newest:
        folder.put(front_page(edition))
        for file in _site(edition, published):
            folder.put(file)
    return Published(
        edition.record.id,
        len(edition.cells),
        sum(len(cell.findings) for cell in edition.cells),
        folder.written,
        folder.unchanged,
        folder.removed,
        is_newest,
        f"{edition.folder}/index.html",
    )


def _published(edition: Edition, folder: Folder) -> frozenset[str]:
    there = (record.id for record in edition.rounds if folder.has(f"{round_folder(record.id)}/index.html"))
    return frozenset((*there, edition.record.id))


def _put_round(edition: Edition, folder: Folder, published: frozenset[str], made_from: str, processes: int) -> None:
    with cells_put(edition, folder, published, processes) as done:
        tables = tuple(_data(edition))
        for file in (*tables, *platform_pages(edition), *target_pages(edition)):
            folder.put(file)
        for file in (change_page(edition), round_page(edition)):
            folder.put(file)
        made = done()
    folder.put(_data_page(edition, tables, made.packs))
    folder.put(origin.note(edition, made_from, made.images))
    _seal(edition, folder)


def _data(edition: Edition) -> Iterator[File]:
    def at(name: str, content: bytes) -> File:
        return File(f"{edition.folder}/data/{name}", content)

    cells = at("cells.csv", as_csv(CELLS, edition.cells))
    accused = at("findings.csv", as_csv(FINDINGS, findings(edition.cells)))
    observed = at("observations.csv", as_csv(OBSERVATIONS, seen(edition)))
    machine = as_json(edition.cells, version=__version__, rules=edition.record.rules or 0, round_id=edition.record.id)
    yield from (cells, accused, observed)
    yield at("datapackage.json", datapackage(edition, cells, accused, observed))
    yield at("cells.json", as_text(machine).encode())
    yield at("matrix.md", f"{render(edition.cells, 'github')}\n".encode())
    yield at("junit.xml", junit(edition))
    yield at("ctrf.json", ctrf(edition))
    yield at("linkprobe.prom", metrics(edition))


_MEANINGS = {
    "cells.csv": "data.cells-csv",
    "findings.csv": "data.findings-csv",
    "observations.csv": "data.observations-csv",
    "datapackage.json": "data.datapackage",
    "cells.json": "data.cells-json",
    "matrix.md": "data.matrix-md",
    "junit.xml": "data.junit",
    "ctrf.json": "data.ctrf",
    "linkprobe.prom": "data.metrics",
}


def _data_page(edition: Edition, tables: tuple[File, ...], packs: tuple[str, ...]) -> File:
    files = []
    for file in tables:
        name = file.path.rsplit("/", 1)[-1]
        digest = hashlib.sha256(file.content).hexdigest()
        files.append((f"data/{name}", _MEANINGS[name], len(file.content), digest))
    values = {"edition": edition, "here": "data", "home": "", "files": files, "packs": packs, "path": "data.html"}
    return page(f"{edition.folder}/data.html", "data.html.j2", "../../", values)


_LAST = (("target-refuses-app", Verdict.GATED), ("undecided", Verdict.INCONCLUSIVE))
"""What the judge says by itself where neither a gate nor a rule speaks."""


def _site(edition: Edition, published: frozenset[str]) -> Iterator[File]:
    """What belongs to no round: the lists, the method, the feed, and the names that always lead to the latest."""
    home = f"{edition.folder}/"
    method = {
        "edition": edition,
        "here": "method",
        "home": home,
        "gates": [*((gate.id, gate.verdict) for gate in (*GATES, *LATE)), *_LAST],
        "rules": RULES,
        "rules_version": RULES_VERSION,
    }
    yield page("method.html", "method.html.j2", "", method)
    yield from rounds_pages(edition, published)
    yield from round_data(edition)
    yield File("changes.atom", feed(edition))
    yield from badges(edition)
    for path in _permanent(edition):
        url = f"{'../' * path.count('/')}{edition.folder}/{path}"
        yield signpost(path, url)


def _permanent(edition: Edition) -> Iterator[str]:
    yield "data.html"
    yield from (cell_page(cell) for cell in edition.cells)
    yield from (platform_page(name) for name in sorted({cell.platform for cell in edition.cells}))
    yield from (target_page(name) for name in sorted({cell.target for cell in edition.cells}))


def _seal(edition: Edition, folder: Folder) -> None:
    """Writes the round's checksums, and takes away what an earlier run listed there and this one no longer made."""
    prefix = f"{edition.folder}/"
    own = {path.removeprefix(prefix): digest for path, digest in folder.sums.items() if path.startswith(prefix)}
    for line in folder.text(f"{prefix}{origin.SUMS}").splitlines():
        _, _, path = line.partition("  ")
        if path and path not in own:
            folder.remove(f"{prefix}{path}")
    sums = "".join(f"{digest}  {path}\n" for path, digest in sorted(own.items()))
    folder.put(File(f"{prefix}{origin.SUMS}", sums.encode()))
