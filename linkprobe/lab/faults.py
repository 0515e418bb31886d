"""Endpoints that fail: a port that refuses, a server that resets, a server that never answers."""

import asyncio
import socket
import struct


def reset(transport: asyncio.BaseTransport) -> None:
    """Close the connection with a TCP RST instead of a FIN."""
    inner = transport.get_extra_info("socket")
    try:
        if inner is not None:
            inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError:
        return
    if isinstance(transport, asyncio.Transport):
        transport.abort()


class Resetting(asyncio.Protocol):
    """Resets the connection once the client has spoken, so that the reset strikes inside the handshake."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport for the reset."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:  # noqa: ARG002
        """Answer the first bytes with an RST."""
        reset(self._transport)


class Silent(asyncio.Protocol):
    """Accepts and never says a word."""


def refusing() -> socket.socket:
    """A bound socket that does not listen: its port stays ours and refuses every connection."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.bind(("127.0.0.1", 0))
    return bound
