"""One visit with its landed page read: what it is, and who answered."""

from functools import cached_property
from itertools import pairwise

import msgspec

from linkprobe.judge.hosts import Answerer, Hosts
from linkprobe.judge.kind import Kind, Reading
from linkprobe.judge.reading import kinds
from linkprobe.model import Event, EventKind, Executor, FailureKind, Hop, HopWay, Target, Visit
from linkprobe.page import Facts, read

STRONG = 0.5
"""Strength from which a page's kind counts by itself; below it the page is taken for content."""
FAINT = 0.15
"""Strength from which a sign counts on a page that is known not to be the target's: then it must be something else."""
RICH_LINKS = 8
"""Links from which a page that nothing gives away is one of a site, rather than a notice."""
RICH_TEXT = 400
"""Readable characters from which it is so."""
FULL_TEXT = 2000
"""Readable characters from which a page that the target answers directly needs no closer look: no wall says so much."""
LITTLE = 60
"""Characters below which a page that HTTP fetched shows its reader nothing: its script would draw the rest."""
PROBE_FAULTS = frozenset({FailureKind.VANTAGE, FailureKind.CRASHED, FailureKind.UNKNOWN, FailureKind.ABORTED})
"""Failures of the probe or of what it stands behind; they say nothing about the link."""


class Look(msgspec.Struct, frozen=True, dict=True):
    """A visit, read. `target` is whose link was opened."""

    visit: Visit
    hosts: Hosts
    target: Target

    @cached_property
    def page(self) -> Facts | None:
        """Facts of the landed page; None where there is none."""
        return read(self.visit.page) if self.visit.page else None

    @cached_property
    def answerer(self) -> Answerer:
        """Whose page it landed on."""
        return self.hosts.who(self.visit.landed)

    @cached_property
    def struck(self) -> Answerer:
        """At whose address a visit without a page failed."""
        failure = self.visit.failure
        url = (failure.url if failure else "") or (self.visit.hops[-1].url if self.visit.hops else self.visit.requested)
        return self.hosts.who(url)

    @cached_property
    def reading(self) -> Reading:
        """What kind of page it is, by its strongest sign; content where the signs are weak."""
        return self._read(STRONG)

    @property
    def kind(self) -> Kind:
        """The page's kind, judged by itself."""
        return self.reading.kind

    @cached_property
    def likeliest(self) -> Reading:
        """What it is, given that it is not the target's page: fainter signs count.

        A full page of the platform's own is one of its site, which has login boxes of its own.
        """
        return self._read(STRONG if self.is_full and self.answerer is Answerer.PLATFORM else FAINT)

    def _read(self, least: float) -> Reading:
        if self.page is None:
            return Reading(Kind.EMPTY, "there is no page", 1.0)
        strongest = kinds(self.page, self.target.url)[0]
        return strongest if strongest.strength >= least else Reading(Kind.CONTENT, "nothing gives it away", 0.0)

    @property
    def is_rich(self) -> bool:
        """Whether it is a page of a site, with matter and ways of its own."""
        page = self.page
        return page is not None and (page.readable >= RICH_TEXT or len(page.links) >= RICH_LINKS)

    @property
    def is_full(self) -> bool:
        """Whether it says more than any wall, gate or error page does."""
        return self.page is not None and len(self.page.text) >= FULL_TEXT

    @property
    def status(self) -> int:
        """Status of the landed page; 0 where there is none."""
        return self.visit.page.status if self.visit.page else 0

    @property
    def blamed_on_probe(self) -> bool:
        """Whether it ended without a page through a fault on our side."""
        failure = self.visit.failure
        return failure is not None and failure.kind in PROBE_FAULTS and self.visit.page is None and not self.downloaded

    @property
    def failed(self) -> bool:
        """Whether the network gave no page."""
        failure = self.visit.failure
        return failure is not None and self.visit.page is None and failure.kind not in PROBE_FAULTS

    @property
    def downloaded(self) -> bool:
        """Whether it ended in a download instead of a page."""
        return self.visit.page is None and any(event.kind is EventKind.DOWNLOAD for event in self.visit.events)

    @property
    def needs_script(self) -> bool:
        """Whether it was fetched by HTTP and shows so little that only a browser could tell what it is."""
        page = self.page
        return (
            page is not None
            and self.visit.executor is Executor.HTTP
            and page.is_html
            and page.readable < LITTLE
            and self.kind in (Kind.CONTENT, Kind.EMPTY)
        )

    @cached_property
    def moves(self) -> tuple[tuple[Hop, Hop], ...]:
        """Pairs of hops of which the first moved on to the second by itself, by script or meta refresh."""
        return tuple(
            (here, there)
            for here, there in pairwise(self.visit.hops)
            if there.way in (HopWay.SCRIPT, HopWay.META_REFRESH)
        )

    @property
    def pressed(self) -> Event | None:
        """The click on what should lead on, if one was made."""
        visits = (self.visit, self.visit.clicked) if self.visit.clicked else (self.visit,)
        return next((event for visit in visits for event in visit.events if event.kind is EventKind.CLICK), None)
