"""A stored round held against a policy."""

import re
from collections.abc import Sequence
from pathlib import Path

from tabulate import tabulate

from linkprobe import __version__
from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.output import Output, show
from linkprobe.cli.rounds import chosen, judged
from linkprobe.matrix import plain
from linkprobe.model import Cell, Policy
from linkprobe.policy import Assessment, Outcome
from linkprobe.policy import assess as assessed
from linkprobe.scenario import ScenarioError, load_catalogue, read_policy, read_world, shipped
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.scenario.names import quoted
from linkprobe.store import RoundRecord, Store

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HEADERS = ["platform", "obligation", "since", "standing", "outcome", "cells"]


def assess(name: str, round_id: str, on: str, catalogs: Sequence[Path], output: Output) -> Ended:
    """Prints how each platform stands with each obligation on a day: by default the day of the round or its world."""
    output.checked()
    if on and not _DAY.fullmatch(on):
        raise Refused(f"{quoted(on)} is not a day: write it like 2021-11-29")
    folders = [shipped(), *catalogs]
    catalogue = load_catalogue(*folders)
    policy = read_policy(name, folders, catalogue)
    with Store.open(output.results, create=False) as store:
        record = chosen(store, round_id, output.results)
        cells = judged(store, record)
    day = on or day_of(record, catalogue)
    found = assessed(policy, day, cells)
    output.write_json(_as_json(policy, day, record, found))
    if output.for_people:
        show(_in_words(policy, day, found, output.format))
    return _ended(found)


def day_of(record: RoundRecord, catalogue: Catalogue) -> str:
    """The day the round speaks of: its world's in a lab, else the one on which it began."""
    if record.world:
        try:
            return read_world(record.world, catalogue).date
        except ScenarioError:
            pass  # a world from a file that is not in the catalogue; the round itself has a day
    return record.started[:10]


def _ended(found: tuple[Assessment, ...]) -> Ended:
    outcomes = {each.outcome for each in found}
    if Outcome.BREACHED in outcomes:
        return Ended.UNEXPECTED
    return Ended.AS_EXPECTED if Outcome.MET in outcomes or not found else Ended.NOT_MEASURED


def _in_words(policy: Policy, day: str, found: tuple[Assessment, ...], format: str) -> str:
    title = plain(f"{policy.title} ({policy.standing}), as of {day}")
    if not found:
        return f"{title}\n\nnone of its stages is about a platform of this round"
    rows = [_row(each) for each in found]
    blocks = [title, tabulate(rows, _HEADERS, tablefmt=format, disable_numparse=True), *map(_told, _breached(found))]
    return "\n\n".join([*blocks, plain(f"Not shown by cells: {policy.leaves_out}")] if policy.leaves_out else blocks)


def _row(each: Assessment) -> list[str]:
    silent = f", {len(each.silent)} say nothing" if each.silent else ""
    return [
        plain(each.platform),
        plain(f"{each.stage} / {each.obligation}"),
        each.since,
        each.standing,
        each.outcome.replace("-", " "),
        f"{len(each.cells)}{silent}",
    ]


def _breached(found: tuple[Assessment, ...]) -> list[Assessment]:
    return [each for each in found if each.outcome is Outcome.BREACHED]


def _told(each: Assessment) -> str:
    heading = plain(f"{each.platform} breaches {each.obligation}: {each.title}")
    return "\n".join([heading, *(f"  {plain(_cell(cell))}" for cell in each.cells)])


def _cell(cell: Cell) -> str:
    why = ", ".join((*cell.causes, *cell.fairness))
    return f"{cell.surface} / {cell.target} at {cell.vantage}: {cell.verdict}" + (f" ({why})" if why else "")


def _as_json(policy: Policy, day: str, record: RoundRecord, found: tuple[Assessment, ...]) -> dict[str, object]:
    return {
        "linkprobe": __version__,
        "round": record.id,
        "policy": policy.id,
        "standing": policy.standing,
        "on": day,
        "assessments": [_entry(each) for each in found],
    }


def _entry(each: Assessment) -> dict[str, object]:
    return {
        "platform": each.platform,
        "stage": each.stage,
        "since": each.since,
        "standing": each.standing,
        "obligation": each.obligation,
        "title": each.title,
        "outcome": each.outcome,
        "cells": [list(cell.key) for cell in each.cells],
        "silent": [list(cell.key) for cell in each.silent],
    }
