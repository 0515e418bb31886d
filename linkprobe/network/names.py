"""From host and port to addresses: by the system and its guard, or by a table that stands below TLS."""

import asyncio
import socket
from typing import NamedTuple, Protocol

from linkprobe.model import FailureKind
from linkprobe.network.entry import Entry
from linkprobe.network.failure import Unreachable
from linkprobe.network.guard import is_public, literal


class Place(NamedTuple):
    """An IP address and a port to connect to."""

    address: str
    port: int


class Names(Protocol):
    """Turns a host and port into places. Raises `Unreachable` (dns, forbidden-address)."""

    async def places(self, host: str, port: int) -> tuple[Place, ...]:
        """At least one place to connect to, best first."""
        ...


class SystemNames:
    """The system's resolver. Unless `allow_private`, only public addresses come back, checked before they are used:
    the caller connects to what was checked, so a second answer of the name server changes nothing."""

    def __init__(self, *, allow_private: bool) -> None:
        self._allow_private = allow_private

    async def places(self, host: str, port: int) -> tuple[Place, ...]:
        """The addresses of `host` in the system's order of preference."""
        found = await _look_up(literal(host) or host, port)
        allowed = tuple(place for place in found if self._allow_private or is_public(place.address))
        if not allowed:
            raise Unreachable(FailureKind.FORBIDDEN_ADDRESS, f"{host} is {found[0].address}, not a public address")
        return allowed


class TableNames:
    """The entries' map; what they do not name goes to `beyond`, or does not exist."""

    def __init__(self, entries: tuple[Entry, ...], beyond: Names | None = None) -> None:
        self._exact = {(entry.host, entry.port): entry for entry in reversed(entries) if entry.host and entry.port}
        self._loose = tuple(entry for entry in entries if not (entry.host and entry.port))
        self._beyond = beyond

    def entry(self, host: str, port: int) -> Entry | None:
        """The entry that speaks for `host` and `port`: an exact one first, then the first that fits."""
        key = (host.lower().strip("[]"), port)
        return self._exact.get(key) or next((entry for entry in self._loose if entry.fits(*key)), None)

    async def places(self, host: str, port: int) -> tuple[Place, ...]:
        """Where the map leads, unguarded: who writes a map may point it anywhere."""
        entry = self.entry(host, port)
        if entry is None and self._beyond is not None:
            return await self._beyond.places(host, port)
        if entry is None or entry.nowhere:
            raise Unreachable(FailureKind.DNS, f"no such name here: {host}:{port}")
        to_host, to_port = entry.to_host or host, entry.to_port or port
        if address := literal(to_host):
            return (Place(address, to_port),)
        return await _look_up(to_host, to_port)


async def _look_up(host: str, port: int) -> tuple[Place, ...]:
    try:
        answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:  # UnicodeError: a label that is empty or too long for the DNS
        raise Unreachable(FailureKind.DNS, f"{host}: {error}") from error
    return tuple(dict.fromkeys(Place(str(answer[4][0]), port) for answer in answers))
