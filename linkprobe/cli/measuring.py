"""A round from its entry in the store to its end, for every command that measures."""

from datetime import UTC, datetime
from typing import NamedTuple

from linkprobe.audit import Progress, Shared, run_round
from linkprobe.audit.missing import Missing, what_is_missing
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import opened
from linkprobe.cli.opening import options_of
from linkprobe.cli.planning import Plan
from linkprobe.lab.truth import truth
from linkprobe.matrix.confusion import Answer
from linkprobe.model import Cell
from linkprobe.store import RoundRecord, Store


class Measured(NamedTuple):
    """The cells of a finished round, and what kept some from being measured."""

    cells: tuple[Cell, ...]
    missing: Missing | None


async def measured(
    store: Store,
    record: RoundRecord,
    invocation: Invocation,
    planned: Plan,
    progress: Progress,
    shared: Shared | None = None,
) -> Measured:
    """Opens the round's network, measures every case and finishes the round, begun now or before."""
    options = options_of(invocation)
    async with opened(invocation, planned) as (network, accounts):
        if not store.cases(record.id):
            store.keep_cases(record.id, planned.cases)  # first, for a round without cases could not go on
            store.begin_round(record)
        cells = await run_round(store, record.id, planned.cases, network, options, progress, accounts, shared)
        missing = what_is_missing(planned.cases, accounts)
    store.finish_round(record.id, datetime.now(UTC).isoformat(timespec="seconds"))
    return Measured(cells, missing)


def answers_of(planned: Plan, cells: tuple[Cell, ...]) -> list[Answer]:
    """Each cell beside what the round's world owes it."""
    assert planned.world is not None
    by_key = {case.key: case for case in planned.cases}
    return [Answer(cell, truth(planned.world, by_key[cell.key], planned.cases)) for cell in cells]
