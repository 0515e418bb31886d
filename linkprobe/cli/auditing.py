"""Rounds: begun, measured, reported; and gone on with after they were stopped."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from linkprobe.audit import Options, run_round
from linkprobe.cli.exits import Ended, Interrupted, Refused
from linkprobe.cli.interruption import Stopped, run_until_stopped
from linkprobe.cli.invocation import Invocation, Mode
from linkprobe.cli.networks import opened
from linkprobe.cli.output import Output, remark
from linkprobe.cli.planning import Plan, plan
from linkprobe.cli.progress import shown
from linkprobe.cli.report import report
from linkprobe.lab.truth import truth
from linkprobe.matrix.confusion import Answer
from linkprobe.model import Cell
from linkprobe.scenario import load_catalogue, read_world, shipped
from linkprobe.store import RoundRecord, Store


def audit(invocation: Invocation, output: Output) -> Ended:
    """A new round."""
    output.checked()
    invocation = invocation.checked().located()
    if output.check_truth and invocation.mode is not Mode.LAB:
        raise Refused("--check-truth compares with a lab's world: leave out --live and --connect-to")
    planned = plan(invocation)
    with Store.open(output.results) as store:
        record = _begun(store, invocation, planned)
        return _carried_out(store, record, invocation, planned, output)


def resume(named: Sequence[str], output: Output) -> Ended:
    """The round that was stopped last, or the one named, gone on with; its cases are those it began with."""
    output.checked()
    with Store.open(output.results, create=False) as store:
        record = _stopped(store, named, output.results)
        invocation = Invocation.from_kept(record.invocation)
        catalogue = load_catalogue(shipped(), *map(Path, invocation.catalog))
        world = read_world(invocation.world_asked, catalogue) if invocation.world_asked else None
        planned = Plan(store.cases(record.id), catalogue, world)
        return _carried_out(store, record, invocation, planned, output)


def _stopped(store: Store, named: Sequence[str], results: Path) -> RoundRecord:
    if len(named) > 1:
        raise Refused("--resume goes on with one round: name one, or none for the latest")
    record = store.round(named[0]) if named else store.latest(finished=False)
    if record is None:
        raise Refused(f"no round in {results} waits to be resumed: linkprobe status lists the rounds")
    if record.finished:
        raise Refused(f"round {record.id} is finished: linkprobe matrix {record.id} shows it")
    return record


def _begun(store: Store, invocation: Invocation, planned: Plan) -> RoundRecord:
    now = datetime.now(UTC)
    record = RoundRecord(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
        started=now.isoformat(timespec="seconds"),
        world=planned.world.id if planned.world else "",
        mode=invocation.mode,
        vantage=",".join(sorted({case.vantage.id for case in planned.cases})),
        invocation=invocation.as_kept(),
    )
    store.begin_round(record)
    store.keep_cases(record.id, planned.cases)
    return record


def _carried_out(store: Store, record: RoundRecord, invocation: Invocation, planned: Plan, output: Output) -> Ended:
    remark(_announced(record, invocation, planned))
    try:
        cells = run_until_stopped(_measured(store, record, invocation, planned))
    except Stopped:
        raise Interrupted(_left(store, record)) from None
    store.finish_round(record.id, datetime.now(UTC).isoformat(timespec="seconds"))
    answers = _answers(planned, cells) if output.check_truth else ()
    return report(store.round(record.id), cells, output, answers)


async def _measured(store: Store, record: RoundRecord, invocation: Invocation, planned: Plan) -> tuple[Cell, ...]:
    options = Options(repeat=invocation.repeat, jobs=invocation.jobs, browser=invocation.browser, rate=invocation.pace)
    with shown() as progress:
        async with opened(invocation, planned) as (network, environ):
            return await run_round(store, record.id, planned.cases, network, options, progress, environ)


def _announced(record: RoundRecord, invocation: Invocation, planned: Plan) -> str:
    match invocation.mode:
        case Mode.LAB:
            where = f"in the lab, world {planned.world.id}" if planned.world else "in the lab"
        case Mode.MAPPED:
            where = "where --connect-to says; no other name resolves"
        case Mode.LIVE:
            pace = f"at most {invocation.pace:g} starts a second per platform and vantage"
            where = f"on the real network, {pace} (--rate changes it)"
    return f"round {record.id}: {len(planned.cases)} cells, {where}"


def _left(store: Store, record: RoundRecord) -> str:
    stored, begun = store.stored(record.id), store.begun(record.id)
    return f"interrupted; {stored} of {begun} probes stored; resume with: linkprobe audit --resume {record.id}"


def _answers(planned: Plan, cells: tuple[Cell, ...]) -> list[Answer]:
    assert planned.world is not None
    by_key = {case.key: case for case in planned.cases}
    return [Answer(cell, truth(planned.world, by_key[cell.key], planned.cases)) for cell in cells]
