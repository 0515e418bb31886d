"""What the main frame does, from CDP events: where it goes, whether it is still going, what happens beside it."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from linkprobe.model import Event, EventKind, HopWay
from linkprobe.probe.browser.limits import BrowserLimits
from linkprobe.probe.browser.trail import Trail, leaves_the_web
from linkprobe.probe.browser.wire import Details, Handler

WAYS = {
    "metaTagRefresh": HopWay.META_REFRESH,
    "httpHeaderRefresh": HopWay.META_REFRESH,
}
"""Reasons of `Page.frameRequestedNavigation` that are no script of the page's."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A refresh the page has announced: where to, and when by our own clock."""

    url: str
    due: float


class Events:
    """A bounded list of the things beside the navigation; offsets count from the first request of the probe."""

    def __init__(self, limits: BrowserLimits) -> None:
        self._limits = limits
        self._seen: list[Event] = []
        self._apps: set[str] = set()
        self.epoch: float | None = None

    def add(self, kind: EventKind, *, url: str = "", text: str = "") -> None:
        """Note one event, cut to size; beyond the limit nothing is kept."""
        if len(self._seen) >= self._limits.events:
            return
        at = time.monotonic() - self.epoch if self.epoch else 0.0
        self._seen.append(Event(kind, round(max(0.0, at), 6), url[:8192], text[: self._limits.text]))

    def app(self, url: str) -> None:
        """Note a navigation to an app; the protocol tells of most twice."""
        if url not in self._apps and len(self._apps) < self._limits.events:
            self._apps.add(url)
            self.add(EventKind.APP_SCHEME, url=url)

    def take(self) -> tuple[Event, ...]:
        """The events since the last call."""
        taken, self._seen = tuple(self._seen), []
        return taken


def _nothing() -> None:
    return


