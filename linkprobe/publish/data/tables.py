"""The three tables: cells, findings, observations. Fields and their meaning stand together."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

from linkprobe.expectation import surprise
from linkprobe.model import Capture, Cell, Finding, Observation, Plane, Visit
from linkprobe.publish import names
from linkprobe.publish.edition import Edition
from linkprobe.publish.pages import shown
from linkprobe.store import Task

Value = str | int | float | bool | None
Row = TypeVar("Row")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""First characters by which spreadsheets take a text for a formula, their full-width forms included."""


class Field(NamedTuple, Generic[Row]):
    """A column: its name, its Table Schema type, what it holds, and how it is had from a row."""

    name: str
    type: str
    meaning: str
    of: Callable[[Row], Value]


class Accused(NamedTuple):
    """A finding and its cell."""

    cell: Cell
    finding: Finding


class Seen(NamedTuple):
    """An observation and the task it answers."""

    task: Task
    observation: Observation

    @property
    def visit(self) -> Visit | None:
        """The visit that opened the link."""
        return self.observation.visit


def _page(row: Seen) -> Capture | None:
    return row.visit.page if row.visit else None


def _failure(row: Seen) -> str | None:
    parts = (row.visit, row.observation.sent, row.observation.shown)
    return next((part.failure.kind for part in parts if part and part.failure), None)


def _on(plane: Plane) -> Callable[[Cell], Value]:
    return lambda cell: cell.planes.get(plane)


def _news(cell: Cell) -> str | None:
    found = surprise(cell)
    return found.news if found else None


CELLS: tuple[Field[Cell], ...] = (
    Field("platform", "string", "Platform id", lambda cell: cell.platform),
    Field("surface", "string", "Surface id", lambda cell: cell.surface),
    Field("target", "string", "Link id", lambda cell: cell.target),
    Field("vantage", "string", "Vantage id", lambda cell: cell.vantage),
    Field("url", "string", "URL as shared", lambda cell: cell.url),
    Field("category", "string", "The link's peer group", lambda cell: cell.category),
    Field("owner", "string", "The link's owner", lambda cell: cell.owner),
    Field("role", "string", "What the link is to the platform", lambda cell: cell.role),
    Field("verdict", "string", "The conclusion", lambda cell: cell.verdict),
    Field("flapping", "boolean", "Whether attempts disagree", lambda cell: cell.flapping),
    Field("causes", "string", "Causes, gravest first, separated by ;", lambda cell: ";".join(cell.causes)),
    Field("fairness", "string", "Fairness marks, separated by ;", lambda cell: ";".join(cell.fairness)),
    *(Field(one, "string", f"Verdict on {one}; empty where not reached", _on(one)) for one in Plane),
    Field("attempts", "integer", "Judged attempts", lambda cell: cell.attempts),
    Field("seen", "string", "Verdict of each attempt, separated by ;", lambda cell: ";".join(cell.seen)),
    Field("expect", "string", "Verdict owed by the scenario", lambda cell: cell.expect),
    Field("known", "string", "Verdict already known", lambda cell: cell.known),
    Field(
        "unexpected",
        "string",
        "Kind of news; empty for none",
        _news,
    ),
    Field("reason", "string", "The conclusion in words", lambda cell: cell.reason),
    Field("scenario", "string", "Scenario id", lambda cell: cell.scenario),
    Field("page", "string", "Page of this cell, from this folder's parent", names.cell_page),
)

FINDINGS: tuple[Field[Accused], ...] = (
    Field("platform", "string", "Platform id", lambda row: row.cell.platform),
    Field("surface", "string", "Surface id", lambda row: row.cell.surface),
    Field("target", "string", "Link id", lambda row: row.cell.target),
    Field("vantage", "string", "Vantage id", lambda row: row.cell.vantage),
    Field("plane", "string", "send, display or open", lambda row: row.finding.plane),
    Field("cause", "string", "What happened", lambda row: row.finding.cause),
    Field("rule", "string", "The rule that says so", lambda row: row.finding.rule),
    Field(
        "uniform",
        "boolean",
        "Whether the neutral link is treated so too; empty where unknown",
        lambda row: row.finding.uniform,
    ),
    Field("verdict", "string", "The cell's conclusion", lambda row: row.cell.verdict),
    Field("fairness", "string", "The cell's fairness marks, separated by ;", lambda row: ";".join(row.cell.fairness)),
    Field("evidence", "string", "What the rule saw", lambda row: row.finding.evidence),
    Field(
        "pack", "string", "Evidence pack, from this folder's parent", lambda row: names.pack_name(row.cell, row.finding)
    ),
)

