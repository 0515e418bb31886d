"""From an invocation to the cases of a round."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import Invocation, Mode
from linkprobe.model import Case, Target, Vantage, World
from linkprobe.scenario import Catalogue, load_catalogue, load_scenarios, read_world, shipped
from linkprobe.scenario.names import quoted, suggest


class Plan(NamedTuple):
    """What is to be measured. `world` is None outside the lab."""

    cases: tuple[Case, ...]
    catalogue: Catalogue
    world: World | None


def plan(invocation: Invocation, catalogue: Catalogue | None = None) -> Plan:
    """The cases asked for; `catalogue` is theirs where it has been loaded before.

    Raises `ScenarioError` for bad files, `Refused` where no case is left.
    """
    folders = [shipped(), *map(Path, invocation.catalog)]
    catalogue = catalogue or load_catalogue(*folders)
    world = read_world(invocation.world_asked, catalogue) if invocation.world_asked else None
    cases = _links(invocation, catalogue) if invocation.urls else _scenarios(invocation, catalogue, world, folders)
    if invocation.mode is Mode.LIVE:
        cases = tuple(case for case in cases if not case.platform.fictitious)
    return Plan(_chosen(cases, invocation), catalogue, world)


def _scenarios(
    invocation: Invocation, catalogue: Catalogue, world: World | None, folders: list[Path]
) -> tuple[Case, ...]:
    asked = invocation.scenarios or (world.scenarios if world else ()) or tuple(_with_scenarios(folders))
    return load_scenarios(map(Path, asked), catalogue, on=world.date if world else "")


def _with_scenarios(folders: list[Path]) -> list[str]:
    """The shipped suites, and those of catalogues that have some."""
    own, *others = folders
    return [str(own), *(str(folder) for folder in others if any(_suites(folder)))]


def _suites(folder: Path) -> list[Path]:
    apart = {"platforms", "targets", "policies", "worlds"}
    return [path for path in folder.rglob("*.yaml") if path.relative_to(folder).parts[0] not in apart]


def _links(invocation: Invocation, catalogue: Catalogue) -> tuple[Case, ...]:
    """Every link on every surface of every platform, with a neutral link of the catalogue's beside it."""
    neutral = next((target for target in catalogue.targets.values() if target.neutral), None)
    targets = {url: _link(url, catalogue) for url in map(_with_scheme, invocation.urls)}
    return tuple(
        Case(
            scenario="check",
            platform=platform,
            surface_id=surface,
            target=target,
            neutral=neutral,
            vantage=Vantage(),
        )
        for target in targets.values()
        for platform in catalogue.platforms.values()
        for surface in platform.surfaces
    )


def _link(url: str, catalogue: Catalogue) -> Target:
    """The catalogue's target of this URL, else one made for it, of which nothing is known."""
    known = (target for target in catalogue.targets.values() if target.url == url)
    return next(known, None) or Target(id=url.split("://", 1)[1].rstrip("/"), url=url, category="links")


def _with_scheme(url: str) -> str:
    full = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(full)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise Refused(f"{quoted(url)} is no link: give an address such as https://example.org/page")
    return full


def _chosen(cases: tuple[Case, ...], invocation: Invocation) -> tuple[Case, ...]:
    for noun, asked, name in _filters(invocation):
        known = {name(case) for case in cases}
        for one in asked:
            if one not in known:
                raise Refused(f"no case has the {noun} {quoted(one)}; {suggest(one, known)}")
        cases = tuple(case for case in cases if not asked or name(case) in asked)
    if not cases:
        raise Refused("no case is left to probe: name scenarios, or ask for less")
    return cases


def _filters(invocation: Invocation) -> list[tuple[str, tuple[str, ...], Callable[[Case], str]]]:
    return [
        ("platform", invocation.platforms, lambda case: case.platform.id),
        ("surface", invocation.surfaces, lambda case: case.surface_id),
        ("target", invocation.targets, lambda case: case.target.id),
        ("vantage", invocation.vantages, lambda case: case.vantage.id),
    ]
