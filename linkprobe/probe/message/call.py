"""One declared request and its answer."""

import asyncio
import time
from typing import Any, NamedTuple

import httpx
import msgspec

from linkprobe.model import Failure, FailureKind, HttpCall, Vantage
from linkprobe.network import Network
from linkprobe.page.decode import decode
from linkprobe.probe.agents import ENCODINGS, ORDINARY
from linkprobe.probe.body import Received
from linkprobe.probe.failures import WORLDLY, failure_of
from linkprobe.probe.limits import LIMITS

NEVER_LEFT = frozenset(
    {
        FailureKind.DNS,
        FailureKind.REFUSED,
        FailureKind.TLS_CERTIFICATE,
        FailureKind.TLS_PROTOCOL,
        FailureKind.VANTAGE,
        FailureKind.FORBIDDEN_ADDRESS,
        FailureKind.BAD_REDIRECT,
    }
)
"""Failures in which no request has reached the platform."""


class Answer(NamedTuple):
    """Status and body, or the failure there was instead."""

    url: str
    status: int = 0
    body: bytes = b""
    content_type: str = ""
    seconds: float = 0.0
    failure: Failure | None = None

    @property
    def text(self) -> str:
        """The body as text."""
        return decode(self.body, self.content_type).text

    @property
    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return msgspec.json.decode(self.text)
        except (msgspec.DecodeError, RecursionError):
            return None


async def ask(network: Network, vantage: Vantage, call: HttpCall, *, once: bool = False) -> Answer:
    """Send `call`, which is filled already, and follow no redirect. With `once` it is under no circumstances sent
    again, also not by a connection that turns out dead."""
    try:
        request = _request(call, vantage, once=once)
    except WORLDLY as error:
        return Answer(call.url, failure=failure_of(error, call.url))
    return await answer_to(network, vantage, request)


async def post(network: Network, vantage: Vantage, url: str, content: bytes, content_type: str) -> Answer:
    """Send `content` once, and follow no redirect."""
    try:
        headers = {**_headers(vantage), "content-type": content_type}
        request = httpx.Request("POST", url, headers=headers, content=content, extensions={"once": True})
    except WORLDLY as error:
        return Answer(url, failure=failure_of(error, url))
    return await answer_to(network, vantage, request)


async def answer_to(network: Network, vantage: Vantage, request: httpx.Request) -> Answer:
    """What came of a request, in bounded time."""
    start = time.perf_counter()
    try:
        async with asyncio.timeout(LIMITS.hop_seconds):
            answer = await _exchange(network, vantage, request)
    except WORLDLY as error:
        url = str(request.url)
        return Answer(url, seconds=time.perf_counter() - start, failure=failure_of(error, url))
    return answer._replace(seconds=time.perf_counter() - start)


async def _exchange(network: Network, vantage: Vantage, request: httpx.Request) -> Answer:
    response = await network.transport(vantage, None).handle_async_request(request)
    try:
        received = Received(LIMITS.body)
        await received.read(response)
    finally:
        await response.aclose()
    body = received.decoded(response.headers.get("content-encoding", ""))
    if received.undecodable:
        raise received.undecodable
    return Answer(str(request.url), response.status_code, body, response.headers.get("content-type", ""))


def _request(call: HttpCall, vantage: Vantage, *, once: bool) -> httpx.Request:
    headers = httpx.Headers(_headers(vantage))
    headers.update(httpx.Headers(call.headers, encoding="utf-8"))
    return httpx.Request(
        call.method.upper(), call.url, headers=headers, json=call.json, data=call.form, extensions={"once": once}
    )


def _headers(vantage: Vantage) -> dict[str, str]:
    return {"user-agent": ORDINARY.user_agent, "accept": "*/*", "accept-encoding": ENCODINGS, **vantage.headers}