OBSERVATIONS: tuple[Field[Seen], ...] = (
    Field("task", "string", "Key of the probe", lambda row: row.task.key),
    Field("arm", "string", "Part in the comparison", lambda row: row.task.arm),
    Field("platform", "string", "Platform id; empty for controls without one", lambda row: row.task.platform),
    Field("surface", "string", "Surface id; empty for controls without one", lambda row: row.task.surface),
    Field("target", "string", "Link id", lambda row: row.task.target),
    Field("vantage", "string", "Vantage id", lambda row: row.task.vantage),
    Field("client", "string", "Client the probe posed as", lambda row: row.task.client),
    Field("executor", "string", "http or browser; empty where nothing was opened", lambda row: row.task.executor),
    Field("attempt", "integer", "Number of the attempt", lambda row: row.task.attempt),
    Field("at", "string", "Start, UTC", lambda row: row.observation.at),
    Field("url", "string", "URL as shared", lambda row: row.observation.url),
    Field("requested", "string", "URL that was opened", lambda row: row.visit.requested if row.visit else None),
    Field(
        "landed", "string", "URL of the page the visit ended on", lambda row: row.visit.landed if row.visit else None
    ),
    Field("status", "integer", "HTTP status of that page", lambda row: page.status if (page := _page(row)) else None),
    Field("hops", "integer", "URLs on the way", lambda row: len(row.visit.hops) if row.visit else None),
    Field("seconds", "number", "Until the landed page answered", lambda row: row.visit.seconds if row.visit else None),
    Field("failure", "string", "Why there was no answer", _failure),
    Field(
        "sent",
        "string",
        "What the platform answered to the message",
        lambda row: row.observation.sent.outcome if row.observation.sent else None,
    ),
    Field(
        "code",
        "string",
        "The platform's own code",
        lambda row: row.observation.sent.code if row.observation.sent else None,
    ),
    Field(
        "wording",
        "string",
        "The platform's own words",
        lambda row: row.observation.sent.wording if row.observation.sent else None,
    ),
    Field(
        "arrived",
        "boolean",
        "Whether the recipient saw the message",
        lambda row: row.observation.shown.arrived if row.observation.shown else None,
    ),
    Field(
        "links",
        "integer",
        "Clickable links in it",
        lambda row: len(row.observation.shown.links) if row.observation.shown else None,
    ),
    Field("blind", "string", "Why nothing was probed", lambda row: row.observation.blind),
    Field("skipped", "string", "Why it was left out", lambda row: row.observation.skipped),
    Field(
        "page_sha256", "string", "SHA-256 of the page's body", lambda row: page.digest if (page := _page(row)) else None
    ),
    Field(
        "screenshot_sha256",
        "string",
        "SHA-256 of the screenshot",
        lambda row: row.visit.screenshot.digest if row.visit and row.visit.screenshot else None,
    ),
)


def findings(cells: Iterable[Cell]) -> Iterator[Accused]:
    """Every finding with its cell."""
    return (Accused(cell, finding) for cell in cells for finding in cell.findings)


def seen(edition: Edition) -> tuple[Seen, ...]:
    """Every observation of the round, in an order that does not depend on who was quicker."""
    rows = (Seen(task, observation) for task, observation in edition.shelf.all())
    return tuple(sorted(rows, key=lambda row: (row.task.target, row.task.platform, row.task.surface, row.task.key)))


def as_csv(fields: tuple[Field[Row], ...], rows: Iterable[Row]) -> bytes:
    """The table by RFC 4180, UTF-8. Text is on one line, and never a formula to a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([field.name for field in fields])
    for row in rows:
        writer.writerow([_written(field.of(row)) for field in fields])
    return text.getvalue().encode()


def _written(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return disarmed(shown(value))
        case float():
            return f"{value:.4f}"
        case _:
            return str(value)


def disarmed(text: str) -> str:
    """`text` with an apostrophe before anything a spreadsheet would compute."""
    return f"'{text}" if text.startswith(_FORMULA) else text
