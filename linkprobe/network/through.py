"""TCP connections through a proxy (SOCKS5 by RFC 1928/1929, or HTTP CONNECT) that resolves the names itself.

What the proxy says about the destination is told apart from a proxy that is itself broken: that is `vantage`.
"""

import asyncio
import base64
import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from linkprobe.model import FailureKind
from linkprobe.network.dial import Straight
from linkprobe.network.failure import NetworkError, Unreachable
from linkprobe.network.guard import is_forbidden_by_name, literal
from linkprobe.network.kinds import kind_of
from linkprobe.network.names import SystemNames

REPLIES: dict[int, tuple[FailureKind, str]] = {
    4: (FailureKind.DNS, "host unreachable"),
    5: (FailureKind.REFUSED, "connection refused"),
    6: (FailureKind.TIMEOUT, "TTL expired"),
}
"""SOCKS5 replies that speak of the destination. 4 is what proxies answer for a name they cannot resolve."""

REFUSALS: dict[int, tuple[FailureKind, str]] = {
    3: (FailureKind.REFUSED, "leads elsewhere, where no browser follows"),
    403: (FailureKind.REFUSED, "refuses this host"),
    451: (FailureKind.REFUSED, "refuses this host for legal reasons"),
    502: (FailureKind.REFUSED, "cannot reach this host"),
    504: (FailureKind.TIMEOUT, "waits for this host in vain"),
}
"""Answers to CONNECT that speak of the destination, by status or its first digit (RFC 9110 §15.4, §15.5.4, §15.6.3,
§15.6.5; RFC 7725)."""

LONGEST_HEAD = 16 * 1024
PORTS = {"socks5": 1080, "socks5h": 1080, "http": 8080}


