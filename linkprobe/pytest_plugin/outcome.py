"""What a round tells the items: a cell with its arms in words, or why there will be none. Goes between processes."""

from typing import TypeAlias

import msgspec

from linkprobe.model import Case, Cell, Measurement, Observation, Visit
from linkprobe.page import read

Key: TypeAlias = tuple[str, str, str, str]

_HOPS = 12
"""Hops told of an arm; the rest is in the store."""


class ArmTold(msgspec.Struct, frozen=True, kw_only=True):
    """One arm for a failure report. Its words are the world's and not yet harmless."""

    executor: str = ""
    hops: tuple[str, ...] = ()
    landed: str = ""
    title: str = ""
    seconds: float | None = None
    said: str = ""
    """What sending answered, why the visit failed, or why nothing was probed."""
    screenshot: str = ""
    """Its digest; empty where there is none."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True, tag="outcome"):
    """One cell whose verdict stands. `subject` and `direct` are the arms of an attempt that had this verdict."""

    round_id: str
    cell: Cell
    subject: ArmTold = ArmTold()
    direct: ArmTold | None = None
    files: tuple[str, ...] = ()
    """Screenshots kept as files."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be measured: the cells of the selected items, and the files they come from."""

    cases: tuple[Case, ...]
    files: tuple[str, ...]


class Closed(msgspec.Struct, frozen=True, kw_only=True, tag="closed"):
    """The whole round, its books closed."""

    cells: tuple[Cell, ...]


class Broken(msgspec.Struct, frozen=True, kw_only=True, tag="broken"):
    """No cell will come any more, and why."""

    why: str


class NotMeasured(Exception):
    """The round ended before the cell's verdict stood; the message says why."""


def outcome(round_id: str, cell: Cell, measurements: tuple[Measurement, ...]) -> Outcome:
    """The cell with the arms of its first attempt that was judged as the whole is."""
    at = cell.seen.index(cell.verdict) if cell.verdict in cell.seen else 0
    deciding = measurements[at]
    direct = deciding.direct[0] if deciding.direct else None
    return Outcome(
        round_id=round_id, cell=cell, subject=told(deciding.subject), direct=told(direct) if direct else None
    )


def told(seen: Observation) -> ArmTold:
    """The observation as a reader wants it."""
    said = [seen.blind, seen.skipped, _sent(seen), _shown(seen), _failure(seen.visit)]
    visit = seen.visit
    if visit is None:
        return ArmTold(said="; ".join(filter(None, said)))
    return ArmTold(
        executor=visit.executor,
        hops=_hops(visit),
        landed=visit.landed or "",
        title=read(visit.page).title if visit.page else "",
        seconds=visit.seconds,
        said="; ".join(filter(None, said)),
        screenshot=visit.screenshot.digest if visit.screenshot else "",
    )


def _hops(visit: Visit) -> tuple[str, ...]:
    lines = [f"{hop.status or '-'} {hop.way} {hop.url}" for hop in visit.hops]
    left = len(lines) - _HOPS
    return (*lines[:_HOPS], f"and {left} more") if left > 0 else tuple(lines)


def _sent(seen: Observation) -> str:
    sent = seen.sent
    if sent is None:
        return ""
    answer = " ".join(filter(None, (str(sent.status or ""), sent.code, sent.wording)))
    return f"sending: {sent.outcome} {answer}".rstrip()


def _shown(seen: Observation) -> str:
    shown = seen.shown
    if shown is None or not shown.looked:
        return ""
    if not shown.arrived:
        return f"not seen by the recipient within {shown.waited:.1f} s"
    return f"the recipient sees {shown.text!r} with {len(shown.links)} links"


def _failure(visit: Visit | None) -> str:
    return f"{visit.failure.kind}: {visit.failure.detail}" if visit and visit.failure else ""
