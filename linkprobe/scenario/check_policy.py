"""What a well-typed policy can still have wrong: in itself, and against the names of a catalogue."""

from collections.abc import Iterable

from linkprobe.model import Obligation, Policy, Stage
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.scenario.document import Place
from linkprobe.scenario.names import quoted, suggest
from linkprobe.scenario.problem import Problem, Problems, date_problems, each, id_problems, repeated, sources_problems


def policy_problems(policy: Policy) -> Problems:
    """Everything wrong with a policy that shows without knowing other files."""
    yield from id_problems(policy.id, ("policy",))
    yield from sources_problems(policy.sources, ())
    yield from each(policy.stages, ("stages",), _stage)
    yield from repeated([stage.id for stage in policy.stages], ("stages",), "stage", "stage")
    if not policy.stages:
        yield Problem(("stages",), "the policy has no stage", "add one with 'since' and 'obligations'")


def _stage(stage: Stage, at: Place) -> Problems:
    yield from id_problems(stage.id, (*at, "stage"))
    yield from date_problems(stage.since, (*at, "since"))
    yield from date_problems(stage.until, (*at, "until"))
    yield from sources_problems(stage.sources, at)
    if not stage.since:
        yield Problem((*at, "since"), "the stage has no date", "write the day it begins, such as 2021-09-17")
    if stage.until and stage.until <= stage.since:
        yield Problem((*at, "until"), "the stage ends before it begins", "put 'until' after 'since'")
    yield from each(stage.obligations, (*at, "obligations"), _obligation)
    yield from repeated([one.id for one in stage.obligations], (*at, "obligations"), "obligation", "obligation")


def _obligation(obligation: Obligation, at: Place) -> Problems:
    yield from id_problems(obligation.id, (*at, "obligation"))
    if not (obligation.owes or obligation.forbids or obligation.parity or obligation.safety):
        yield Problem(at, "the obligation asks for nothing", "give it 'owes', 'forbids', 'parity' or 'safety'")
    if obligation.plane and not obligation.owes:
        yield Problem((*at, "plane"), "a plane alone asks for nothing", "say with 'owes' what it must be")
    if obligation.particular and not obligation.forbids:
        yield Problem((*at, "particular"), "'particular' narrows 'forbids', which is empty", "list causes there")
    if obligation.safety and (obligation.owes or obligation.forbids or obligation.parity):
        yield Problem((*at, "safety"), "safety is about canaries, the rest about all other links", "make two of it")


def policy_name_problems(policy: Policy, catalogue: Catalogue) -> Problems:
    """Names in a policy that nothing of the catalogue bears, so that no obligation is silently about nothing."""
    for index, stage in enumerate(policy.stages):
        at: Place = ("stages", index)
        yield from _unknown(stage.platforms, (*at, "platforms"), catalogue.platforms, "platform")
        surfaces = _surfaces(stage, catalogue)
        for number, obligation in enumerate(stage.obligations):
            yield from _names(obligation, (*at, "obligations", number), surfaces, catalogue)


def _surfaces(stage: Stage, catalogue: Catalogue) -> set[str]:
    platforms = [catalogue.platforms.get(name) for name in stage.platforms] or list(catalogue.platforms.values())
    return {surface for platform in platforms if platform for surface in platform.surfaces}


def _names(obligation: Obligation, at: Place, surfaces: set[str], catalogue: Catalogue) -> Problems:
    categories = {target.category for target in catalogue.targets.values()}
    yield from _unknown(obligation.surfaces, (*at, "surfaces"), surfaces, "surface")
    yield from _unknown(obligation.targets, (*at, "targets"), catalogue.targets, "target")
    yield from _unknown(obligation.categories, (*at, "categories"), categories, "category")
    yield from _unknown(obligation.vantages, (*at, "vantages"), {"here", *catalogue.vantages}, "vantage")


def _unknown(names: Iterable[str], at: Place, known: Iterable[str], noun: str) -> Problems:
    known = set(known)
    for index, name in enumerate(names):
        if name not in known:
            yield Problem((*at, index), f"there is no {noun} {quoted(name)}", suggest(name, known))
