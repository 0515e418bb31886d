"""Real servers on loopback for the tests of network and probes: HTTP/2 over TLS, raw TCP, faults."""

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
App: TypeAlias = Callable[..., Awaitable[None]]
Reply: TypeAlias = tuple[int, list[tuple[str, str]], bytes]

CA = trustme.CA()


def context_for(*hosts: str, alpn: tuple[str, ...] = ("h2", "http/1.1")) -> ssl.SSLContext:
    """A server's TLS context with a certificate for `hosts`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    CA.issue_cert(*hosts).configure_cert(context)
    context.set_alpn_protocols(list(alpn))
    return context


def ca_file(folder: Path) -> Path:
    """The test CA's certificate as a file."""
    path = folder / "ca.pem"
    CA.cert_pem.write_to_path(str(path))
    return path


class _Secured(Config):
    def __init__(self, context: ssl.SSLContext | None) -> None:
        super().__init__()
        self._context = context

    @property
    def ssl_enabled(self) -> bool:
        return self._context is not None

    def create_ssl_context(self) -> ssl.SSLContext | None:
        return self._context


@contextlib.asynccontextmanager
async def website(app: App, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve an ASGI app over HTTP/2 and HTTP/1.1; the port."""
    door = socket.create_server(("127.0.0.1", 0))
    config = _Secured(context)
    config.bind = [f"fd://{door.detach()}"]
    config.errorlog = config.accesslog = None
    port = socket.socket(fileno=int(config.bind[0][5:]))
    number: int = port.getsockname()[1]
    port.detach()
    stop = asyncio.Event()
    task = asyncio.create_task(serve(app, config, shutdown_trigger=stop.wait))
    try:
        yield number
    finally:
        stop.set()
        await task


@contextlib.asynccontextmanager
async def raw(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve `talk` to each TCP or TLS connection; the port."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await server.wait_closed()


def answering(reply: Callable[[dict[str, Any]], Reply]) -> App:
    """An ASGI app that answers each request by a plain function of its scope."""

    async def app(scope: dict[str, Any], receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Any]) -> None:
        if scope["type"] != "http":
            return
        status, headers, body = reply(scope)
        raw_headers = [(name.encode(), value.encode("latin-1")) for name, value in headers]
        await send({"type": "http.response.start", "status": status, "headers": raw_headers})
        await send({"type": "http.response.body", "body": body})

    return app


def reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with an RST."""
    inner = writer.get_extra_info("socket")
    inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def closed_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number
