"""What a whole audit costs: wall time, probes and navigations a cell, CPU by process, on a shipped world.

    python -m bench.audit [WORLD]

Wall time depends on the machine and on what else it does; navigations a cell and CPU a navigation are what to compare.
"""

import argparse
import asyncio
import contextlib
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psutil
from tabulate import tabulate

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, run_round
from linkprobe.lab.process import running
from linkprobe.model import Cell, Executor, Visit
from linkprobe.network import Lab
from linkprobe.scenario import load_catalogue, load_scenarios, read_world, shipped
from linkprobe.store import RoundRecord, Store

ROUND = "bench"


class Cost(NamedTuple):
    cells: tuple[Cell, ...]
    wall: float
    cpu: dict[str, float]
    probes: Counter[str]
    navigations: int


def cpu_by_process() -> dict[str, float]:
    """CPU seconds so far of this process and its children; what has ended is counted with its parent."""
    me = psutil.Process()
    spent = defaultdict(float, harness=sum(me.cpu_times()[:2]))
    for child in me.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            name = child.name()
            part = "playwright driver" if name.startswith("node") else "lab" if "python" in name else "browser"
            spent[part] += sum(child.cpu_times()[:4])
    return spent


def navigations(visit: Visit | None) -> Iterator[None]:
    """Documents a browser was sent to: each hop that is not an HTTP redirect of the one before."""
    while visit is not None:
        if visit.executor is Executor.BROWSER:
            yield from (None for hop in visit.hops if hop.way.value != "redirect")
        visit = visit.clicked


async def audited(world_id: str, results: Path) -> Cost:
    catalogue = load_catalogue(shipped())
    world = read_world(world_id, catalogue)
    cases = load_scenarios(map(Path, world.scenarios), catalogue, on=world.date)
    with Store.open(results) as store:
        store.begin_round(RoundRecord(id=ROUND, started="2026-01-01T00:00:00+00:00", world=world.id, mode="lab"))
        store.keep_cases(ROUND, cases)
        started, before = time.perf_counter(), cpu_by_process()
        async with running(world, catalogue, cases) as address:
            lab = Lab(address.table, Path(address.ca), address.insides, address.vantages)
            cells = await run_round(store, ROUND, cases, lab, Options(), Silent(), Accounts(address.environ))
            after = cpu_by_process()
            await lab.aclose()
        wall = time.perf_counter() - started
        seen = list(store.observations(ROUND, bodies=False))
    probes = Counter(task.executor.value if task.executor else "message" for task, _ in seen)
    made = sum(1 for _, observation in seen for _ in navigations(observation.visit))
    return Cost(cells, wall, {part: after[part] - before.get(part, 0.0) for part in after}, probes, made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("world", nargs="?", default="china-2021-11-29")
    world = parser.parse_args().world
    with tempfile.TemporaryDirectory() as folder:
        cost = asyncio.run(audited(world, Path(folder)))
    cells = len(cost.cells)
    browser = cost.probes[Executor.BROWSER.value]
    print(f"{world}: {cells} cells in {cost.wall:.0f} s of wall time, {cost.wall / cells:.2f} s a cell")
    rows = [(name, count, f"{count / cells:.2f}") for name, count in sorted(cost.probes.items())]
    rows.append(("browser navigations", cost.navigations, f"{cost.navigations / cells:.2f}"))
    print(tabulate(rows, headers=("probes", "in all", "a cell")))
    parts = [(part, f"{spent:.1f}", f"{1000 * spent / max(1, browser):.0f}") for part, spent in cost.cpu.items()]
    print(tabulate(parts, headers=("CPU", "seconds", "ms a browser probe")))


if __name__ == "__main__":
    main()
