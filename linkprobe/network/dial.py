"""TCP connections below TLS, as plain sockets: straight to the places a name stands for."""

import asyncio
import socket
from typing import Protocol

from linkprobe.network.journal import Journal
from linkprobe.network.kinds import kind_of
from linkprobe.network.names import Names, Place

FIRST_TRY = 4.0
"""Seconds an address gets while others are left: long for a handshake, short for a network without IPv6."""


LONGEST = 20.0
"""Seconds after which a connection counts as timed out: three SYN retries (1 + 2 + 4 s) and then some."""


class Dial(Protocol):
    """Opens a connection to a host and port. Raises OSError, or `Unreachable` where the cause is known better."""

    direct: bool
    """Whether the socket's far end is the server itself, so that its address is the server's."""

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connected, non-blocking socket."""
        ...


class Straight:
    """Connects to what `names` makes of host and port."""

    direct = True

    def __init__(self, names: Names) -> None:
        self._names = names

    async def dial(self, host: str, port: int) -> socket.socket:
        """A connection to the first place that takes one."""
        *first, last = await self._names.places(host, port)
        for place in first:
            try:
                async with asyncio.timeout(FIRST_TRY):
                    return await connect(place)
            except OSError:
                continue
        return await connect(last)


class Noted:
    """Another dial, with a time limit, and its failures noted in a journal."""

    def __init__(self, dial: Dial, journal: Journal) -> None:
        self._dial = dial
        self._journal = journal
        self.direct = dial.direct

    async def dial(self, host: str, port: int) -> socket.socket:
        """What the other dial makes of it."""
        try:
            async with asyncio.timeout(LONGEST):
                opened = await self._dial.dial(host, port)
        except Exception as error:
            self._journal.failed(host, port, kind_of(error))
            raise
        self._journal.reached(host, port)
        return opened


async def connect(place: Place) -> socket.socket:
    """A connected, non-blocking socket. Raises OSError."""
    opened = socket.socket(socket.AF_INET6 if ":" in place.address else socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.setblocking(False)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().sock_connect(opened, place)
    except BaseException:
        opened.close()
        raise
    return opened
