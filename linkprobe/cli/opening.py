"""A round as it is opened: its entry in the store, and how its probes are made."""

import secrets
from datetime import UTC, datetime

from linkprobe.audit import Options
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.planning import Plan
from linkprobe.store import RoundRecord


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


def options_of(invocation: Invocation) -> Options:
    """How the round's probes are made."""
    return Options(repeat=invocation.repeat, jobs=invocation.jobs, browser=invocation.browser, rate=invocation.pace)
