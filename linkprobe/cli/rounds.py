"""What is answered from the store alone, offline."""

from collections import Counter
from pathlib import Path

from tabulate import tabulate

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.output import Output, show
from linkprobe.cli.report import report
from linkprobe.matrix import Change, Difference, differences, plain, told
from linkprobe.model import Cell
from linkprobe.store import RoundRecord, Store


def judge(round_id: str, output: Output) -> Ended:
    """Judges a stored round by today's rules and keeps the new judgement beside the old."""
    from linkprobe.audit import Silent, judge_round

    output.checked()
    with Store.open(output.results, create=False) as store:
        record = chosen(store, round_id, output.results)
        before = store.cells(record.id)
        cells = judge_round(store, record.id, Silent())
        after = store.round(record.id)
        ended = report(after, cells, output)
        if output.for_people:
            show(_rejudged(before, cells, record, after))
    return ended


def matrix(round_id: str, output: Output) -> Ended:
    """Prints a stored round. Looking at it is never a failure, whatever it holds."""
    output.checked()
    with Store.open(output.results, create=False) as store:
        record = chosen(store, round_id, output.results)
        report(record, judged(store, record), output)
    return Ended.AS_EXPECTED


def diff(before: str, after: str, results: Path) -> Ended:
    """Prints what became of each cell between two rounds."""
    with Store.open(results, create=False) as store:
        old, new = (judged(store, store.round(name)) for name in (before, after))
    found = differences(old, new)
    show("\n".join([*_changed(found), _summary(found)]))
    return Ended.UNEXPECTED if _changed(found) else Ended.AS_EXPECTED


def status(results: Path) -> Ended:
    """Prints the stored rounds, oldest first."""
    with Store.open(results, create=False) as store:
        rows = [_status(store, record) for record in store.rounds()]
    if not rows:
        show(f"no rounds in {results}")
        return Ended.AS_EXPECTED
    headers = ["round", "started", "where", "cells", "probes", "rules", "state"]
    show(tabulate(rows, headers, tablefmt="simple", disable_numparse=True))
    return Ended.AS_EXPECTED


def chosen(store: Store, round_id: str, results: Path) -> RoundRecord:
    """The round that was named, else the latest. Raises `Refused` where there is none."""
    record = store.round(round_id) if round_id else store.latest()
    if record is None:
        raise Refused(f"there is no round in {results} yet: linkprobe audit makes one")
    return record


def judged(store: Store, record: RoundRecord) -> tuple[Cell, ...]:
    """The round's cells by its latest judgement. Raises `Refused` where it was never judged."""
    if record.rules is None:
        remedy = (
            f"linkprobe audit --resume {record.id} goes on with it, linkprobe judge {record.id} judges what there is"
        )
        raise Refused(f"round {record.id} was stopped before it was judged: {remedy}")
    return store.cells(record.id)


def _rejudged(before: tuple[Cell, ...], cells: tuple[Cell, ...], old: RoundRecord, new: RoundRecord) -> str:
    if old.rules is None:
        return f"\nround {new.id}: judged for the first time, by rules {new.rules}"
    found = differences(before, cells)
    changed = _changed(found)
    outcome = _summary(found) if changed else f"all {len(cells)} verdicts are the same"
    return "\n".join(["", *changed, f"round {new.id}: rules {old.rules}, now {new.rules}: {outcome}"])


def _changed(found: tuple[Difference, ...]) -> list[str]:
    return [told(difference) for difference in found if difference.change is not Change.UNCHANGED]


def _summary(found: tuple[Difference, ...]) -> str:
    counted = Counter(difference.change for difference in found)
    return ", ".join(f"{counted[change]} {change}" for change in Change)


def _status(store: Store, record: RoundRecord) -> list[str]:
    state = f"finished {record.finished}" if record.finished else "stopped or running"
    return [
        record.id,
        record.started,
        plain(f"{record.mode} {record.world}".strip()),
        str(len(store.cells(record.id))),
        f"{store.stored(record.id)} of {store.begun(record.id)}",
        str(record.rules or "-"),
        state,
    ]
