"""The way of one visit, hop by hop, as the network events of the main document tell it."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from linkprobe.model import Hop, HopWay
from linkprobe.probe.browser.wire import Details

WEB = ("http", "https", "about", "blob", "data", "javascript", "chrome-error", "file", "filesystem", "view-source")
"""Schemes that stay in the browser; any other asks for an app."""


def leaves_the_web(url: str) -> bool:
    """Whether `url` asks for an app: `weixin:`, `intent:`, `tbopen:`."""
    return bool(scheme := urlsplit(url).scheme) and scheme not in WEB


def full_url(request: Details) -> str:
    """A request's URL with its fragment, which the protocol keeps apart."""
    return f"{request['url']}{request.get('urlFragment', '')}"


@dataclass(slots=True)
class Step:
    """One hop being filled in; times are Chromium's monotonic seconds."""

    url: str
    way: HopWay
    asked: float
    request: str = ""
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    mime: str = ""
    answered: float | None = None
    ended: float | None = None
    address: str | None = None
    error: str = ""

    def answer(self, response: Details, seen: float) -> None:
        """Take in the status line and headers, and when they were there."""
        self.status = response["status"]
        self.headers = response["headers"]
        self.mime = response.get("mimeType", "")
        self.answered = max(self.asked, headers_at(response) or seen)
        if ip := response.get("remoteIPAddress"):
            self.address = f"{ip}:{response.get('remotePort', 0)}"

    @property
    def took(self) -> float:
        """Seconds until the headers were there; 0 where they never were."""
        return (self.answered - self.asked) if self.answered is not None else 0.0

    @property
    def location(self) -> str | None:
        """Where a redirect points, as the server wrote it."""
        named = (value for name, value in self.headers.items() if name.lower() == "location")
        return next(named, None) if self.status and 300 <= self.status < 400 else None


def headers_at(response: Details) -> float | None:
    """When a response's headers were there, by the network service's own clock."""
    timing = response.get("timing")
    if not timing or timing["receiveHeadersEnd"] < 0:
        return None
    at: float = timing["requestTime"] + timing["receiveHeadersEnd"] / 1000
    return at


class Trail:
    """The hops of one leg of a visit; `first` is how the leg begins (a request, or a click)."""

    def __init__(self, first: HopWay, *, addresses: bool = True) -> None:
        self.steps: list[Step] = []
        self._first = first
        self._addresses = addresses

    def way(self, otherwise: HopWay) -> HopWay:
        """How the next hop comes about."""
        return otherwise if self.steps else self._first

    def asked(self, event: Details, way: HopWay) -> None:
        """A document was requested; a redirect closes the hop before it."""
        if answer := event.get("redirectResponse"):
            self.redirected(event["requestId"], answer, event["timestamp"])
            way = HopWay.REDIRECT
        url = full_url(event["request"])
        if not leaves_the_web(url):
            self.steps.append(Step(url, self.way(way), event["timestamp"], event["requestId"]))

    def redirected(self, request: str, answer: Details, seen: float) -> None:
        """The open hop of `request` was answered with a redirect."""
        if step := self.of(request):
            step.answer(answer, seen)

    def moved(self, url: str, at: float) -> None:
        """The page changed its own address without a request."""
        self.steps.append(Step(url, self.way(HopWay.HISTORY), at))

    def of(self, request: str) -> Step | None:
        """The latest hop of a request."""
        return next((step for step in reversed(self.steps) if step.request == request), None)

    @property
    def start(self) -> float:
        """When the first document was asked for."""
        return self.steps[0].asked if self.steps else 0.0

    def hops(self, since: float) -> tuple[Hop, ...]:
        """The hops as values; offsets count from `since`."""
        return tuple(self._hop(step, since) for step in self.steps)

    def _hop(self, step: Step, since: float) -> Hop:
        return Hop(
            url=step.url,
            status=step.status,
            way=step.way,
            location=step.location,
            at=round(max(0.0, step.asked - since), 6),
            took=round(step.took, 6),
            address=step.address if self._addresses else None,
        )
