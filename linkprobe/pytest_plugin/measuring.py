"""A round from its first entry in the store to its last, for items and for fixtures."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path

from linkprobe.audit import Progress, run_round
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import Opened
from linkprobe.cli.opening import options_of
from linkprobe.cli.planning import Plan
from linkprobe.model import Cell
from linkprobe.store import RoundRecord, Store


async def measured(
    record: RoundRecord,
    plan: Plan,
    invocation: Invocation,
    results: Path,
    network: AbstractAsyncContextManager[Opened],
    listener: Callable[[Store], Progress],
    afterwards: Callable[[tuple[Cell, ...], Opened], Awaitable[None]] | None = None,
) -> tuple[Cell, ...]:
    """Measures the whole plan, then lets `afterwards` use the network. Raises what our own parts raise."""
    with Store.open(results) as store:
        async with network as (reached, accounts):
            store.keep_cases(record.id, plan.cases)
            store.begin_round(record)
            progress = listener(store)
            cells = await run_round(store, record.id, plan.cases, reached, options_of(invocation), progress, accounts)
            store.finish_round(record.id, datetime.now(UTC).isoformat(timespec="seconds"))
            if afterwards is not None:
                await afterwards(cells, Opened(reached, accounts))
    return cells
