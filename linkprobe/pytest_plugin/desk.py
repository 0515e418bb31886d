"""Measuring on demand, for tests in Python: a loop in a thread of its own, so that any test may call it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from linkprobe.accounts import Accounts
from linkprobe.audit import Silent
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import Opened, opened
from linkprobe.cli.opening import new_record
from linkprobe.cli.planning import Plan, plan
from linkprobe.lab.address import LabAddress
from linkprobe.lab.process import running
from linkprobe.model import Cell, Verdict
from linkprobe.network import Lab
from linkprobe.pytest_plugin.choices import Choices
from linkprobe.pytest_plugin.measuring import measured
from linkprobe.scenario import read_world

T = TypeVar("T")

_WORST_LAST = (
    Verdict.OPEN,
    Verdict.SKIPPED,
    Verdict.DOWN,
    Verdict.GATED,
    Verdict.INCONCLUSIVE,
    Verdict.DEGRADED,
    Verdict.SHIELDED,
)


class Desk:
    """Holds the loop, and the labs that were asked for. Serves one test at a time."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.lab = LabDesk(self)
        self.audit = AuditDesk(self)
        self.link = LinkDesk(self)
        self.open = AsyncExitStack()
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="linkprobe-desk", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.wait(self.open.aclose())
        self.wait(self._loop.shutdown_asyncgens())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of `work`; Ctrl-C ends both the waiting and the work."""
        promise = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return promise.result()
        except KeyboardInterrupt:
            promise.cancel()
            raise

    def measured(self, invocation: Invocation) -> tuple[Cell, ...]:
        """The cells of a round. Raises `ScenarioError` and `Refused` for what cannot be measured as it stands."""
        asked = invocation.checked().located()
        planned = plan(asked)
        record, results = new_record(planned, asked), self.choices.results
        network = self._network(asked, planned)
        return self.wait(measured(record, planned, asked, results, network, lambda _: Silent()))

    @asynccontextmanager
    async def _network(self, asked: Invocation, planned: Plan) -> AsyncIterator[Opened]:
        """A lab that stands already serves whatever the catalogue declares; else the network that is asked for."""
        catalogue, world = planned.catalogue, planned.world
        declared = all(catalogue.targets.get(case.target.id) == case.target for case in planned.cases)
        if world is None or asked.catalog or asked.scenarios or not declared:
            async with opened(asked, planned) as there:
                yield there
            return
        address = await self.lab.at(asked.world_asked)
        network = Lab(address.table, Path(address.ca), address.insides, address.vantages)
        try:
            yield Opened(network, Accounts(address.environ))
        finally:
            await network.aclose()


class LabDesk:
    """Starts labs, each world once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._standing: dict[str, LabAddress] = {}

    def __call__(self, world: str = "") -> LabAddress:
        """Where the world answers; without a name, the run's own. It stands until the session ends."""
        return self._desk.wait(self.at(world or self._desk.choices.invocation.world_asked))

    async def at(self, world: str) -> LabAddress:
        """The same, inside the loop."""
        if world not in self._standing:
            catalogue = self._desk.choices.catalogue
            lab = running(read_world(world, catalogue), catalogue)
            self._standing[world] = await self._desk.open.enter_async_context(lab)
        return self._standing[world]


class AuditDesk:
    """Audits scenarios."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(
        self,
        *scenarios: str | Path,
        world: str = "",
        platforms: Sequence[str] = (),
        surfaces: Sequence[str] = (),
        targets: Sequence[str] = (),
        vantages: Sequence[str] = (),
    ) -> tuple[Cell, ...]:
        """The cells of these files or folders, or of the world's own scenarios; names narrow them down."""
        asked = self._desk.choices.invocation
        return self._desk.measured(
            msgspec.structs.replace(
                asked,
                scenarios=tuple(map(str, scenarios)),
                world=world or asked.world,
                platforms=tuple(platforms),
                surfaces=tuple(surfaces),
                targets=tuple(targets),
                vantages=tuple(vantages),
            )
        )


class LinkDesk:
    """Measures single links."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, url: str, *, platform: str, surface: str = "", world: str = "") -> Cell:
        """The link's cell on the surface; without one, the worst among all of the platform's."""
        asked = self._desk.choices.invocation
        cells = self._desk.measured(
            msgspec.structs.replace(
                asked,
                urls=(url,),
                platforms=(platform,),
                surfaces=(surface,) if surface else (),
                world=world or asked.world,
            )
        )
        return max(cells, key=lambda cell: _WORST_LAST.index(cell.verdict))
