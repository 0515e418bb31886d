"""A byte stream over a connected socket for httpcore, on asyncio's own transports and TLS."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore

from linkprobe.network.dial import Dial

MOST_UNREAD = 256 * 1024
"""Bytes received and not asked for above which the peer is made to wait."""


class _Wire(asyncio.Protocol):
    """What has come in and not been read yet, and how the connection ended."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.unread = bytearray()
        self.ended = False
        self.error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._blocked = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.unread += data
        if len(self.unread) > MOST_UNREAD and self.transport:
            self.transport.pause_reading()
        self._wake_reader()

    def eof_received(self) -> bool:
        self.ended = True
        self._wake_reader()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended = True
        self.error = exc
        self._wake_reader()
        self.resume_writing()

    def pause_writing(self) -> None:
        self._blocked = True

    def resume_writing(self) -> None:
        self._blocked = False
        if self._writer and not self._writer.done():
            self._writer.set_result(None)

    async def something(self) -> None:
        """Wait for bytes or the end."""
        while not (self.unread or self.ended):
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader

    async def room(self) -> None:
        """Wait until the peer takes more."""
        while self._blocked and not self.ended:
            self._writer = asyncio.get_running_loop().create_future()
            await self._writer

    def take(self, most: int) -> bytes:
        """Up to `most` of the unread bytes."""
        data = bytes(self.unread[:most])
        del self.unread[:most]
        if self.transport and not self.unread and not self.transport.is_reading() and not self.transport.is_closing():
            self.transport.resume_reading()
        return data

    def _wake_reader(self) -> None:
        if self._reader and not self._reader.done():
            self._reader.set_result(None)


class Stream(httpcore.AsyncNetworkStream):
    """The stream. A reset and an orderly end stay apart: the one raises, the other reads as no bytes."""

    def __init__(self, wire: _Wire, transport: asyncio.Transport) -> None:
        self._wire = wire
        self._transport = transport

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """The next bytes, empty at the end."""
        if not self._wire.unread:
            async with _limit(timeout, httpcore.ReadTimeout):
                await self._wire.something()
        if not self._wire.unread and self._wire.error:
            raise httpcore.ReadError(str(self._wire.error)) from self._wire.error
        return self._wire.take(max_bytes)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send all of `buffer`."""
        if not buffer:
            return
        if self._transport.is_closing():
            raise httpcore.WriteError("the connection is closed") from self._wire.error
        self._transport.write(buffer)
        async with _limit(timeout, httpcore.WriteTimeout):
            await self._wire.room()

    async def aclose(self) -> None:
        """Close at once: nothing that is still under way is of interest."""
        self._transport.abort()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> httpcore.AsyncNetworkStream:
        """The same stream under TLS. Raises `httpcore.ConnectError` from the ssl or socket error."""
        loop = asyncio.get_running_loop()
        try:
            async with _limit(timeout, httpcore.ConnectTimeout):
                upgraded = await loop.start_tls(
                    self._transport, self._wire, ssl_context, server_hostname=server_hostname
                )
        except (OSError, ssl.CertificateError) as error:
            await self.aclose()
            raise httpcore.ConnectError(str(error)) from _orderly(error)
        except BaseException:
            await self.aclose()
            raise
        if upgraded is None:
            raise httpcore.ConnectError("the connection ended during the handshake") from ssl.SSLEOFError()
        self._wire.transport = upgraded
        return Stream(self._wire, upgraded)

    def get_extra_info(self, info: str) -> Any:
        """`ssl_object`, `server_addr`, `client_addr` or `socket`."""
        names = {"server_addr": "peername", "client_addr": "sockname"}
        return self._transport.get_extra_info(names.get(info, info))


class Backend(httpcore.AsyncNetworkBackend):
    """Connects by `dial`. Time limits are the caller's, unless httpcore asks for its own."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        self.direct = dial.direct

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """A stream to `host`. Raises `httpcore.ConnectError`, perhaps as `Unreachable`."""
        try:
            async with _limit(timeout, httpcore.ConnectTimeout):
                opened = await self._dial.dial(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        return await _stream(opened)

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Never: a shared link has no business with a socket of this machine."""
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        """Part of the interface; nothing here waits between retries."""
        await asyncio.sleep(seconds)


async def _stream(opened: socket.socket) -> Stream:
    wire = _Wire()
    try:
        transport, _ = await asyncio.get_running_loop().create_connection(lambda: wire, sock=opened)
    except BaseException:
        opened.close()
        raise
    return Stream(wire, transport)


def _orderly(error: Exception) -> Exception:
    """asyncio reports a FIN in the handshake as a reset, but one that no system call has returned."""
    unreal = isinstance(error, ConnectionResetError) and error.errno is None
    return ssl.SSLEOFError(str(error)) if unreal else error


@contextlib.asynccontextmanager
async def _limit(seconds: float | None, late: type[Exception]) -> AsyncIterator[None]:
    if seconds is None:
        yield
        return
    limit = asyncio.timeout(seconds)
    try:
        async with limit:
            yield
    except TimeoutError as error:
        if limit.expired():
            raise late(f"no answer within {seconds:g} s") from error
        raise
