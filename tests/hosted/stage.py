"""Doubles on loopback, under the services' own host names, with certificates that a test CA signs."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from linkprobe.lab.authority import Authority
from linkprobe.network import Entry, Mapped
from tests.hosted.double import Double
from tests.loopback import App, website


@asynccontextmanager
async def stage(folder: Path, *doubles: Double, sites: Mapping[str, App] | None = None) -> AsyncIterator[Mapped]:
    """A network in which there is nothing but the doubles' hosts, and `sites` beside them by host."""
    apps: dict[str, App] = {host: double.app for double in doubles for host in double.hosts}
    apps |= sites or {}
    authority = Authority(frozenset(apps))
    authority.write(folder / "ca.pem")
    async with website(_by_host(apps), authority.context) as port:
        entries = tuple(Entry(host, 443, "127.0.0.1", port) for host in apps)
        network = Mapped(entries, ca=folder / "ca.pem")
        try:
            yield network
        finally:
            await network.aclose()


def _by_host(apps: Mapping[str, App]) -> App:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        host = dict(scope["headers"]).get(b"host", b"").decode().partition(":")[0]
        await apps[host](scope, await _read(receive), send)

    return app


async def _read(receive: Any) -> Any:
    """The request's body, read whole: hypercorn loses its connection where an answer comes before the body's end."""
    body, more = b"", True
    while more:
        event = await receive()
        body, more = body + event.get("body", b""), event.get("more_body", False)

    async def again() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return again