class Journal:
    """The state of one page on one leg of a visit. `changed` wakes whoever waits for it to settle."""

    def __init__(self, trail: Trail, events: Events, limits: BrowserLimits) -> None:
        self.trail = trail
        self.events = events
        self.frame = ""
        self.landed = ""
        """Request id of the document that is shown."""
        self.committed_at: float | None = None
        self.unreachable = ""
        self.error = ""
        self.announced: Announced | None = None
        self.crashed = False
        self.requests = 0
        self.overrun = False
        self.stop: Callable[[], None] = _nothing
        """Called when the page asks for more than it may."""
        self.opened = False
        """Whether the page has asked for a new tab on this leg."""
        self._limits = limits
        self._loading = False
        self._flights: set[str] = set()
        self._way = HopWay.SCRIPT
        self._changed = asyncio.Event()

    def handlers(self) -> dict[str, Handler]:
        """The events this journal is written from."""
        return {
            "Network.requestWillBeSent": self._asked,
            "Network.responseReceived": self._answered,
            "Network.loadingFailed": self._failed,
            "Page.frameStartedNavigating": self._started,
            "Page.frameRequestedNavigation": self._requested,
            "Page.frameScheduledNavigation": self._scheduled,
            "Page.frameClearedScheduledNavigation": self._cleared,
            "Page.frameNavigated": self._navigated,
            "Page.navigatedWithinDocument": self._moved,
            "Page.frameStoppedLoading": self._stopped,
            "Page.windowOpen": self._opened,
            "Page.downloadWillBegin": self._download,
        }

    @property
    def flying(self) -> bool:
        """Whether a document has been asked for that is neither there nor refused."""
        return bool(self._flights)

    def loads_until(self) -> float | None:
        """Until when the page's own loading is worth waiting for; None when it is not loading."""
        if not self._loading or self.committed_at is None:
            return None
        until = self.committed_at + self._limits.load
        return until if until > time.monotonic() else None

    async def change(self, within: float) -> bool:
        """Whether anything about the navigation changes within that many seconds."""
        try:
            async with asyncio.timeout(max(0.0, within)):
                await self._changed.wait()
        except TimeoutError:
            return False
        finally:
            self._changed.clear()
        return True

    def turn(self, trail: Trail) -> None:
        """Begin the next leg of the visit, on the page that is shown."""
        self.trail = trail
        self.error = ""
        self.requests = 0
        self.opened = False
        self._changed.clear()

    def adopt(self, frame: str, loader: str, *, loading: bool) -> None:
        """Start in the middle, on a page that others have opened."""
        self.frame, self._loading = frame, loading
        self.landed = self.landed or loader
        self.committed_at = self.committed_at or time.monotonic()
        self.events.epoch = self.events.epoch or time.monotonic()

    def crash(self) -> None:
        """The page's process died."""
        self.crashed = True
        self._touch()

    def _touch(self) -> None:
        self._changed.set()

    def _is_main(self, event: Details) -> bool:
        return bool(event.get("frameId") == self.frame)

    def _asked(self, event: Details) -> None:
        if "redirectResponse" not in event:
            self.requests += 1
            if self.requests > self._limits.requests and not self.overrun:
                self.overrun = True
                self.stop()
                self._touch()
        if event.get("type") != "Document":
            return
        self.frame = self.frame or event["frameId"]
        self._note_app(event["request"]["url"] + event["request"].get("urlFragment", ""))
        if self._is_main(event):
            self._ask(event)

    def _ask(self, event: Details) -> None:
        if not self.trail.steps:
            self.events.epoch = time.monotonic()
        self._flights.add(event["requestId"])
        self.trail.asked(event, self._way)
        self._way = HopWay.SCRIPT
        self.announced = None
        self.overrun = self.overrun or len(self.trail.steps) > self._limits.navigations
        self._touch()

    def _answered(self, event: Details) -> None:
        if event.get("type") == "Document" and (step := self.trail.of(event["requestId"])):
            step.answer(event["response"], event["timestamp"])

    def _failed(self, event: Details) -> None:
        if event["requestId"] not in self._flights:
            return
        self._flights.discard(event["requestId"])
        self.error = event["errorText"]
        if step := self.trail.of(event["requestId"]):
            step.error, step.ended = event["errorText"], event["timestamp"]
        self._touch()

    def _started(self, event: Details) -> None:
        self.frame = self.frame or event["frameId"]
        if self._is_main(event) and event["navigationType"] != "sameDocument":
            self._loading = True
            self._touch()

    def _requested(self, event: Details) -> None:
        self._note_app(event["url"])
        if self._is_main(event):
            self._way = WAYS.get(event["reason"], HopWay.SCRIPT)
            self._touch()

    def _scheduled(self, event: Details) -> None:
        self._note_app(event["url"])
        if not self._is_main(event) or not 0 < event["delay"] <= self._limits.announced:
            return
        if self._goes_elsewhere(event["url"]):
            self.announced = Announced(event["url"], time.monotonic() + event["delay"])
            self._touch()

    def _goes_elsewhere(self, url: str) -> bool:
        """A page that only renews itself has arrived."""
        shown = self.trail.of(self.landed)
        return shown is None or url.partition("#")[0] != shown.url.partition("#")[0]

    def _cleared(self, event: Details) -> None:
        if self._is_main(event):
            self.announced = None
            self._touch()

    def _navigated(self, event: Details) -> None:
        frame = event["frame"]
        if "parentId" in frame or frame["id"] != (self.frame or frame["id"]):
            return
        self.frame = frame["id"]
        self.landed = frame["loaderId"]
        self.unreachable = frame.get("unreachableUrl", "")
        self.committed_at = time.monotonic()
        self.announced = None
        self._flights.clear()
        self._touch()

    def _moved(self, event: Details) -> None:
        if self._is_main(event) and len(self.trail.steps) <= self._limits.navigations:
            self.trail.moved(event["url"], time.monotonic() - (self.events.epoch or 0.0) + self.trail.start)
            self._touch()

    def _stopped(self, event: Details) -> None:
        if self._is_main(event):
            self._loading = False
            self._touch()

    def _opened(self, event: Details) -> None:
        self._note_app(event["url"])
        self.events.add(EventKind.NEW_TAB, url=event["url"])
        self.opened = self.opened or not leaves_the_web(event["url"])
        self._touch()

    def _download(self, event: Details) -> None:
        self.events.add(EventKind.DOWNLOAD, url=event["url"], text=event["suggestedFilename"])

    def _note_app(self, url: str) -> None:
        if leaves_the_web(url):
            self.events.app(url)
