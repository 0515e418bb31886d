"""An HTTP proxy on loopback for Chromium, in front of an HTTP proxy that a vantage or the inside of an app is.

Chromium asks an HTTP proxy for plain pages whole, as browsers do, and for a tunnel to secure ones; both are passed on,
guarded, and with the account that Chromium cannot be given. One connection carries one request, so that no second one
slips past the guard.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from typing import NamedTuple
from urllib.parse import urlsplit

from linkprobe.network.dial import Dial
from linkprobe.network.forward import Forward

LONGEST_HEAD = 256 * 1024
"""What Chromium takes of a response's headers; its requests are shorter."""
PART = 64 * 1024
HOP_BY_HOP = (b"connection", b"proxy-connection", b"keep-alive", b"proxy-authorization")
NO_WAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
THROUGH = b"HTTP/1.1 200 Connection established\r\n\r\n"
BROKEN = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
"""What a peer can do to an exchange; it ends it, and the dial has noted why a connection did not come about."""


class _Head(NamedTuple):
    """The first line of a message, and its header lines."""

    first: bytes
    lines: tuple[bytes, ...]

    @classmethod
    async def read(cls, reader: asyncio.StreamReader) -> "_Head":
        """The head of the next message. Raises what is in `BROKEN`."""
        first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].split(b"\r\n")
        return cls(first, tuple(lines))

    def for_one_request(self, *more: tuple[bytes, bytes]) -> bytes:
        """The head as it goes on: after this message the connection ends."""
        kept = [line for line in self.lines if _name(line) not in HOP_BY_HOP]
        added = [b"%b: %b" % header for header in (*more, (b"Connection", b"close"))]
        return b"\r\n".join((self.first, *kept, *added, b"", b""))

    @property
    def length(self) -> int:
        """The bytes of the body that follows a request's head."""
        found = (line.partition(b":")[2] for line in self.lines if _name(line) == b"content-length")
        return int(next(found, b"0"))


def _name(line: bytes) -> bytes:
    return line.partition(b":")[0].strip().lower()


class HttpRelay:
    """Takes connections from the moment it is made; needs a running loop."""

    def __init__(self, dial: Dial, forward: Forward) -> None:
        self._dial = dial
        self._forward = forward
        door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
        self._under_way: set[asyncio.Task[None]] = set()
        serving = asyncio.start_server(self._serve, sock=door, limit=LONGEST_HEAD)
        self._starting = asyncio.get_running_loop().create_task(serving)

    async def aclose(self) -> None:
        """Close the door and what goes through it."""
        server = await self._starting
        server.close()
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._under_way.add(task)
        try:
            with contextlib.suppress(*BROKEN):
                await self._answer(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()
            self._under_way.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await _Head.read(reader)
        method, target, _ = head.first.split(b" ", 2)
        if method == b"CONNECT":
            await self._tunnel(target, reader, writer)
        else:
            await self._pass_on(head, target, reader, writer)

    async def _tunnel(self, target: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        place = urlsplit(f"//{target.decode('ascii')}")
        host, port = place.hostname or "", place.port or 443
        try:
            wire = await self._dial.dial(host, port)
        except Exception:  # a dial's failures are noted where they happen: Chromium is but told that there is no way
            writer.write(NO_WAY)
            return
        writer.write(THROUGH)
        async with _opened(wire) as (far, to_far):
            await asyncio.gather(_pump(reader, to_far), _pump(far, writer))

    async def _pass_on(
        self, head: _Head, target: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        place = urlsplit(target.decode("ascii"))
        host, port = place.hostname or "", place.port or 80
        if place.scheme != "http":
            return
        try:
            wire = await self._forward.dial.dial(host, port)
        except Exception:  # as above; Chromium finds that nothing was answered
            return
        async with _opened(wire) as (far, to_far):
            to_far.write(head.for_one_request(*self._forward.headers))
            sending = asyncio.ensure_future(_send_body(reader, to_far, head.length))
            returning = asyncio.ensure_future(_return(far, writer))
            try:
                await asyncio.wait((sending, returning), return_when=asyncio.FIRST_COMPLETED)
            finally:
                sending.cancel()
                returning.cancel()
                await asyncio.gather(sending, returning, return_exceptions=True)


@contextlib.asynccontextmanager
async def _opened(wire: socket.socket) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    far, to_far = await asyncio.open_connection(sock=wire, limit=LONGEST_HEAD)
    try:
        yield far, to_far
    finally:
        to_far.close()


async def _send_body(reader: asyncio.StreamReader, to_far: asyncio.StreamWriter, length: int) -> None:
    """Send a request's body, and then wait until Chromium has gone: what it says further is for nobody."""
    while length and (part := await reader.read(min(length, PART))):
        to_far.write(part)
        await to_far.drain()
        length -= len(part)
    while await reader.read(PART):
        pass


async def _return(far: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass the response on, with word that the connection ends behind it; a reset as a reset."""
    try:
        while (head := await _Head.read(far)).first.partition(b" ")[2].startswith(b"1"):
            writer.write(b"\r\n".join((head.first, *head.lines, b"", b"")))
        writer.write(head.for_one_request())
        await _pump(far, writer)
    except ConnectionResetError:
        _reset(writer)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what comes, and how it ends."""
    try:
        while part := await reader.read(PART):
            writer.write(part)
            await writer.drain()
        writer.write_eof()
    except ConnectionResetError:
        _reset(writer)


def _reset(writer: asyncio.StreamWriter) -> None:
    inner = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
