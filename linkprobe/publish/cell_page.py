"""One cell opened to its evidence: both arms, the rules that spoke, its history, and how to repeat it."""

import shlex
from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from linkprobe.expectation import surprise
from linkprobe.model import Cell, Measurement, Observation
from linkprobe.publish.arms import arm_panel, image, screenshots
from linkprobe.publish.difference import TextDifference, text_difference
from linkprobe.publish.edition import Edition, Past
from linkprobe.publish.folder import File
from linkprobe.publish.looks import state
from linkprobe.publish.names import DEFAULT_VANTAGE, cell_page, pack_name
from linkprobe.publish.pages import page, shown
from linkprobe.publish.reasons import reason
from linkprobe.publish.shelf import Shelf

_TEXT = 4000
"""Characters of either text that are compared."""


def cell_file(edition: Edition, cell: Cell, measurement: Measurement | None, published: frozenset[str]) -> File:
    """The cell's page. `published` are the rounds that have one too."""
    path = cell_page(cell)
    past = edition.history[cell.key]
    arms = dict(_arms(measurement, edition.shelf)) if measurement else {}
    values = {
        "edition": edition,
        "here": "",
        "home": "../",
        "path": path,
        "cell": cell,
        "arms": arms,
        "difference": difference(measurement, edition.shelf) if measurement else None,
        "packs": tuple(pack_name(cell, finding) for finding in cell.findings) if measurement else (),
        "published": published,
        "reason": reason(cell),
        "past": past,
        "since": since(past),
        "news": surprise(cell),
        "command": command(edition, cell),
    }
    return page(f"{edition.folder}/{path}", "cell.html.j2", "../../../", values)


def observations(measurement: Measurement) -> Iterator[tuple[str, Observation]]:
    """The arms that were taken, by the key of their words."""
    yield "subject", measurement.subject
    if measurement.direct:
        yield "direct", measurement.direct[0]
    others = (
        ("direct-as-app", measurement.as_app),
        ("direct-as-crawler", measurement.as_crawler),
        ("neutral", measurement.neutral),
        ("neutral-direct", measurement.neutral_direct),
    )
    for key, observation in others:
        if observation is not None:
            yield key, observation
    for take in measurement.again:
        yield f"{take.arm}-again", take


def images(measurement: Measurement, shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Name and digest of every screenshot the cell's page shows."""
    for _, observation in observations(measurement):
        for screenshot in screenshots(observation):
            if name := image(screenshot, shelf):
                yield name, screenshot.digest


def difference(measurement: Measurement, shelf: Shelf) -> TextDifference | None:
    """What the page through the platform says and the one without it does not; None where one is missing."""
    subject, direct = measurement.subject.visit, measurement.direct[0].visit if measurement.direct else None
    if subject is None or direct is None:
        return None
    ours, theirs = shelf.page(subject), shelf.page(direct)
    if ours is None or theirs is None:
        return None
    return text_difference(shown(ours.text[:_TEXT]), shown(theirs.text[:_TEXT]))


def since(past: tuple[Past, ...]) -> Past | None:
    """The first round since which the cell has been as it is now; None in its first round."""
    if len(past) < 2:
        return None
    first = past[-1]
    for earlier in reversed(past[:-1]):
        if state(earlier.cell) is not state(past[-1].cell):
            break
        first = earlier
    return first


def command(edition: Edition, cell: Cell) -> str:
    """The command that measures this cell again; it names no file of the machine the round ran on."""
    where = {"lab": f"--world {shlex.quote(edition.world)}" if edition.world else "", "live": "--live"}
    parts = [
        "linkprobe audit",
        where.get(edition.record.mode, "--connect-to HOST:PORT:ADDR:PORT"),
        f"--platform {shlex.quote(cell.platform)} --surface {shlex.quote(cell.surface)}",
        f"--target {shlex.quote(cell.target)}",
        "" if cell.vantage == DEFAULT_VANTAGE else f"--vantage {shlex.quote(cell.vantage)}",
    ]
    return " ".join(part for part in parts if part)


def _arms(measurement: Measurement, shelf: Shelf) -> Iterator[tuple[str, Markup]]:
    for key, observation in observations(measurement):
        # Controls are shared by many cells, and so is what a page shows of them.
        yield key, shelf.kept(("panel", key, observation), partial(arm_panel, key, observation, shelf))
