"""What judging a stored round again costs: CPU a cell and the memory at its peak.

    python -m bench.rejudge RESULTS [--copies N]

Takes the latest round of a results folder (`linkprobe audit` leaves one), copies it N times under other platform names
with every page changed a little, so that nothing is read once for two copies, and judges the whole offline.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path

import msgspec

from linkprobe.audit import Silent, judge_round
from linkprobe.model import Capture, Case, Observation, Visit
from linkprobe.store import RoundRecord, Store
from linkprobe.store import task as keys
from linkprobe.store.task import Task

ROUND = "bench"


def other_case(case: Case, copy: int) -> Case:
    """The case on a platform, and with targets, of another name; the links stay what they are."""
    platform = msgspec.structs.replace(case.platform, id=f"{case.platform.id}-{copy}")
    target = msgspec.structs.replace(case.target, id=f"{case.target.id}-{copy}")
    neutral = msgspec.structs.replace(case.neutral, id=f"{case.neutral.id}-{copy}") if case.neutral else None
    return msgspec.structs.replace(case, platform=platform, target=target, neutral=neutral)


def other_page(page: Capture | None, copy: int) -> Capture | None:
    return msgspec.structs.replace(page, body=page.body + f"<!-- {copy} -->".encode(), digest="") if page else None


def other_visit(visit: Visit | None, copy: int) -> Visit | None:
    if visit is None:
        return None
    clicked = other_visit(visit.clicked, copy)
    return msgspec.structs.replace(visit, page=other_page(visit.page, copy), clicked=clicked, screenshot=None)


def other_observation(observation: Observation, copy: int) -> Observation:
    return msgspec.structs.replace(observation, visit=other_visit(observation.visit, copy))


def rekeyed(
    tasks: list[tuple[Task, Observation]], cases: tuple[Case, ...], copy: int
) -> list[tuple[Task, Observation]]:
    """The tasks as the copied cases will ask for them."""
    by_target = {case.target.id: case for case in cases} | {c.neutral.id: c for c in cases if c.neutral}
    by_cell = {(c.platform.id, c.surface_id, c.target.id): c for c in cases}
    made = []
    for task, observation in tasks:
        found = by_cell.get((task.platform, task.surface, task.target)) or by_target.get(task.target)
        if found is None:
            continue
        case = other_case(found, copy)
        if task.client:
            clients = (c for c in cases if f"{c.platform.id}/{c.surface.client}" == task.client)
            posing = next((c for c in clients if c.target.id == task.target), None)
            if posing is None or task.executor is None:
                continue
            new = keys.as_app_task(ROUND, other_case(posing, copy), task.executor, task.attempt)
        elif task.platform:
            new = keys.subject_task(ROUND, case, task.executor, task.attempt, sends=task.sends)
        else:
            assert task.executor is not None
            new = keys.direct_task(ROUND, case, task.executor, task.attempt)
        made.append((new, other_observation(observation, copy)))
    return made


def copied(results: Path, into: Path, copies: int) -> int:
    with Store.open(results, create=False) as old, Store.open(into) as new:
        record = old.latest()
        if record is None:
            raise SystemExit(f"no round in {results}: run linkprobe audit first")
        cases = old.cases(record.id)
        seen = list(old.observations(record.id))
        new.begin_round(RoundRecord(id=ROUND, started=record.started, world=record.world, mode=record.mode))
        new.keep_cases(ROUND, tuple(other_case(case, copy) for copy in range(copies) for case in cases))
        for copy in range(copies):
            for task, observation in rekeyed(seen, cases, copy):
                new.append(task, observation)
        return len(cases) * copies


def peak() -> float:
    """Peak resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path)
    parser.add_argument("--copies", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder)
        cells = copied(asked.results, into, asked.copies)
        with Store.open(into) as store:
            before, started = peak(), time.process_time()
            judged = judge_round(store, ROUND, Silent())
            spent = time.process_time() - started
    attempts = sum(cell.attempts for cell in judged)
    print(
        f"{len(judged)} of {cells} cells, {attempts} attempts: {spent:.1f} s CPU, {1000 * spent / cells:.1f} ms a cell,"
    )
    print(f"{10_000 * spent / cells:.0f} s for 10,000 such; peak memory {before:.0f} MB before, {peak():.0f} MB after")


if __name__ == "__main__":
    main()
