"""The one value that differs between the lab and the world: how names become connections, and whom TLS trusts."""

import os
import shutil
import ssl
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import httpx

from linkprobe.model import FailureKind, Vantage
from linkprobe.network.dial import Dial, Noted
from linkprobe.network.forward import Forward
from linkprobe.network.http_relay import HttpRelay
from linkprobe.network.journal import Journal
from linkprobe.network.relay import Relay
from linkprobe.network.stream import Backend
from linkprobe.network.through import Through, ToProxy, read_proxy
from linkprobe.network.transport import Transport
from linkprobe.network.trust import nss_home, trust

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
)
"""QUIC and WebRTC would go past the map and the guard, which see TCP only."""


class BrowserLaunch(NamedTuple):
    """Arguments and environment Chromium is started with."""

    args: tuple[str, ...]
    env: dict[str, str]


class Network(Protocol):
    """What the executors ask of a network. Everything but `aclose` needs a running loop and returns at once."""

    def transport(self, vantage: Vantage, inside: str | None) -> httpx.AsyncBaseTransport:
        """The shared transport of a vantage, or of the inside of an app (a proxy's URL) at it. Never close it."""
        ...

    def browser_launch(self) -> BrowserLaunch:
        """How to start Chromium so that it lives in this network. Raises `NetworkError`, `TrustMissing`."""
        ...

    def context_options(self, vantage: Vantage, inside: str | None) -> dict[str, Any]:
        """What `new_context` of Playwright needs for this vantage or inside: its proxy, or nothing."""
        ...

    def inside(self, platform_id: str, surface_id: str) -> str | None:
        """The proxy that stands inside an app, or None: there is no vantage inside it."""
        ...

    def why_failed(self, host: str, port: int) -> FailureKind | None:
        """Why the last connection to `host` and `port` did not come about, where this network knows."""
        ...

    async def aclose(self) -> None:
        """Close every connection and remove what was written for Chromium."""
        ...


class Common:
    """What all networks share: one TLS context, one transport and one relay for each vantage and inside."""

    def __init__(self, *, ca: Path | None, public: bool, insides: dict[str, str]) -> None:
        self._ca = ca
        self._context: ssl.SSLContext = trust(ca, public=public)
        for url in insides.values():
            read_proxy(url)
        self._insides = insides
        self._journal = Journal()
        self._transports: dict[tuple[str, str], Transport] = {}
        self._relays: dict[tuple[str, str], Relay | HttpRelay] = {}
        self._home: Path | None = None

    def transport(self, vantage: Vantage, inside: str | None) -> httpx.AsyncBaseTransport:
        """The shared transport of a vantage or of the inside of an app at it."""
        key = (vantage.id, inside or vantage.proxy)
        if key not in self._transports:
            way = Backend(self._noted(vantage, inside))
            self._transports[key] = Transport(way, self._context, self._forward(vantage, inside))
        return self._transports[key]

    def context_options(self, vantage: Vantage, inside: str | None) -> dict[str, Any]:
        """A proxy on loopback, unless Chromium can go by its own resolver rules."""
        if not self._is_relayed(vantage, inside):
            return {}
        key = (vantage.id, inside or vantage.proxy)
        if key not in self._relays:
            forward = self._forward(vantage, inside)
            way = self._noted(vantage, inside)
            self._relays[key] = HttpRelay(way, forward) if forward else Relay(way)
        return {"proxy": {"server": self._relays[key].url, "bypass": "<-loopback>"}}

    def browser_launch(self) -> BrowserLaunch:
        """Flags, resolver rules, and a home folder in which the CA is trusted."""
        root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        rules = self._resolver_rules()
        mapped = (f"--host-resolver-rules={','.join(rules)}",) if rules else ()
        if self._ca and self._home is None:
            self._home = nss_home(self._ca)
        home = {"HOME": str(self._home)} if self._home else {}
        return BrowserLaunch((*root, *FLAGS, *mapped), {**os.environ, **home})

    def inside(self, platform_id: str, surface_id: str) -> str | None:
        """The proxy inside that surface of the app, or inside the app."""
        return self._insides.get(f"{platform_id}/{surface_id}") or self._insides.get(platform_id)

    def why_failed(self, host: str, port: int) -> FailureKind | None:
        """What the journal says of the last connection to `host` and `port`."""
        return self._journal.why(host, port)

    async def aclose(self) -> None:
        """Close every connection and remove Chromium's home folder."""
        for transport in self._transports.values():
            await transport.aclose()
        for relay in self._relays.values():
            await relay.aclose()
        self._transports.clear()
        self._relays.clear()
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)
            self._home = None

    def _noted(self, vantage: Vantage, inside: str | None) -> Noted:
        upstream = inside or vantage.proxy
        dial = self._through(upstream, measured=bool(inside)) if upstream else self._straight(vantage)
        return Noted(dial, self._journal)

    def _through(self, upstream: str, *, measured: bool) -> Through:
        return Through(read_proxy(upstream), guarded=self._is_guarded(), measured=measured)

    def _forward(self, vantage: Vantage, inside: str | None) -> Forward | None:
        upstream = inside or vantage.proxy
        proxy = read_proxy(upstream) if upstream else None
        if proxy is None or proxy.scheme != "http":
            return None
        through = self._through(upstream, measured=bool(inside))
        return Forward(Noted(ToProxy(through), self._journal), proxy.authorization)

    def _is_guarded(self) -> bool:
        return False

    def _straight(self, vantage: Vantage) -> Dial:
        raise NotImplementedError

    def _is_relayed(self, vantage: Vantage, inside: str | None) -> bool:
        raise NotImplementedError

    def _resolver_rules(self) -> tuple[str, ...]:
        raise NotImplementedError
