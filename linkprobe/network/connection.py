"""One HTTP connection to one origin, and the few that are kept for later."""

import ssl
import time
from contextlib import suppress
from typing import NamedTuple

import httpcore

from linkprobe.network.stream import Backend

IDLE_SECONDS = 15.0
"""How long an unused connection is kept: shorter than the idle limits of common servers (nginx: 75 s)."""

MOST_IDLE = 64


class Origin(NamedTuple):
    """Scheme, host and port: what a connection is good for."""

    scheme: bytes
    host: bytes
    port: int | None


class _Noting(httpcore.AsyncNetworkBackend):
    """One connection's view of the backend: keeps the stream and the address at its far end."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.stream: httpcore.AsyncNetworkStream | None = None
        self.address: str | None = None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        *_: object,
        **__: object,
    ) -> httpcore.AsyncNetworkStream:
        self.stream = stream = await self._backend.connect_tcp(host, port, timeout)
        if self._backend.direct and (far_end := stream.get_extra_info("server_addr")):
            address, far_port = far_end[:2]
            self.address = f"[{address}]:{far_port}" if ":" in address else f"{address}:{far_port}"
        return stream


class Connection:
    """An HTTP/2 or HTTP/1.1 connection, opened by its first request."""

    def __init__(self, origin: Origin, context: ssl.SSLContext, backend: Backend) -> None:
        self.origin = origin
        self.idle_since = 0.0
        self._noted = _Noting(backend)
        url = httpcore.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=b"/")
        self.http = httpcore.AsyncHTTPConnection(url.origin, context, http2=True, network_backend=self._noted)

    @property
    def address(self) -> str | None:
        """IP address and port of the server, where the connection is a direct one."""
        return self._noted.address

    async def close(self) -> None:
        """Close it whatever state it is in, also half-open."""
        with suppress(Exception):
            await self.http.aclose()
        if self._noted.stream:
            with suppress(Exception):
                await self._noted.stream.aclose()


class Kept:
    """Idle connections, least recently used first."""

    def __init__(self) -> None:
        self._connections: list[Connection] = []

    def take(self, origin: Origin) -> Connection | None:
        """The connection to `origin` that was used last, unless it has been idle for too long."""
        youngest = next((known for known in reversed(self._connections) if known.origin == origin), None)
        if youngest is None or _is_stale(youngest):
            return None
        self._connections.remove(youngest)
        return youngest

    async def give(self, connection: Connection) -> None:
        """Keep `connection` if it can serve again, and let go of the oldest."""
        if not connection.http.is_idle():
            await connection.close()
            return
        connection.idle_since = time.monotonic()
        self._connections.append(connection)
        while len(self._connections) > MOST_IDLE or _is_stale(self._connections[0]):
            await self._connections.pop(0).close()

    async def aclose(self) -> None:
        """Close all."""
        while self._connections:
            await self._connections.pop().close()


def _is_stale(connection: Connection) -> bool:
    return time.monotonic() - connection.idle_since > IDLE_SECONDS
