"""A whole lab in this process: authority, listeners, failing endpoints and insides, opened and closed together."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

from linkprobe.lab.address import LabAddress
from linkprobe.lab.app import LabApp
from linkprobe.lab.authority import Authority
from linkprobe.lab.directory import Directory
from linkprobe.lab.errors import LabError
from linkprobe.lab.faults import Resetting, Silent, refusing
from linkprobe.lab.insides import route
from linkprobe.lab.listener import Listeners
from linkprobe.lab.routes import Endpoints, differing, table
from linkprobe.lab.setting import DEFAULT_VANTAGE, Setting
from linkprobe.network.socks import SocksServer


@asynccontextmanager
async def serving(setting: Setting, *, port: int = 0) -> AsyncIterator[LabAddress]:
    """Run a lab in this process. With a `port` it takes that one and those after it, else any that are free.

    Raises LabError where a port is taken.
    """
    directory = Directory(setting)
    authority = Authority(directory.hosts)
    async with AsyncExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="linkprobe-lab-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        authority.write(folder / "ca.pem")
        listeners = Listeners(LabApp(directory))
        stack.push_async_callback(listeners.aclose)
        lab = _Opening(directory, authority, listeners, stack, count(port) if port else None)
        yield await lab.open(str(folder / "ca.pem"))


class _Opening:
    """Opens the parts one after another and hands what must be closed to the stack."""

    def __init__(
        self,
        directory: Directory,
        authority: Authority,
        listeners: Listeners,
        stack: AsyncExitStack,
        ports: "count[int] | None",
    ) -> None:
        self._directory = directory
        self._authority = authority
        self._listeners = listeners
        self._stack = stack
        self._ports = ports

    async def open(self, ca: str) -> LabAddress:
        ends = await self._outside()
        insides = {
            f"{platform}/{surface}": await self._inside((platform, surface), ends)
            for (platform, surface), _ in self._directory.insides()
        }
        setting = self._directory.setting
        return LabAddress(
            world=setting.world.id,
            table=table(self._directory, ends, DEFAULT_VANTAGE),
            ca=ca,
            insides=insides,
            vantages=differing(self._directory, ends, setting.catalogue.vantages, DEFAULT_VANTAGE),
            environ=self._directory.environ,
            pid=os.getpid(),
        )

    def _port(self) -> int:
        return next(self._ports) if self._ports else 0

    async def _outside(self) -> Endpoints:
        https = await self._listeners.listen(inside=None, tls=self._authority.context, port=self._port())
        http = await self._listeners.listen(inside=None, tls=None, port=self._port())
        closed = refusing()
        self._stack.callback(closed.close)
        refused = int(closed.getsockname()[1])
        return Endpoints(https, http, refused, await self._failing(Resetting), await self._failing(Silent))

    async def _failing(self, protocol: type[asyncio.Protocol]) -> int:
        server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
        self._stack.callback(server.close)
        return int(server.sockets[0].getsockname()[1])

    async def _inside(self, inside: tuple[str, str], outside: Endpoints) -> str:
        https = await self._listeners.listen(inside=inside, tls=self._authority.context)
        http = await self._listeners.listen(inside=inside, tls=None)
        proxy = SocksServer(route(self._directory, inside, outside._replace(https=https, http=http)))
        await self._listen(proxy)
        self._stack.push_async_callback(proxy.aclose)
        return proxy.url

    async def _listen(self, proxy: SocksServer) -> None:
        port = self._port()
        try:
            await proxy.listen(port)
        except OSError as error:
            raise LabError(
                f"port {port} on 127.0.0.1 cannot be listened on ({error.strerror}); choose another"
            ) from error
