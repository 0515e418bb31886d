"""Rounds in the real lab, small enough to run often."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, run_round
from linkprobe.lab.process import running
from linkprobe.model import Case, Cell, World
from linkprobe.network import Lab
from linkprobe.scenario import load_catalogue, load_scenarios, read_world, shipped
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.store import RoundRecord, Store
from linkprobe.store.task import Task

ROUND = "r1"


class Setting(NamedTuple):
    """A world, its catalogue and all its cases."""

    world: World
    catalogue: Catalogue
    cases: tuple[Case, ...]


def setting(name: str) -> Setting:
    catalogue = load_catalogue(shipped())
    world = read_world(name, catalogue)
    return Setting(world, catalogue, load_scenarios(map(Path, world.scenarios), catalogue, on=world.date))


@pytest.fixture(scope="session")
def china() -> Setting:
    return setting("china-2021-11-29")


@pytest.fixture(scope="session")
def every_treatment() -> Setting:
    return setting("every-treatment")


@asynccontextmanager
async def lab_of(played: Setting) -> AsyncIterator[tuple[Lab, dict[str, str]]]:
    async with running(played.world, played.catalogue, played.cases) as address:
        lab = Lab(address.table, Path(address.ca), address.insides, address.vantages)
        try:
            yield lab, dict(address.environ)
        finally:
            await lab.aclose()


async def a_round(
    played: Setting, wanted: Callable[[Case], bool], store: Store, options: Options | None = None
) -> tuple[Cell, ...]:
    """Runs a round over the wanted cases of a setting, in a lab of its own."""
    cases = tuple(filter(wanted, played.cases))
    store.begin_round(RoundRecord(id=ROUND, started="2026-01-01T00:00:00+00:00", world=played.world.id, mode="lab"))
    store.keep_cases(ROUND, cases)
    async with lab_of(played) as (lab, environ):
        return await run_round(store, ROUND, cases, lab, options or Options(browser=False), Silent(), Accounts(environ))


def probed(store: Store) -> Counter[str]:
    """How often each task was observed, by its words."""
    return Counter(f"{task.arm} {task.executor} {task.label}" for task, _ in store.observations(ROUND, bodies=False))


def tasks(store: Store) -> list[Task]:
    return [task for task, _ in store.observations(ROUND, bodies=False)]
