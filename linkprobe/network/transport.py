"""HTTP over connections that serve one request at a time and one origin for good.

httpcore's own pool shares an HTTP/2 connection between concurrent requests. A probe that stops reading in the middle
or is reset would then starve or kill its neighbours; here it costs only its own connection.
"""

import logging
import ssl
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import suppress
from typing import cast

import httpcore
import httpx

from linkprobe.network.connection import Connection, Kept, Origin
from linkprobe.network.forward import Forward, absolute_form
from linkprobe.network.stream import Backend

CONNECTION_ENDED = (httpcore.NetworkError, httpcore.RemoteProtocolError, httpcore.ConnectionNotAvailable)
"""What a request meets on a kept connection that the server has closed meanwhile."""

SAME_IN_HTTPX: dict[type[Exception], type[httpx.TransportError]] = {
    httpcore.ConnectTimeout: httpx.ConnectTimeout,
    httpcore.ReadTimeout: httpx.ReadTimeout,
    httpcore.WriteTimeout: httpx.WriteTimeout,
    httpcore.PoolTimeout: httpx.PoolTimeout,
    httpcore.TimeoutException: httpx.TimeoutException,
    httpcore.ConnectError: httpx.ConnectError,
    httpcore.ReadError: httpx.ReadError,
    httpcore.WriteError: httpx.WriteError,
    httpcore.NetworkError: httpx.NetworkError,
    httpcore.ConnectionNotAvailable: httpx.ReadError,
    httpcore.ProxyError: httpx.ProxyError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
    httpcore.LocalProtocolError: httpx.LocalProtocolError,
    httpcore.RemoteProtocolError: httpx.RemoteProtocolError,
    httpcore.ProtocolError: httpx.ProtocolError,
}


for _library in ("hpack", "httpcore"):
    # Their debug lines hold every header that is sent, accounts included; a run with all logs on must not tell them.
    logging.getLogger(_library).setLevel(logging.WARNING)


class Transport(httpx.AsyncBaseTransport):
    """HTTP/2 and HTTP/1.1 through `backend`. A GET may take a kept connection, and is asked again on a new one if the
    kept one turns out dead; anything else, and what carries the `once` extension, gets a new one and is sent once.
    Plain requests go to an HTTP proxy whole where there is one to `forward` them."""

    def __init__(self, backend: Backend, context: ssl.SSLContext, forward: Forward | None = None) -> None:
        self._backend = backend
        self._context = context
        self._forward = forward
        self._kept = Kept()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send `request`. Raises httpx's transport errors; the response's `address` extension says who answered."""
        url = request.url
        if url.scheme not in ("http", "https") or not url.host:
            raise httpx.UnsupportedProtocol(f"neither http nor https: {str(url)[:200]!r}")
        origin = Origin(url.raw_scheme, url.raw_host, url.port)
        try:
            return await self._send(origin, self._asked(origin, request))
        except OSError:
            raise
        except Exception as error:
            raise _in_httpx_words(error) from error

    async def aclose(self) -> None:
        """Close the connections that are kept."""
        await self._kept.aclose()

    def _asked(self, origin: Origin, request: httpx.Request) -> httpcore.Request:
        forward = self._forwarded(origin)
        path = request.url.raw_path
        return httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=origin.scheme,
                host=origin.host,
                port=origin.port,
                target=absolute_form(*origin, path) if forward else path,
            ),
            headers=[*request.headers.raw, *(forward.headers if forward else ())],
            content=request.stream,
            extensions=request.extensions,
        )

    def _forwarded(self, origin: Origin) -> Forward | None:
        return self._forward if origin.scheme == b"http" else None

    def _connection(self, origin: Origin) -> Connection:
        forward = self._forwarded(origin)
        return Connection(origin, self._context, Backend(forward.dial) if forward else self._backend)

    async def _send(self, origin: Origin, request: httpcore.Request) -> httpx.Response:
        once = request.method != b"GET" or request.extensions.get("once")
        kept = None if once else self._kept.take(origin)
        if kept:
            with suppress(*CONNECTION_ENDED):
                return await self._exchange(kept, request)
        return await self._exchange(self._connection(origin), request)

    async def _exchange(self, connection: Connection, request: httpcore.Request) -> httpx.Response:
        try:
            answer = await connection.http.handle_async_request(request)
        except BaseException:
            await connection.close()
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, connection, self._kept),
            extensions={"address": connection.address},
        )


class _Body(httpx.AsyncByteStream):
    """The body as received. Its connection is kept only if the body was read to its end."""

    def __init__(self, answer: httpcore.Response, connection: Connection, kept: Kept) -> None:
        self._answer = answer
        self._parts = aiter(cast("AsyncIterable[bytes]", answer.stream))
        self._connection: Connection | None = connection
        self._kept = kept
        self._ended = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        try:
            return await anext(self._parts)
        except StopAsyncIteration:
            self._ended = True
            raise
        except OSError:
            raise
        except Exception as error:
            raise _in_httpx_words(error) from error

    async def aclose(self) -> None:
        """Give the connection back, or close it."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._ended:
            await self._answer.aclose()
            await self._kept.give(connection)
        else:
            await connection.close()


def _in_httpx_words(error: Exception) -> httpx.TransportError:
    """The same error as httpx calls it. Hostile frames also reach assertions and state errors inside the libraries;
    those are the peer's breach of protocol."""
    named = (named for known, named in SAME_IN_HTTPX.items() if isinstance(error, known))
    return next(named, httpx.RemoteProtocolError)(str(error) or type(error).__name__)
