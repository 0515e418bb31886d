"""The lab's worlds, audited at the same time in one process, and every cell held against what its world says."""

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from linkprobe.audit import Shared, Silent, Turns
from linkprobe.cli.exits import Ended, Interrupted
from linkprobe.cli.interruption import Stopped, run_until_stopped
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.measuring import answers_of, measured
from linkprobe.cli.opening import new_record
from linkprobe.cli.output import remark, show
from linkprobe.cli.planning import Plan, plan
from linkprobe.cli.proof import Proof, ended, in_words
from linkprobe.matrix import plain
from linkprobe.probe.browser import Driver, find_chromium
from linkprobe.scenario import load_catalogue, shipped
from linkprobe.store import Store

OPEN_WORLDS = 6
"""Worlds open at once: each has a lab and a Chromium of its own, and waits much of its time."""


class _Act(NamedTuple):
    """One world to be played: its audit as it would be asked for alone."""

    invocation: Invocation
    planned: Plan


def check(worlds: Sequence[str], asked: Invocation, results: Path) -> Ended:
    """Audits these worlds, or all, as `asked` says how, and prints how far the cells agree with the truth."""
    acts = _acts(worlds, asked)
    find_chromium(os.environ)
    proofs: list[Proof] = []
    with Store.open(results) as store:
        remark(_announced(acts, asked.jobs))
        try:
            run_until_stopped(_play(store, acts, asked.jobs, proofs))
        except Stopped:
            raise Interrupted(_left(len(proofs), len(acts))) from None
    show(in_words(proofs))
    return ended(proofs)


def _acts(worlds: Sequence[str], asked: Invocation) -> list[_Act]:
    """The largest first, for the last one alone keeps the machine waiting."""
    asked = asked.located()
    catalogue = load_catalogue(shipped(), *map(Path, asked.catalog))
    acts = []
    for world in dict.fromkeys(worlds) or catalogue.worlds:
        invocation = msgspec.structs.replace(asked, world=world).checked().located()
        acts.append(_Act(invocation, plan(invocation, catalogue)))
    return sorted(acts, key=lambda act: -len(act.planned.cases))


async def _play(store: Store, acts: Sequence[_Act], jobs: int, proofs: list[Proof]) -> None:
    """Plays every world to its end; `proofs` grows as they are finished."""
    stage, turns = asyncio.Semaphore(OPEN_WORLDS), Turns(jobs)

    async def one(act: _Act, shared: Shared) -> None:
        async with stage:
            proof = await _played(store, act, shared)
        proofs.append(proof)
        remark(f"{plain(proof.world)}: {proof.agreed} of {len(proof.answers)}")

    try:
        async with Driver() as driver, asyncio.TaskGroup() as group:
            for rank, act in enumerate(acts):
                group.create_task(one(act, Shared(turns.ranked(rank), driver)))
    except ExceptionGroup as several:
        raise several.exceptions[0] from None


async def _played(store: Store, act: _Act, shared: Shared) -> Proof:
    started = time.monotonic()
    record = new_record(act.planned, act.invocation)
    cells, _ = await measured(store, record, act.invocation, act.planned, Silent(), shared)
    return Proof(record.world, record.id, answers_of(act.planned, cells), time.monotonic() - started)


def _announced(acts: Sequence[_Act], jobs: int) -> str:
    cells = sum(len(act.planned.cases) for act in acts)
    worlds = "1 world" if len(acts) == 1 else f"{len(acts)} worlds"
    return f"{cells} cells in {worlds} of the lab, at most {OPEN_WORLDS} worlds and {jobs} browser probes at once"


def _left(finished: int, worlds: int) -> str:
    return (
        f"interrupted; {finished} of {worlds} worlds finished; linkprobe status lists their rounds,"
        " linkprobe audit --resume ROUND --check-truth goes on with one"
    )
