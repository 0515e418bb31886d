"""What one leg of a visit came to, and why it came to nothing."""

from typing import NamedTuple
from urllib.parse import urlsplit

from linkprobe.model import Capture, Event, Failure, FailureKind, Hop, Screenshot
from linkprobe.network import Network
from linkprobe.probe.browser.failures import kind_of
from linkprobe.probe.browser.journal import Journal
from linkprobe.probe.browser.trail import Step
from linkprobe.probe.failures import printable

BODILESS = "net::ERR_HTTP_RESPONSE_CODE_FAILURE"
"""Chromium's own page in place of an error status without a body: the server did answer."""

PORTS = {"https": 443, "http": 80}


class Leg(NamedTuple):
    """The part of a visit up to a rest: as opened, or after a click."""

    hops: tuple[Hop, ...]
    events: tuple[Event, ...]
    page: Capture | None = None
    failure: Failure | None = None
    seconds: float = 0.0
    settled: bool = True
    screenshot: Screenshot | None = None


def shown_step(journal: Journal) -> Step | None:
    """The hop whose document is shown."""
    return journal.trail.of(journal.landed)


def seconds_of(journal: Journal, gone_on: float) -> float:
    """From the first request to the landed document's headers; where there are none, until it failed or `gone_on`."""
    steps = journal.trail.steps
    if not steps:
        return 0.0
    step = shown_step(journal) or steps[-1]
    until = step.answered or step.ended
    return round(max(0.0, until - journal.trail.start), 6) if until else gone_on


def failure_of(journal: Journal, url: str, most: int, network: Network) -> Failure | None:
    """Why the leg has no page; None where it has one."""
    last = journal.trail.steps[-1] if journal.trail.steps else None
    where = last.url if last else url
    if journal.crashed:
        return Failure(FailureKind.CRASHED, where, "the page's process died")
    if journal.unreachable:
        return _refused(shown_step(journal) or last, journal, network)
    if len(journal.trail.steps) > most:
        return Failure(FailureKind.TOO_MANY_REDIRECTS, where, f"more than {most} navigations")
    if journal.flying or not (journal.landed or journal.error):
        return Failure(FailureKind.TIMEOUT, where, "no answer in time")
    if not journal.landed:
        return Failure(_kind(journal.error, where, network), where, journal.error)
    return None


def _refused(step: Step | None, journal: Journal, network: Network) -> Failure | None:
    error = (step.error if step else "") or journal.error
    if error == BODILESS and step and step.status:
        return None
    return Failure(_kind(error, journal.unreachable, network), journal.unreachable, error)


def _kind(error: str, url: str, network: Network) -> FailureKind:
    """A proxy hides why a connection failed, of plain pages even that it did; the network may know."""
    kind = kind_of(error)
    if kind not in (FailureKind.VANTAGE, FailureKind.CLOSED):
        return kind
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        return kind
    return network.why_failed(parts.hostname or "", port) or kind


def broken(error: Exception, url: str) -> Failure:
    """The browser itself failed, or took longer than a visit may."""
    kind = FailureKind.TIMEOUT if isinstance(error, TimeoutError) else FailureKind.CRASHED
    return Failure(kind, url, printable(str(error))[:300] or "the browser took too long")
