"""Dated obligations on a platform's page: stage by stage, what is met, breached, not yet due, or cannot be told."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from linkprobe.model import Cell, Policy, Source, Stage, Standing
from linkprobe.policy import Assessment, Outcome, assess
from linkprobe.publish.edition import Edition
from linkprobe.publish.language import worded
from linkprobe.publish.looks import State, state
from linkprobe.publish.pages import shown


class Alike(NamedTuple):
    """Cells of one surface in one state."""

    surface: str
    vantage: str
    state: State
    cells: tuple[Cell, ...]


class Owed(NamedTuple):
    """One obligation: its wording, how the platform stands with it, the cells that make it, and those silent on it."""

    wording: Markup
    outcome: Outcome
    weight: int
    """How many cells make it."""
    cells: tuple[Alike, ...]
    silent: int


class Due(NamedTuple):
    """One stage of a policy. `sources` are the policy's where the stage has none of its own."""

    title: Markup
    since: str
    until: str
    standing: Standing
    owed: tuple[Owed, ...]
    sources: tuple[Source, ...]


class Held(NamedTuple):
    """One policy a platform is held against; `counts` are of its obligations."""

    title: Markup
    standing: Standing
    stages: tuple[Due, ...]
    counts: tuple[tuple[Outcome, int], ...]
    leaves_out: Markup | str


def held(edition: Edition, platform: str, cells: tuple[Cell, ...]) -> Iterator[Held]:
    """The policies of the edition that are about this platform, with how it stands on the edition's day."""
    for policy in edition.policies:
        if _is_about(policy, platform):
            found = assess(policy, edition.day, cells)
            stages = {stage.id: stage for stage in policy.stages}
            yield Held(
                _said(policy.title),
                policy.standing,
                tuple(_due(stages[id], policy, tuple(group)) for id, group in groupby(found, lambda one: one.stage)),
                tuple((one, sum(each.outcome is one for each in found)) for one in Outcome),
                _said(policy.leaves_out) if policy.leaves_out else "",
            )


def _is_about(policy: Policy, platform: str) -> bool:
    """Whether a stage names the platform. A policy that names none at all is about every one."""
    named = {name for stage in policy.stages for name in stage.platforms}
    return platform in named or not named


def _due(stage: Stage, policy: Policy, found: tuple[Assessment, ...]) -> Due:
    return Due(
        _said(stage.title),
        stage.since,
        stage.until,
        stage.standing or policy.standing,
        tuple(map(_owed, found)),
        stage.sources or policy.sources,
    )


def _owed(found: Assessment) -> Owed:
    ordered = sorted(found.cells, key=_place)
    alike = (Alike(*place, tuple(group)) for place, group in groupby(ordered, _place))
    return Owed(_said(found.title), found.outcome, len(ordered), tuple(alike), len(found.silent))


def _place(cell: Cell) -> tuple[str, str, State]:
    return (cell.surface, cell.vantage, state(cell))


def _said(text: str) -> Markup:
    return worded(shown(text))
