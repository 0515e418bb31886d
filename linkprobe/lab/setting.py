"""What a lab plays: a world and the catalogue it speaks of."""

from collections.abc import Iterable

import msgspec

from linkprobe.lab.errors import LabError
from linkprobe.model import Case, World
from linkprobe.scenario.catalogue import Catalogue

DEFAULT_VANTAGE = "here"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One world, and the platforms, targets and vantages that the lab answers for."""

    world: World
    catalogue: Catalogue


def setting(world: World, catalogue: Catalogue, cases: Iterable[Case] = ()) -> Setting:
    """The world with its catalogue and with what the cases declare in place. Raises LabError for unknown names."""
    platforms, targets, vantages = dict(catalogue.platforms), dict(catalogue.targets), dict(catalogue.vantages)
    for case in cases:
        platforms[case.platform.id] = case.platform
        vantages[case.vantage.id] = case.vantage
        for target in filter(None, (case.target, case.neutral)):
            targets[target.id] = target
    made = Setting(world=world, catalogue=Catalogue(platforms=platforms, targets=targets, vantages=vantages))
    for fault in _faults(made):
        raise LabError(f"world {world.id}: {fault}")
    return made


def _faults(made: Setting) -> Iterable[str]:
    world, catalogue = made.world, made.catalogue
    for name, lines in world.platforms.items():
        if name not in catalogue.platforms:
            yield f"platform {name!r} is not in the catalogue"
            continue
        for line in lines:
            for surface in line.surfaces:
                if surface not in catalogue.platforms[name].places:
                    yield f"platform {name!r} has no surface {surface!r}"
            yield from _unknown(line.targets, catalogue.targets, "target")
            yield from _unseen(line.vantages, catalogue)
    for state in world.targets:
        yield from _unknown(state.targets, catalogue.targets, "target")
        yield from _unseen(state.vantages, catalogue)


def _unknown(names: tuple[str, ...], known: Iterable[str], what: str) -> Iterable[str]:
    for name in names:
        if name not in known:
            yield f"{what} {name!r} is not in the catalogue"


def _unseen(names: tuple[str, ...], catalogue: Catalogue) -> Iterable[str]:
    """Vantages the lab could not tell from any other: it knows them by their request headers."""
    for name in names:
        vantage = catalogue.vantages.get(name)
        if name != DEFAULT_VANTAGE and (vantage is None or not vantage.headers):
            yield f"vantage {name!r} has no headers in the catalogue, so the lab cannot tell who stands there"
