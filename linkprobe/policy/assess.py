"""Cells of a round held against the obligations of a policy on a day."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from linkprobe.model import Cell, Fairness, Obligation, Policy, Role, Stage, Standing


class Outcome(StrEnum):
    """How a platform stands with one obligation."""

    MET = "met"
    BREACHED = "breached"
    NOT_YET_DUE = "not-yet-due"
    LAPSED = "lapsed"
    NOT_TESTABLE = "not-testable"


class Assessment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One platform and one obligation: the outcome, and the cells that make it.

    `cells` are the breaching ones where it is breached, else those that were looked at. `silent` are cells in its
    scope that say nothing: without a verdict, or flapping.
    """

    platform: str
    stage: str
    since: str
    standing: Standing
    obligation: str
    title: str
    outcome: Outcome
    cells: tuple[Cell, ...] = ()
    silent: tuple[Cell, ...] = ()


def assess(policy: Policy, on: str, cells: Iterable[Cell]) -> tuple[Assessment, ...]:
    """Every obligation of every platform in `cells` on the ISO date `on`, by platform and in the policy's order.

    A breach counts though other cells say nothing; an obligation is met only where at least one cell shows it. Dates
    compare as text, so that a month or a year alone means its beginning.
    """
    by_platform: dict[str, list[Cell]] = {}
    for cell in cells:
        by_platform.setdefault(cell.platform, []).append(cell)
    return tuple(
        _assessed(policy, stage, obligation, platform, tuple(theirs), on)
        for platform, theirs in sorted(by_platform.items())
        for stage, obligation in _obligations(policy, platform)
    )


def _obligations(policy: Policy, platform: str) -> Iterator[tuple[Stage, Obligation]]:
    for stage in policy.stages:
        if not stage.platforms or platform in stage.platforms:
            yield from ((stage, obligation) for obligation in stage.obligations)


def _assessed(
    policy: Policy, stage: Stage, obligation: Obligation, platform: str, theirs: tuple[Cell, ...], on: str
) -> Assessment:
    meant = tuple(cell for cell in theirs if _means(obligation, cell))
    telling = tuple(cell for cell in meant if _tells(obligation, cell, theirs))
    breaching = tuple(cell for cell in telling if _breaches(obligation, cell))
    told = {cell.key for cell in telling}
    outcome = _when(stage, on) or _outcome(telling, breaching)
    return Assessment(
        platform=platform,
        stage=stage.id,
        since=stage.since,
        standing=stage.standing or policy.standing,
        obligation=obligation.id,
        title=obligation.title,
        outcome=outcome,
        cells=breaching if outcome is Outcome.BREACHED else telling,
        silent=tuple(cell for cell in meant if cell.key not in told),
    )


def _when(stage: Stage, on: str) -> Outcome | None:
    """The outcome that follows from the day alone."""
    if on < stage.since:
        return Outcome.NOT_YET_DUE
    return Outcome.LAPSED if stage.until and on >= stage.until else None


def _outcome(telling: tuple[Cell, ...], breaching: tuple[Cell, ...]) -> Outcome:
    if breaching:
        return Outcome.BREACHED
    return Outcome.MET if telling else Outcome.NOT_TESTABLE


def _means(obligation: Obligation, cell: Cell) -> bool:
    """Whether the cell is among those the obligation is about."""
    if (cell.role is Role.CANARY) is not obligation.safety:
        return False
    return (
        _holds(obligation.surfaces, cell.surface)
        and _holds(obligation.targets, cell.target)
        and _holds(obligation.categories, cell.category)
        and _holds(obligation.roles, cell.role)
        and _holds(obligation.vantages, cell.vantage)
    )


def _holds(names: tuple[str, ...], name: str) -> bool:
    return not names or name in names


def _tells(obligation: Obligation, cell: Cell, theirs: tuple[Cell, ...]) -> bool:
    """Whether the cell can show anything: a verdict, the plane that is asked for, a peer where parity is."""
    if not _has_verdict(cell) or (obligation.plane is not None and obligation.plane not in cell.planes):
        return False
    return not _asks_parity_only(obligation) or any(_is_peer(other, cell) for other in theirs)


def _has_verdict(cell: Cell) -> bool:
    return cell.verdict.says_something and not cell.flapping


def _asks_parity_only(obligation: Obligation) -> bool:
    return obligation.parity and not (obligation.owes or obligation.forbids)


def _is_peer(other: Cell, cell: Cell) -> bool:
    """A link that parity holds this one against: of its kind, or the platform's own, on the same surface."""
    if other.target == cell.target or not _has_verdict(other):
        return False
    if (other.surface, other.vantage) != (cell.surface, cell.vantage):
        return False
    return other.role is Role.OWN or (other.role is Role.RIVAL and other.category == cell.category)


def _breaches(obligation: Obligation, cell: Cell) -> bool:
    return (
        _owes_more(obligation, cell)
        or _found_forbidden(obligation, cell)
        or (obligation.parity and Fairness.DISCRIMINATORY in cell.fairness)
        or (obligation.safety and Fairness.UNSAFE in cell.fairness)
    )


def _owes_more(obligation: Obligation, cell: Cell) -> bool:
    if obligation.owes is None:
        return False
    seen = cell.planes[obligation.plane] if obligation.plane else cell.verdict
    return seen is not obligation.owes


def _found_forbidden(obligation: Obligation, cell: Cell) -> bool:
    if obligation.particular and Fairness.UNIFORM in cell.fairness:
        return False
    return not set(obligation.forbids).isdisjoint(cell.causes)
