"""An observation as a page shows it: every word of the world's bounded, spelled out and without secrets."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from linkprobe.model import Card, Event, Failure, Hop, Observation, Screenshot, Sent, Shown, Visit
from linkprobe.publish import redact
from linkprobe.publish.names import image_name
from linkprobe.publish.pages import environment, shown
from linkprobe.publish.shelf import Shelf

_EXCERPT = 700
_HEADERS = 60
_EVENTS = 40
_LINKS = 20


class HopView(NamedTuple):
    """A hop, and where its bar stands in the visit's hundred units of time."""

    number: int
    url: str
    status: int | None
    way: str
    address: str
    took: float
    start: float
    width: float


class VisitView(NamedTuple):
    """A visit: hops with timings, the page, what happened beside it."""

    executor: str
    why: str
    requested: str
    hops: tuple[HopView, ...]
    failure: str
    seconds: float
    settled: bool
    landed: str
    status: int | None
    content_type: str
    title: str
    excerpt: str
    headers: tuple[tuple[str, str], ...]
    digest: str
    size: int | None
    truncated: bool
    events: tuple[str, ...]
    image: str
    clicked: "VisitView | None"


class ArmView(NamedTuple):
    """One arm. `key` names it in the words of the pages."""

    key: str
    at: str
    blind: str
    skipped: str
    sent: Sent | None
    sent_failure: str
    shown: Shown | None
    shown_failure: str
    links: tuple[str, ...]
    card: Card | None
    visit: VisitView | None


_ROOT = "../../../"
"""From a cell's page to the root; panels stand nowhere else."""


def arm_panel(key: str, observation: Observation, shelf: Shelf) -> Markup:
    """The observation as a panel of a cell's page."""
    module: Any = environment().get_template("arm.html.j2").module
    return Markup(module.arm_panel(key, arm_view(key, observation, shelf), _ROOT))


def arm_view(key: str, observation: Observation, shelf: Shelf) -> ArmView:
    """The observation for a reader."""
    sent, seen = observation.sent, observation.shown
    return ArmView(
        key=key,
        at=observation.at,
        blind=observation.blind,
        skipped=observation.skipped,
        sent=sent,
        sent_failure=_failure(sent.failure if sent else None),
        shown=seen,
        shown_failure=_failure(seen.failure if seen else None),
        links=tuple(map(shown, seen.links[:_LINKS])) if seen else (),
        card=seen.card if seen else None,
        visit=_visit(observation.visit, shelf) if observation.visit else None,
    )


def _visit(visit: Visit, shelf: Shelf) -> VisitView:
    page, facts = visit.page, shelf.page(visit)
    return VisitView(
        executor=visit.executor,
        why=shown(visit.why),
        requested=shown(visit.requested),
        hops=tuple(_hops(visit)),
        failure=_failure(visit.failure),
        seconds=visit.seconds,
        settled=visit.settled,
        landed=shown(page.url) if page else "",
        status=page.status if page else None,
        content_type=shown(page.content_type) if page else "",
        title=shown(facts.title) if facts else "",
        excerpt=shown(facts.text[:_EXCERPT]) if facts else "",
        headers=tuple(_headers(visit)),
        digest=page.digest if page else "",
        size=facts.size if facts else None,
        truncated=page.truncated if page else False,
        events=tuple(map(_event, visit.events[:_EVENTS])),
        image=image(visit.screenshot, shelf),
        clicked=_visit(visit.clicked, shelf) if visit.clicked else None,
    )


def _hops(visit: Visit) -> Iterator[HopView]:
    whole = max([visit.seconds, *(hop.at + hop.took for hop in visit.hops)], default=0.0) or 1.0
    for number, hop in enumerate(visit.hops, 1):
        yield _hop(number, hop, whole)


def _hop(number: int, hop: Hop, whole: float) -> HopView:
    start = min(99.0, 100 * hop.at / whole)
    width = max(1.0, min(100 - start, 100 * hop.took / whole))
    address = hop.address or ""
    return HopView(
        number, shown(hop.url), hop.status, hop.way, shown(address), hop.took, round(start, 1), round(width, 1)
    )


def _headers(visit: Visit) -> Iterator[tuple[str, str]]:
    for name, value in visit.page.headers[:_HEADERS] if visit.page else ():
        yield shown(name), shown(redact.header(name, value))


def _event(event: Event) -> str:
    return shown(f"{event.kind} at {event.at:.2f} s: {event.text} {event.url}".rstrip())


def _failure(failure: Failure | None) -> str:
    if failure is None:
        return ""
    where = f" at {failure.url}" if failure.url else ""
    return shown(f"{failure.kind}{where}{': ' if failure.detail else ''}{failure.detail}")


def image(screenshot: Screenshot | None, shelf: Shelf) -> str:
    """The published name of a screenshot; empty where there is none, or none that is an image."""
    kind = shelf.image_kind(screenshot.digest) if screenshot and screenshot.digest else ""
    return image_name(screenshot.digest, kind) if screenshot and kind else ""


def screenshots(observation: Observation) -> Iterator[Screenshot]:
    """Every screenshot of an observation."""
    visit = observation.visit
    while visit is not None:
        if visit.screenshot is not None:
            yield visit.screenshot
        visit = visit.clicked
