"""Every cell's page, screenshots and evidence packs, put into the folder by as many processes as there are cores."""

import gc
import os
import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from linkprobe.model import Cell
from linkprobe.publish.cell_page import cell_file, images
from linkprobe.publish.data.pack import pack
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File, Folder

_LEAST = 400
"""Cells for which a further process pays."""


class CellFiles(NamedTuple):
    """What was put: evidence packs by their place in the round, screenshots by their place in the site."""

    packs: tuple[str, ...]
    images: tuple[str, ...]


class _Job(NamedTuple):
    edition: Edition
    published: frozenset[str]
    root: Path


@contextmanager
def cells_put(
    edition: Edition, folder: Folder, published: frozenset[str], processes: int = 0
) -> Iterator[Callable[[], CellFiles]]:
    """Puts all files of single cells; gives a function that waits until they are there.

    `processes` of 0 means as many as pay off here. Other processes begin at once, so that this one may do other things.
    """
    job = _Job(edition, published, folder.root)
    shares = tuple(_shares(edition.cells, processes or _worthwhile(len(edition.cells))))
    if len(shares) < 2:
        yield lambda: _gathered(folder, [_put(job, share) for share in shares])
        return
    edition.prepare()
    with ProcessPoolExecutor(len(shares), get_context("fork"), _begin, (job,)) as pool:
        pending = pool.map(_put_share, shares)
        yield lambda: _gathered(folder, list(pending))


def _gathered(folder: Folder, done: list[tuple[Folder, CellFiles]]) -> CellFiles:
    for theirs, _ in done:
        folder.add(theirs)
    packs = {path for _, made in done for path in made.packs}
    return CellFiles(tuple(sorted(packs)), tuple(sorted({path for _, made in done for path in made.images})))


def _worthwhile(cells: int) -> int:
    # Forked, so that what was read from the store is not read again; only Linux forks without a second thought.
    cores = len(os.sched_getaffinity(0)) if platform.system() == "Linux" else 1
    return max(1, min(cores, cells // _LEAST))


def _shares(cells: tuple[Cell, ...], count: int) -> Iterator[tuple[Cell, ...]]:
    """The cells in `count` shares, all of one link together: they have their controls in common."""
    links = [tuple(group) for _, group in groupby(sorted(cells, key=_link), key=_link)]
    for number in range(min(count, len(links))):
        yield tuple(cell for link in links[number::count] for cell in link)


def _link(cell: Cell) -> tuple[str, str]:
    return (cell.target, cell.vantage)


_jobs: list[_Job] = []
"""What a forked process is to work on; it is there when the process begins."""


def _begin(job: _Job) -> None:
    _jobs.append(job)
    gc.freeze()  # what was read from the store stays to the end; looking through it again and again takes a tenth


def _put_share(share: tuple[Cell, ...]) -> tuple[Folder, CellFiles]:
    return _put(_jobs[-1], share)


def _put(job: _Job, cells: tuple[Cell, ...]) -> tuple[Folder, CellFiles]:
    folder, packs, shown = Folder(job.root), [], []
    for cell in cells:
        measurement = job.edition.measurement(cell)
        folder.put(cell_file(job.edition, cell, measurement, job.published))
        if measurement is None:
            continue
        for name, digest in images(measurement, job.edition.shelf):
            shown.append(name)
            if not folder.has(name):
                folder.put(File(name, job.edition.shelf.body(digest) or b""))
        for finding in cell.findings:
            made = pack(job.edition, cell, finding, measurement)
            packs.append(made.path.removeprefix(f"{job.edition.folder}/"))
            folder.put(made)
    return folder, CellFiles(tuple(packs), tuple(shown))
