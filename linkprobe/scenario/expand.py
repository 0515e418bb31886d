"""A scenario's names resolved against what is declared, and its cases spelt out."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from linkprobe.model import Case, Known, Platform, Scenario, Target, Vantage
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.scenario.complete import complete
from linkprobe.scenario.document import Document, Place
from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.names import quoted, suggest

_AMONG = " among the scenario's"
_HERE = Vantage()


class Declared(NamedTuple):
    """The names a scenario may use: the catalogue's, overridden by the file's own."""

    platforms: Mapping[str, Platform]
    targets: Mapping[str, Target]
    vantages: Mapping[str, Vantage]


class Chosen(NamedTuple):
    """What a scenario picked out of them."""

    platforms: tuple[Platform, ...]
    surfaces: tuple[str, ...]
    targets: tuple[Target, ...]
    vantages: tuple[Vantage, ...]
    neutral: Target | None


def expand(scenario: Scenario, document: Document, catalogue: Catalogue, on: str = "") -> tuple[Case, ...]:
    """The scenario's cases, sorted by key, each once. Raises ScenarioError for a name that nothing declares.

    `on` is the ISO date at which the known outcomes are looked up; without it those that have ended do not count.
    """
    declared = _declared(scenario, catalogue)
    chosen = _choose(scenario, document, declared)
    _check_known(scenario, document, chosen)
    cases = [_case(scenario, chosen, declared, *cell, on) for cell in _cells(chosen)]
    return tuple(sorted(cases, key=lambda case: case.key))


def _declared(scenario: Scenario, catalogue: Catalogue) -> Declared:
    return Declared(
        platforms={**catalogue.platforms, **{each.id: complete(each) for each in scenario.platforms}},
        targets={**catalogue.targets, **{each.id: each for each in scenario.define}},
        vantages={_HERE.id: _HERE, **catalogue.vantages, **{each.id: each for each in scenario.define_vantages}},
    )


def _choose(scenario: Scenario, document: Document, declared: Declared) -> Chosen:
    platforms = _platforms(scenario, document, declared)
    _check_names(document, ("surfaces",), scenario.surfaces, _surface_names(platforms), "surface")
    targets = _targets(scenario, document, declared)
    _check_names(document, ("vantages",), scenario.vantages, declared.vantages, "vantage")
    if scenario.neutral and scenario.neutral not in declared.targets:
        raise _unknown(document, ("neutral",), scenario.neutral, declared.targets, "target")
    return Chosen(
        platforms,
        scenario.surfaces,
        targets,
        tuple(declared.vantages[name] for name in dict.fromkeys(scenario.vantages)),
        declared.targets.get(scenario.neutral),
    )


def _platforms(scenario: Scenario, document: Document, declared: Declared) -> tuple[Platform, ...]:
    named = (scenario.platform,) if isinstance(scenario.platform, str) else scenario.platform
    names = named or tuple(platform.id for platform in scenario.platforms)
    if not names:
        raise document.error((), "the scenario names no platform", "add 'platform:' with the id of one")
    _check_names(document, ("platform",), names, declared.platforms, "platform")
    return tuple(declared.platforms[name] for name in dict.fromkeys(names))


def _targets(scenario: Scenario, document: Document, declared: Declared) -> tuple[Target, ...]:
    categories = {target.category for target in declared.targets.values()}
    _check_names(document, ("targets",), scenario.targets, declared.targets, "target")
    _check_names(document, ("categories",), scenario.categories, categories, "category")
    names = set(scenario.targets) | {
        name for name, target in declared.targets.items() if target.category in scenario.categories
    }
    if not scenario.targets and not scenario.categories:
        names = {target.id for target in scenario.define}
    _check_names(document, ("except_targets",), scenario.except_targets, names, "target", _AMONG)
    names -= set(scenario.except_targets)
    if not names:
        raise document.error((), "the scenario has no targets", "add 'targets:' or 'categories:'")
    return tuple(declared.targets[name] for name in sorted(names))


def _surface_names(platforms: Iterable[Platform]) -> set[str]:
    """Surfaces that may be named: share dialogs among them."""
    return {name for platform in platforms for name in platform.places}


def _check_known(scenario: Scenario, document: Document, chosen: Chosen) -> None:
    surfaces = set(chosen.surfaces) or {name for platform in chosen.platforms for name in platform.surfaces}
    targets = {target.id for target in chosen.targets}
    vantages = {vantage.id for vantage in chosen.vantages}
    for index, known in enumerate(scenario.known):
        at: Place = ("known", index)
        _check_names(document, (*at, "surfaces"), known.surfaces, surfaces, "surface", _AMONG)
        _check_names(document, (*at, "targets"), known.targets, targets, "target", _AMONG)
        _check_names(document, (*at, "vantages"), known.vantages, vantages, "vantage", _AMONG)


def _check_names(
    document: Document, at: Place, names: Iterable[str], known: Iterable[str], noun: str, where: str = ""
) -> None:
    known = set(known)
    for index, name in enumerate(names):
        if name not in known:
            raise _unknown(document, (*at, index), name, known, noun, where)


def _unknown(
    document: Document, at: Place, name: str, known: Iterable[str], noun: str, where: str = ""
) -> ScenarioError:
    return document.error(at, f"there is no {noun} {quoted(name)}{where}", suggest(name, known))


def _cells(chosen: Chosen) -> Iterator[tuple[Platform, str, Target, Vantage]]:
    for platform in chosen.platforms:
        for surface in dict.fromkeys(chosen.surfaces or platform.surfaces):
            if surface in platform.places:
                for target in chosen.targets:
                    for vantage in chosen.vantages:
                        yield platform, surface, target, vantage


def _case(
    scenario: Scenario,
    chosen: Chosen,
    declared: Declared,
    platform: Platform,
    surface: str,
    target: Target,
    vantage: Vantage,
    on: str,
) -> Case:
    neutral = chosen.neutral or _neutral(target, chosen.targets, declared.targets)
    return Case(
        scenario=scenario.id,
        platform=platform,
        surface_id=surface,
        target=target,
        neutral=neutral,
        vantage=vantage,
        expect=scenario.expect,
        known=_known(scenario.known, surface, target.id, vantage.id, on),
        account=scenario.account,
        own_hosts=_own_hosts(platform, declared.targets),
        salt=_salt(platform, surface, target, neutral, vantage, scenario.account),
    )


def _neutral(target: Target, chosen: tuple[Target, ...], declared: Mapping[str, Target]) -> Target | None:
    """The first neutral target of the target's own category, else any neutral one of the scenario's."""
    peers = sorted(name for name, each in declared.items() if each.neutral and each.category == target.category)
    if peers:
        return declared[peers[0]]
    return next((each for each in chosen if each.neutral), None)


def _own_hosts(platform: Platform, targets: Mapping[str, Target]) -> tuple[str, ...]:
    """Hosts of the targets that the platform's owner offers."""
    own = (each for each in targets.values() if each.owner and each.owner == platform.owner and not each.canary)
    found = (host for each in own for host in (urlsplit(each.url).hostname or "", *each.hosts))
    return tuple(dict.fromkeys(host for host in found if host))


def _known(known: tuple[Known, ...], surface: str, target: str, vantage: str, on: str) -> Known | None:
    """The last line that names this cell and holds on that date: later lines are exceptions to earlier ones."""
    return next((each for each in reversed(known) if _names(each, surface, target, vantage) and _holds(each, on)), None)


def _names(known: Known, surface: str, target: str, vantage: str) -> bool:
    pairs = ((known.surfaces, surface), (known.targets, target), (known.vantages, vantage))
    return all(not names or name in names for names, name in pairs)


def _holds(known: Known, on: str) -> bool:
    """Dates compare as text, so that a month or a year alone works. The day of `until` itself counts no longer."""
    if not on:
        return not known.until
    return known.since[: len(on)] <= on and (not known.until or on < known.until)


def _salt(
    platform: Platform, surface: str, target: Target, neutral: Target | None, vantage: Vantage, account: str
) -> str:
    shown = platform.places[surface]
    parts = [platform.id, surface, shown, platform.clients.get(shown.client), target, neutral, vantage, account]
    return hashlib.blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=16).hexdigest()
