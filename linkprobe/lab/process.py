"""A lab in a process of its own, which cannot outlive the one that started it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import msgspec

from linkprobe.lab.address import LabAddress
from linkprobe.lab.errors import LabError
from linkprobe.lab.order import Failed, Order, Ready
from linkprobe.lab.setting import setting
from linkprobe.model import Case, World
from linkprobe.scenario.catalogue import Catalogue

READY_WITHIN = 30.0
"""Seconds a lab may take to start; it takes well under two on an idle machine."""
STOPPED_WITHIN = 5.0
LONGEST_LINE = 2**26


@asynccontextmanager
async def running(
    world: World, catalogue: Catalogue, cases: Iterable[Case] = (), *, port: int = 0
) -> AsyncIterator[LabAddress]:
    """Start a lab that plays `world`, and stop it at the end.

    Platforms, targets and vantages that only `cases` declare are played as well. Raises LabError where the world
    does not fit the catalogue, a port is taken, or the process does not come up.
    """
    order = Order(setting=setting(world, catalogue, cases), port=port)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "linkprobe.lab"),
        stdin=PIPE,
        stdout=PIPE,
        limit=LONGEST_LINE,
        env=_environment(),
        start_new_session=True,  # Ctrl-C is for the parent, which still needs its lab to end in order
    )
    try:
        yield await _ready(process, order)
    finally:
        await _stop(process)


async def _ready(process: Process, order: Order) -> LabAddress:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(msgspec.json.encode(order) + b"\n")
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN)
        word = msgspec.json.decode(line, type=Ready | Failed)
    except TimeoutError as error:
        raise LabError(f"the lab did not answer within {READY_WITHIN:.0f} s") from error
    except msgspec.DecodeError as error:
        raise LabError("the lab ended before it was ready; what it wrote to stderr says why") from error
    if isinstance(word, Failed):
        raise LabError(word.error)
    return word.address


async def _stop(process: Process) -> None:
    """Close its stdin, upon which it ends; kill it, by its own id, where it does not."""
    assert process.stdin is not None
    process.stdin.close()
    try:
        await asyncio.wait_for(process.wait(), STOPPED_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """This process's, with its own import path, so that the lab runs the same code."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
