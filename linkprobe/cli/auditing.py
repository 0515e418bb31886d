"""Rounds: begun, measured, reported; and gone on with after they were stopped."""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from linkprobe.cli.exits import Ended, Interrupted, Refused
from linkprobe.cli.interruption import Stopped, run_until_stopped
from linkprobe.cli.invocation import Invocation, Mode
from linkprobe.cli.measuring import Measured, answers_of, measured
from linkprobe.cli.networks import refuse_early
from linkprobe.cli.opening import new_record
from linkprobe.cli.output import Output, remark
from linkprobe.cli.planning import Plan, plan
from linkprobe.cli.progress import shown
from linkprobe.cli.report import report
from linkprobe.probe.browser import find_chromium
from linkprobe.scenario import load_catalogue, read_world, shipped
from linkprobe.store import RoundRecord, Store


def audit(invocation: Invocation, output: Output) -> Ended:
    """A new round."""
    invocation = invocation.checked().located()
    _refuse_early(invocation, output)
    planned = plan(invocation)
    with Store.open(output.results) as store:
        return _carried_out(store, new_record(planned, invocation), invocation, planned, output)


def resume(asked: Invocation, output: Output) -> Ended:
    """The round that was stopped last, or the one named, gone on with: with the cases and settings it began with."""
    named = asked.scenarios
    if len(named) > 1:
        raise Refused("--resume goes on with one round: name one, or none for the latest")
    if msgspec.structs.replace(asked, scenarios=()) != Invocation():
        raise Refused("--resume goes on as the round began: leave out what says where, which cells and how")
    with Store.open(output.results, create=False) as store:
        record = _stopped(store, named, output.results)
        invocation = Invocation.from_kept(record.invocation)
        _refuse_early(invocation, output)
        catalogue = load_catalogue(shipped(), *map(Path, invocation.catalog))
        world = read_world(invocation.world_asked, catalogue) if invocation.world_asked else None
        return _carried_out(store, record, invocation, Plan(store.cases(record.id), catalogue, world), output)


def _refuse_early(invocation: Invocation, output: Output) -> None:
    """Raises what can be known to be wrong before a round begins, so that none is left behind half begun."""
    output.checked()
    if output.check_truth and invocation.mode is not Mode.LAB:
        raise Refused("--check-truth compares with a lab's world: leave out --live and --connect-to")
    refuse_early(invocation)
    if invocation.browser:
        find_chromium(os.environ)


def _stopped(store: Store, named: Sequence[str], results: Path) -> RoundRecord:
    record = store.round(named[0]) if named else store.latest(finished=False)
    if record is None:
        raise Refused(f"no round in {results} waits to be resumed: linkprobe status lists the rounds")
    if record.finished:
        raise Refused(f"round {record.id} is finished: linkprobe matrix {record.id} shows it")
    return record


def _carried_out(store: Store, record: RoundRecord, invocation: Invocation, planned: Plan, output: Output) -> Ended:
    remark(_announced(record, invocation, planned))
    try:
        cells, missing = run_until_stopped(_shown(store, record, invocation, planned))
    except Stopped:
        raise Interrupted(_left(store, record)) from None
    answers = answers_of(planned, cells) if output.check_truth else ()
    ended = report(store.round(record.id), cells, output, answers)
    if missing:
        remark(f"{missing}; linkprobe doctor --accounts says what each needs")
    return ended


async def _shown(store: Store, record: RoundRecord, invocation: Invocation, planned: Plan) -> Measured:
    with shown() as progress:
        return await measured(store, record, invocation, planned, progress)


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
    if not begun:
        return "interrupted before the first probe"
    return f"interrupted; {stored} of {begun} probes stored; resume with: linkprobe audit --resume {record.id}"
