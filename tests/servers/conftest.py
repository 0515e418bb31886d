"""Real servers, one of each a session, and rounds that are run on them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, run_round
from linkprobe.model import Cell
from linkprobe.network.network import Common
from linkprobe.scenario import Catalogue, load_scenarios
from linkprobe.store import RoundRecord, Store
from tests.servers.prosody import Prosody, prosody
from tests.servers.sites import Sites, sites
from tests.servers.synapse import Synapse, synapse

N = TypeVar("N", bound=Common)
ROUND = "servers"


@pytest_asyncio.fixture(scope="session")
async def running_prosody(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Prosody]:
    async with prosody(tmp_path_factory.mktemp("prosody")) as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def running_synapse(tmp_path_factory: pytest.TempPathFactory, pages: Sites) -> AsyncIterator[Synapse]:
    async with synapse(tmp_path_factory.mktemp("synapse"), pages) as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def pages() -> AsyncIterator[Sites]:
    """The sites that links lead to."""
    async with sites() as running:
        yield running


@pytest_asyncio.fixture
async def closing() -> AsyncIterator[Callable[[N], N]]:
    """Registers a network to be closed at the end of the test."""
    async with AsyncExitStack() as stack:

        def register(network: N) -> N:
            stack.push_async_callback(network.aclose)
            return network

        yield register


async def judged(
    folder: Path,
    scenario: str,
    network: Common,
    environ: Mapping[str, str],
    *,
    browser: bool = False,
    repeat: int = 2,
    catalogue: Catalogue | None = None,
) -> dict[str, Cell]:
    """Runs a round of `scenario`, a file's text, with the real executors; its cells by target."""
    path = folder / "scenario.yaml"
    path.write_text(scenario, "utf-8")
    cases = load_scenarios((path,), catalogue or Catalogue())
    with Store.open(folder / "results") as store:
        store.begin_round(RoundRecord(id=ROUND, started="2026-01-01T00:00:00+00:00", world="", mode="mapped"))
        store.keep_cases(ROUND, cases)
        options = Options(browser=browser, repeat=repeat)
        cells = await run_round(store, ROUND, cases, network, options, Silent(), Accounts(environ))
    return {cell.target: cell for cell in cells}
