"""The lab's HTTP listeners: hypercorn's connection handling, on listeners of our own.

The application learns from `scope["state"]` on which side of an app the connection came in, and gets the transport,
so that it can cut the connection in the middle of a request.
"""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.utils import wrap_app

from linkprobe.lab.errors import LabError

App = Callable[..., Any]


def _configuration() -> Config:
    config = Config()
    config.accesslog = None
    config.loglevel = "ERROR"
    config.include_server_header = False
    config.keep_alive_timeout = 60
    config.graceful_timeout = 0
    return config


class Listeners:
    """All HTTP listeners of one lab, started one by one and closed together."""

    def __init__(self, app: App) -> None:
        self._config = _configuration()
        self._app = wrap_app(app, self._config.wsgi_max_body_size, "asgi")
        self._worker = WorkerContext(None)
        self._servers: list[asyncio.Server] = []
        self._open: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def listen(self, *, inside: tuple[str, str] | None, tls: ssl.SSLContext | None, port: int = 0) -> int:
        """Listen on loopback and return the port; `inside` names the platform and surface whose traffic comes here.

        Raises LabError where the port is taken.
        """

        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._open[task] = writer
            state = {"inside": inside, "transport": writer.transport}
            try:
                loop = asyncio.get_running_loop()
                await TCPServer(self._app, loop, self._config, self._worker, state, reader, writer)
            except asyncio.CancelledError:
                pass  # by aclose; asyncio's streams complain loudly of a callback that ends cancelled
            finally:
                self._open.pop(task, None)

        server = await _start(connected, port, tls)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def aclose(self) -> None:
        """Stop listening and cut what is still connected."""
        await self._worker.terminated.set()
        for server in self._servers:
            server.close()
        tasks = list(self._open)
        for task, writer in list(self._open.items()):
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for server in self._servers:
            await server.wait_closed()


async def _start(connected: Any, port: int, tls: ssl.SSLContext | None) -> asyncio.Server:
    try:
        return await asyncio.start_server(connected, "127.0.0.1", port, ssl=tls, backlog=512)
    except OSError as error:
        raise LabError(
            f"port {port} on 127.0.0.1 cannot be listened on ({error.strerror}); choose another with --port, or 0"
        ) from error
