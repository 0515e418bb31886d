"""A world's names resolved against the catalogue, so that no line of it is silently without effect."""

from collections.abc import Iterable, Iterator

from linkprobe.model import Platform, Role, Treats, World
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.scenario.document import Place
from linkprobe.scenario.names import quoted, suggest
from linkprobe.scenario.problem import Problem, Problems


def world_problems(world: World, catalogue: Catalogue) -> Problems:
    """Names in a world that no platform, target or vantage of the catalogue bears."""
    yield from _unknown(world.platforms, ("platforms",), catalogue.platforms, "platform", keyed=True)
    for name, lines in world.platforms.items():
        platform = catalogue.platforms.get(name)
        for index, line in enumerate(lines if platform else ()):
            assert platform
            yield from _line(line, ("platforms", name, index), platform, catalogue)
    for index, condition in enumerate(world.targets):
        at: Place = ("targets", index)
        yield from _unknown(condition.targets, (*at, "targets"), catalogue.targets, "target")
        yield from _unknown(condition.vantages, (*at, "vantages"), _vantages(catalogue), "vantage")


def _line(line: Treats, at: Place, platform: Platform, catalogue: Catalogue) -> Problems:
    owners = {target.owner for target in catalogue.targets.values()} - {""}
    categories = {target.category for target in catalogue.targets.values()}
    yield from _unknown(line.surfaces, (*at, "surfaces"), platform.places, "surface", f" of {platform.id}")
    yield from _unknown(line.targets, (*at, "targets"), catalogue.targets, "target")
    yield from _unknown(line.categories, (*at, "categories"), categories, "category")
    yield from _unknown(line.owners, (*at, "owners"), owners, "owner", " of a target")
    yield from _unknown(line.roles, (*at, "roles"), (role.value for role in Role), "role")
    yield from _unknown(line.vantages, (*at, "vantages"), _vantages(catalogue), "vantage")


def _vantages(catalogue: Catalogue) -> set[str]:
    return {"here", *catalogue.vantages}


def _unknown(
    names: Iterable[str], at: Place, known: Iterable[str], noun: str, where: str = "", *, keyed: bool = False
) -> Iterator[Problem]:
    known = set(known)
    for index, name in enumerate(names):
        if name not in known:
            message = f"there is no {noun} {quoted(name)}{where}"
            yield Problem((*at, name if keyed else index), message, suggest(name, known))
