"""A SOCKS5 proxy on loopback that asks a function where each name leads. No accounts, CONNECT only (RFC 1928)."""

import asyncio
import contextlib
import ipaddress
import socket
import struct
from collections import deque
from collections.abc import Awaitable, Callable
from typing import NamedTuple, Self, TypeAlias

from linkprobe.model import FailureKind

Destination: TypeAlias = tuple[str, int]
"""IP address and port to connect to."""
Route: TypeAlias = Callable[[str, int], Awaitable[Destination | socket.socket | FailureKind]]
"""Where a host and port lead, a socket already connected there, or why nowhere."""

KEPT = 10_000
"""Requests the journal remembers."""
_GREETED, _CHOSEN, _CONNECTING, _OPEN = range(4)
_IPV4, _NAME, _IPV6 = 1, 3, 4
_REPLIES = {FailureKind.DNS: 4, FailureKind.REFUSED: 5, FailureKind.FORBIDDEN_ADDRESS: 2, FailureKind.TIMEOUT: 6}
"""RFC 1928 §6; anything else is a general failure (1)."""


class Asked(NamedTuple):
    """One request to the proxy and what came of it."""

    host: str
    port: int
    destination: Destination | FailureKind


class SocksServer:
    """The proxy. `route` decides for every name, so nothing is looked up behind its back."""

    def __init__(self, route: Route) -> None:
        self.route = route
        self.journal: deque[Asked] = deque(maxlen=KEPT)
        self.connections: set[asyncio.Transport] = set()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """The proxy's URL, once it listens."""
        assert self._server is not None
        return f"socks5://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def listen(self, port: int = 0) -> None:
        """Start listening on loopback. Raises OSError where the port is taken."""
        await self.serve(socket.create_server(("127.0.0.1", port), backlog=256))

    async def serve(self, door: socket.socket) -> None:
        """Take connections from a listening socket of the caller's."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Client(self), sock=door, backlog=256)

    async def aclose(self) -> None:
        """Stop listening and cut what is still connected."""
        if self._server is not None:
            self._server.close()
        for transport in list(self.connections):
            transport.abort()
        await asyncio.sleep(0)
        if self._server is not None:
            await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


class _End(asyncio.Protocol):
    """One end of a relayed connection: what it receives goes to `other`, its end and its reset as well."""

    other: asyncio.Transport | None = None
    transport: asyncio.Transport

    def __init__(self, server: SocksServer) -> None:
        self.server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.connections.add(transport)

    def data_received(self, data: bytes) -> None:
        if self.other is not None:
            self.other.write(data)

    def eof_received(self) -> bool:
        if self.other is not None and not self.other.is_closing():
            with contextlib.suppress(OSError):
                self.other.write_eof()
        return self.other is not None

    def connection_lost(self, exc: Exception | None) -> None:
        self.server.connections.discard(self.transport)
        if self.other is None:
            return
        if isinstance(exc, ConnectionResetError):
            _reset(self.other)
        else:
            self.other.close()

    def pause_writing(self) -> None:
        if self.other is not None:
            self.other.pause_reading()

    def resume_writing(self) -> None:
        if self.other is not None:
            self.other.resume_reading()


class _Client(_End):
    """The end that speaks SOCKS until its destination is connected."""

    def __init__(self, server: SocksServer) -> None:
        super().__init__(server)
        self._state = _GREETED
        self._received = b""
        self._task: asyncio.Task[None] | None = None

    def data_received(self, data: bytes) -> None:
        if self._state == _OPEN:
            super().data_received(data)
            return
        self._received += data
        if self._state == _GREETED:
            self._greet()
        if self._state == _CHOSEN:
            self._request()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._task is not None:
            self._task.cancel()
        super().connection_lost(exc)

    def _greet(self) -> None:
        if len(self._received) < 2 or len(self._received) < 2 + self._received[1]:
            return
        if self._received[0] != 5:
            self.transport.abort()
            return
        self._received = self._received[2 + self._received[1] :]
        self.transport.write(b"\x05\x00")
        self._state = _CHOSEN

    def _request(self) -> None:
        asked = _read_request(self._received)
        if asked is None:
            return
        host, port, length = asked
        self._received = self._received[length:]
        self._state = _CONNECTING
        self._task = asyncio.get_running_loop().create_task(self._connect(host, port))

    async def _connect(self, host: str, port: int) -> None:
        route = await self.server.route(host, port) if host else FailureKind.PROTOCOL
        destination = route if isinstance(route, FailureKind) else await self._reach(route)
        self.server.journal.append(Asked(host, port, destination))
        if isinstance(destination, FailureKind):
            self.transport.write(_reply(_REPLIES.get(destination, 1)))
            self.transport.close()

    async def _reach(self, way: Destination | socket.socket) -> Destination | FailureKind:
        loop = asyncio.get_running_loop()
        try:
            if isinstance(way, socket.socket):
                host, port, *_ = way.getpeername()
                await loop.create_connection(lambda: _Far(self), sock=way)
                return host, port
            await loop.create_connection(lambda: _Far(self), *way)
        except ConnectionRefusedError:
            return FailureKind.REFUSED
        except OSError:
            return FailureKind.UNKNOWN
        return way

    def opened(self, far: asyncio.Transport) -> None:
        """Say so to the client before the first byte from `far` can come in, and pass on what it sent early."""
        self.other = far
        self._state = _OPEN
        self.transport.write(_reply(0))
        if self._received:
            far.write(self._received)


class _Far(_End):
    """The end at the destination."""

    def __init__(self, client: _Client) -> None:
        super().__init__(client.server)
        self._client = client

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.other = self._client.transport
        self._client.opened(self.transport)


def _read_request(data: bytes) -> tuple[str, int, int] | None:
    """Host, port and length of a complete request; an empty host for one that is not served."""
    if len(data) < 5:
        return None
    length = {_IPV4: 4, _NAME: data[4], _IPV6: 16}.get(data[3])
    if data[1] != 1 or length is None:
        return ("", 0, len(data))
    start = 5 if data[3] == _NAME else 4
    end = start + length
    if len(data) < end + 2:
        return None
    raw = data[start:end]
    host = raw.decode("ascii", "replace") if data[3] == _NAME else str(ipaddress.ip_address(raw))
    return host, int.from_bytes(data[end : end + 2], "big"), end + 2


def _reply(code: int) -> bytes:
    return bytes((5, code, 0, _IPV4)) + bytes(6)


def _reset(transport: asyncio.Transport) -> None:
    inner = transport.get_extra_info("socket")
    if inner is not None:
        with contextlib.suppress(OSError):
            inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
