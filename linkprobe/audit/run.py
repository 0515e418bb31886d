"""A round: passes over the cells until each verdict stands, then parity, then the books are closed."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack

from linkprobe.accounts import Accounts
from linkprobe.audit.arms import Arms
from linkprobe.audit.journal import Journal
from linkprobe.audit.lanes import Lanes
from linkprobe.audit.measure import MOST_ATTEMPTS, Measurements
from linkprobe.audit.options import Options
from linkprobe.audit.progress import Progress
from linkprobe.audit.recorded import Recorded
from linkprobe.audit.secrecy import redaction_of
from linkprobe.audit.shared import Shared
from linkprobe.audit.standing import Standing
from linkprobe.judge import RULES_VERSION, accuses, cell, fair, wants_more
from linkprobe.model import Case, Cell
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.store import Store


async def run_round(
    store: Store,
    round_id: str,
    cases: tuple[Case, ...],
    network: Network,
    options: Options,
    progress: Progress,
    accounts: Accounts,
    shared: Shared | None = None,
) -> tuple[Cell, ...]:
    """Drives every case of the round to a verdict and stores it. Safe to call again after any crash.

    Rounds that run at the same time are handed what they share; a round alone keeps `options.jobs` to itself. Raises
    what our own parts raise (`StoreError`, `BrowserMissing`); what the world does is an observation.
    """
    browsing, driver = shared or Shared(asyncio.Semaphore(options.jobs))
    progress.planned(len(cases))
    measurements = Measurements(store, round_id)
    async with AsyncExitStack() as stack:
        chromium = await stack.enter_async_context(Chromium(network, driver=driver)) if options.browser else None
        journal = Journal(store, Lanes(rate=options.rate, browsing=browsing), redaction_of(cases, accounts))
        stack.push_async_callback(journal.stop)
        arms = Arms(round_id, journal, network, chromium, options, accounts)
        await _pass_until_settled(arms, measurements, cases, options, progress)
    cells = []
    for judged in _judged(store, round_id, cases):
        cells.append(judged)
        await asyncio.sleep(0)  # the probes of other rounds are timed, and must not wait until all is judged
    return _closed(store, round_id, cells, progress)


def judge_round(store: Store, round_id: str, progress: Progress) -> tuple[Cell, ...]:
    """Judges a stored round again with the rules of today, offline; keeps the new verdicts beside the old."""
    cases = store.cases(round_id)
    progress.planned(len(cases))
    return _closed(store, round_id, _judged(store, round_id, cases), progress)


def _judged(store: Store, round_id: str, cases: tuple[Case, ...]) -> Iterator[Cell]:
    """Every observed case of the round, each judged by itself."""
    measurements = Measurements(Recorded(store, round_id), round_id)
    observed = (measurements.of(case) for case in cases)
    return (cell(attempts) for attempts in observed if attempts)


def _closed(store: Store, round_id: str, judged: Iterable[Cell], progress: Progress) -> tuple[Cell, ...]:
    """The cells, each compared with its peers, and stored."""
    cells = fair(tuple(judged))
    for each in cells:
        progress.judged(each)
    store.save_cells(round_id, RULES_VERSION, cells)
    return cells


async def _pass_until_settled(
    arms: Arms, measurements: Measurements, cases: tuple[Case, ...], options: Options, progress: Progress
) -> None:
    # Whole passes rather than repeats on the spot: time goes by between the attempts, so that what was
    # a passing trouble of the platform's is seen as such and does not confirm itself.
    pending = cases
    standing = Standing(cases, progress.stands)
    for attempt in range(1, MOST_ATTEMPTS + 1):
        if not pending:
            break
        progress.passing(attempt, len(pending))
        pending = await _pass(arms, measurements, pending, attempt, options, progress, standing)
    for case in pending:
        standing.settled(case)
    standing.rest()


async def _pass(
    arms: Arms,
    measurements: Measurements,
    cases: tuple[Case, ...],
    attempt: int,
    options: Options,
    progress: Progress,
    standing: Standing,
) -> tuple[Case, ...]:
    """One attempt at each case; answers those that need another."""
    unsettled: set[tuple[str, ...]] = set()

    async def one(case: Case) -> None:
        confirms = attempt > 1 and accuses(measurements.of(case))
        await arms.attempt(case, attempt, confirms=confirms)
        progress.done(f"{case.platform.id}/{case.surface_id} {case.target.id}")
        if wants_more(measurements.of(case), options.repeat):
            unsettled.add(case.key)
        else:
            standing.settled(case)

    try:
        async with asyncio.TaskGroup() as group:
            for case in cases:
                group.create_task(one(case))
    except ExceptionGroup as several:
        raise several.exceptions[0] from None
    return tuple(case for case in cases if case.key in unsettled)
