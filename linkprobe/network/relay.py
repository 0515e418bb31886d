"""A SOCKS5 door on loopback for Chromium, which leads wherever a dial of ours leads: guarded, mapped, or on to a proxy
that wants an account. It keeps what Chromium would not say: why a connection did not come about."""

import asyncio
import socket

from linkprobe.model import FailureKind
from linkprobe.network.dial import Dial
from linkprobe.network.kinds import kind_of
from linkprobe.network.socks import SocksServer


class Relay:
    """Takes connections from the moment it is made; needs a running loop."""

    def __init__(self, dial: Dial) -> None:
        self._dial = dial
        door = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.url = f"socks5://127.0.0.1:{door.getsockname()[1]}"
        self._server = SocksServer(self._route)
        self._starting = asyncio.get_running_loop().create_task(self._server.serve(door))

    async def aclose(self) -> None:
        """Close the door and what goes through it."""
        await self._starting
        await self._server.aclose()

    async def _route(self, host: str, port: int) -> socket.socket | FailureKind:
        try:
            return await self._dial.dial(host, port)
        except Exception as error:  # a dial's failures are values here: the client gets a reply code
            return kind_of(error)
