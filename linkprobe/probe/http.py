"""Opening a URL over HTTP as a given client would, hop by hop, without running anything the page says."""

import asyncio
import hashlib
import time

import httpx

from linkprobe.model import (
    Capture,
    Client,
    Event,
    EventKind,
    Executor,
    Failure,
    FailureKind,
    Hop,
    HopWay,
    Vantage,
    Visit,
)
from linkprobe.network import Network
from linkprobe.probe.agents import headers_for
from linkprobe.probe.body import Received
from linkprobe.probe.evidence import kept_headers
from linkprobe.probe.failures import WORLDLY, failure_of, printable
from linkprobe.probe.limits import LIMITS, Limits
from linkprobe.probe.location import AppLink, readable, resolve

REDIRECTS = frozenset({301, 302, 303, 307, 308})

DRAINED = 64 * 1024
DRAIN_SECONDS = 0.25
"""How much of a redirect's own body is read so that its connection can be used again; nobody sees that body."""


async def visit_http(
    network: Network,
    vantage: Vantage,
    url: str,
    *,
    client: Client | None,
    inside: str | None = None,
    why: str = "",
    limits: Limits = LIMITS,
) -> Visit:
    """Open `url` as `client` (None: the ordinary browser) and write down every hop and the page it ends on.

    Cookies live for this visit only. A redirect into an app ends the visit as `aborted`, with the app's URL as an
    event. Where the body breaks off or the time is up in the middle of it, there is both a page, marked as truncated,
    and the failure.
    """
    trip = _Trip(network.transport(vantage, inside), headers_for(client, vantage), limits)
    failure = await trip.travel(url)
    last = trip.hops[-1] if trip.hops else Hop(url)
    return Visit(
        requested=url,
        executor=Executor.HTTP,
        why=why,
        hops=tuple(trip.hops),
        page=trip.page,
        events=tuple(trip.events),
        failure=failure,
        seconds=last.at + last.took,
        settled=failure is None or failure.kind is not FailureKind.TIMEOUT,
    )


class _Trip:
    """One visit while it is under way."""

    def __init__(self, transport: httpx.AsyncBaseTransport, headers: dict[str, str], limits: Limits) -> None:
        self.hops: list[Hop] = []
        self.events: list[Event] = []
        self.page: Capture | None = None
        self._transport = transport
        self._limits = limits
        self._over_tls = headers
        self._in_clear = {name: value for name, value in headers.items() if not name.startswith("sec-")}
        self._cookies: httpx.Cookies | None = None
        self._start = time.perf_counter()
        self._here = ""

    async def travel(self, url: str) -> Failure | None:
        """Follow `url` to its end; the failure, if that is no page."""
        self._here = url
        try:
            async with asyncio.timeout(self._limits.total_seconds):
                return await self._follow(resolve(readable(url.encode("utf-8", "replace"))))
        except WORLDLY as error:
            return failure_of(error, self._here)

    async def _follow(self, step: httpx.URL | AppLink) -> Failure | None:
        for _ in range(self._limits.hops + 1):
            self._here = step.url if isinstance(step, AppLink) else str(step)
            if isinstance(step, AppLink):
                return self._leave_for(step)
            onward = await self._hop(step)
            if onward is None:
                return None
            self._here = onward
            step = resolve(onward, step)
        return Failure(FailureKind.TOO_MANY_REDIRECTS, str(step), f"more than {self._limits.hops} redirects")

    async def _hop(self, url: httpx.URL) -> str | None:
        """Ask for `url`; the location it redirects to, or None if it is the page."""
        request = httpx.Request("GET", url, headers=self._over_tls if url.scheme == "https" else self._in_clear)
        if self._cookies:
            self._cookies.set_cookie_header(request)
        response = await self._ask(request)
        try:
            onward = self.hops[-1].location if response.status_code in REDIRECTS else None
            if onward:
                await _drain(response)
            else:
                await self._take(response)
        finally:
            await response.aclose()
        return onward or None

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        """Send the request and write the hop down, answered or not."""
        at = self._now()
        response = None
        try:
            async with asyncio.timeout(self._limits.hop_seconds):
                response = await self._transport.handle_async_request(request)
        finally:
            self.hops.append(self._written_down(at, response))
        response.request = request
        if "set-cookie" in response.headers:
            self._cookies = self._cookies or httpx.Cookies()
            self._cookies.extract_cookies(response)
        return response

    def _written_down(self, at: float, response: httpx.Response | None) -> Hop:
        way, took = HopWay.REDIRECT if self.hops else HopWay.REQUEST, self._now() - at
        if response is None:
            return Hop(self._here, way=way, at=at, took=took)
        location = next((readable(value) for name, value in response.headers.raw if name.lower() == b"location"), None)
        return Hop(self._here, response.status_code, way, location, at, took, response.extensions.get("address"))

    async def _take(self, response: httpx.Response) -> None:
        """Read the landed page; what has come in is kept also where it breaks off."""
        received = Received(self._limits.body)
        try:
            await received.read(response)
        finally:
            self.page = self._captured(response, received)
        if received.undecodable:
            raise received.undecodable

    def _captured(self, response: httpx.Response, received: Received) -> Capture:
        body = received.decoded(response.headers.get("content-encoding", ""))
        return Capture(
            self._here,
            response.status_code,
            printable(response.headers.get("content-type", "")),
            kept_headers(response.headers.raw),
            body,
            received.truncated,
            hashlib.sha256(body).hexdigest(),
        )

    def _leave_for(self, app: AppLink) -> Failure:
        self.events.append(Event(EventKind.APP_SCHEME, self._now(), app.url))
        return Failure(FailureKind.ABORTED, app.url, "a redirect into an app")

    def _now(self) -> float:
        return time.perf_counter() - self._start


async def _drain(response: httpx.Response) -> None:
    try:
        async with asyncio.timeout(DRAIN_SECONDS):
            await Received(DRAINED).read(response)
    except WORLDLY:
        return