class Proxy(NamedTuple):
    """A proxy's address and account, read from its URL. Its `repr` and errors never show the account."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"

    @property
    def authorization(self) -> str:
        """The account as HTTP shows it to a proxy; empty for none."""
        account = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return f"Basic {account}" if self.user else ""


def read_proxy(url: str) -> Proxy:
    """Read a proxy's URL. Raises `NetworkError` for anything but socks5, socks5h and http with a host."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NetworkError(f"proxy: {error}") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise NetworkError("proxy: expected socks5://HOST:PORT or http://HOST:PORT, perhaps with USER:PASSWORD@")
    return Proxy(
        parts.scheme,
        parts.hostname,
        port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


class Through:
    """Connects through `proxy`. `guarded` keeps literal private addresses and local names from being asked for;
    what public names resolve to behind the proxy is the proxy's affair.

    With `measured` the proxy is the inside of an app, and what it refuses is what the app does to a link. Without, it
    only carries the probe to its vantage: what it refuses says nothing of the link, and is the vantage's failure.
    """

    direct = False

    def __init__(self, proxy: Proxy, *, guarded: bool, measured: bool = False) -> None:
        self._proxy = proxy
        self._way = Straight(SystemNames(allow_private=True))
        self._guarded = guarded
        self._measured = measured

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connection to `host` as the proxy sees it. Raises `Unreachable`."""
        wire = await self.reach(host)
        try:
            if self._proxy.scheme == "http":
                await self._connect(wire, host, port)
            else:
                await _socks(wire, self._proxy, host, port)
        except OSError as error:
            wire.close()
            raise self._broken(error) from error
        except BaseException:
            wire.close()
            raise
        return wire

    async def reach(self, host: str) -> socket.socket:
        """A connection to the proxy itself, on which `host` may be asked for. Raises `Unreachable`."""
        if self._guarded and is_forbidden_by_name(host):
            raise Unreachable(FailureKind.FORBIDDEN_ADDRESS, f"{host} is not a public address")
        try:
            return await self._way.dial(self._proxy.host, self._proxy.port)
        except (OSError, Unreachable) as error:
            raise self._broken(error) from error

    async def _connect(self, wire: socket.socket, host: str, port: int) -> None:
        try:
            status = await _ask_connect(wire, self._proxy, host, port)
        except ConnectionResetError as error:
            if self._measured and error.errno is not None:  # a reset on the wire, and not merely its end
                raise Unreachable(FailureKind.RESET, f"proxy {self._proxy!r} resets at {host}:{port}") from error
            raise
        if 200 <= status < 300:
            return
        kind, what = REFUSALS.get(status) or REFUSALS.get(status // 100) or (FailureKind.VANTAGE, "gives no reason")
        if self._measured and kind is not FailureKind.VANTAGE:
            raise Unreachable(kind, f"proxy {self._proxy!r} answers {status} to CONNECT {host}:{port}: it {what}")
        raise _vantage(self._proxy, f"answers {status} to CONNECT")

    def _broken(self, error: Exception) -> Unreachable:
        return Unreachable(FailureKind.VANTAGE, f"proxy {self._proxy!r}: {kind_of(error).value}")


class ToProxy:
    """Connects to an HTTP proxy for requests that go to it whole; the guard is that of `through`."""

    direct = False

    def __init__(self, through: Through) -> None:
        self._through = through

    async def dial(self, host: str, port: int) -> socket.socket:  # noqa: ARG002 - the request itself names the port
        """A connection to the proxy, on which `host` may be asked for. Raises `Unreachable`."""
        return await self._through.reach(host)


async def _socks(wire: socket.socket, proxy: Proxy, host: str, port: int) -> None:
    await _greet(wire, proxy)
    await _send(wire, b"\x05\x01\x00" + socks_address(host) + port.to_bytes(2))
    version, reply, _, kind = await _exactly(wire, 4)
    if version != 5:
        raise _vantage(proxy, "does not speak SOCKS5")
    length = {1: 4, 4: 16}.get(kind) or (await _exactly(wire, 1))[0]
    await _exactly(wire, length + 2)
    if reply:
        failure, wording = REPLIES.get(reply, (FailureKind.VANTAGE, f"reply {reply}"))
        raise Unreachable(failure, f"proxy {proxy!r} on {host}:{port}: {wording}")


async def _greet(wire: socket.socket, proxy: Proxy) -> None:
    method = 2 if proxy.user else 0
    await _send(wire, bytes((5, 1, method)))
    if await _exactly(wire, 2) != bytes((5, method)):
        raise _vantage(proxy, "does not take this account" if method else "wants an account, or is no SOCKS5 proxy")
    if method:
        user, password = proxy.user.encode(), proxy.password.encode()
        await _send(wire, b"\x01" + bytes((len(user),)) + user + bytes((len(password),)) + password)
        if (await _exactly(wire, 2))[1]:
            raise _vantage(proxy, "does not take this account")


def socks_address(host: str) -> bytes:
    """`host` as a SOCKS5 address: its type and bytes."""
    if address := literal(host):
        packed = ipaddress.ip_address(address).packed
        return (b"\x04" if len(packed) == 16 else b"\x01") + packed
    name = host.encode("idna") if not host.isascii() else host.encode()
    if len(name) > 255:
        raise Unreachable(FailureKind.DNS, "a name longer than 255 bytes")
    return b"\x03" + bytes((len(name),)) + name


async def _ask_connect(wire: socket.socket, proxy: Proxy, host: str, port: int) -> int:
    """The status that the proxy answers to CONNECT."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    allow = f"Proxy-Authorization: {proxy.authorization}\r\n" if proxy.user else ""
    await _send(wire, f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n{allow}\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        if len(head) > LONGEST_HEAD:
            raise _vantage(proxy, "answers without end")
        head += await _exactly(wire, 1)
    protocol, _, rest = head.split(b"\r\n", 1)[0].partition(b" ")
    if not protocol.startswith(b"HTTP/") or not rest[:3].isdigit():
        raise _vantage(proxy, "answers nothing that is HTTP to CONNECT")
    return int(rest[:3])


async def _send(wire: socket.socket, data: bytes) -> None:
    await asyncio.get_running_loop().sock_sendall(wire, data)


async def _exactly(wire: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        more = await asyncio.get_running_loop().sock_recv(wire, length - len(data))
        if not more:
            raise ConnectionResetError("the proxy hung up")
        data += more
    return data


def _vantage(proxy: Proxy, what: str) -> Unreachable:
    return Unreachable(FailureKind.VANTAGE, f"proxy {proxy!r} {what}")
