"""A round from its first entry in the store to its last, for items and for fixtures."""

import secrets
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path

from linkprobe.audit import Options, Progress, run_round
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import Opened
from linkprobe.cli.planning import Plan
from linkprobe.model import Cell
from linkprobe.store import RoundRecord, Store


def new_record(plan: Plan, invocation: Invocation) -> RoundRecord:
    """A round that begins now, kept so that `linkprobe audit --resume` can go on with it."""
    now = datetime.now(UTC)
    return RoundRecord(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
        started=now.isoformat(timespec="seconds"),
        world=plan.world.id if plan.world else "",
        mode=invocation.mode,
        vantage=",".join(sorted({case.vantage.id for case in plan.cases})),
        invocation=invocation.as_kept(),
    )


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
    options = Options(repeat=invocation.repeat, jobs=invocation.jobs, browser=invocation.browser, rate=invocation.pace)
    with Store.open(results) as store:
        async with network as (reached, accounts):
            store.keep_cases(record.id, plan.cases)
            store.begin_round(record)
            progress = listener(store)
            cells = await run_round(store, record.id, plan.cases, reached, options, progress, accounts)
            store.finish_round(record.id, datetime.now(UTC).isoformat(timespec="seconds"))
            if afterwards is not None:
                await afterwards(cells, Opened(reached, accounts))
    return cells
