"""Reading the files: catalogues, scenarios and worlds. The only I/O of this layer."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

import msgspec

from linkprobe.model import Case, Platform, Policy, Scenario, Target, Vantage, World
from linkprobe.scenario.catalogue import SHAPES, Catalogue, Kind, TargetsFile, VantagesFile, kind_of
from linkprobe.scenario.check import problems
from linkprobe.scenario.check_policy import policy_name_problems
from linkprobe.scenario.complete import complete
from linkprobe.scenario.decode import decode
from linkprobe.scenario.document import LONGEST_TEXT, Document, Place, parse
from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.expand import expand
from linkprobe.scenario.names import quoted, suggest
from linkprobe.scenario.problem import Problem
from linkprobe.scenario.worlds import world_problems

S = TypeVar("S", Policy, Scenario, World)
T = TypeVar("T", Platform, Target, Vantage, World)
Content: TypeAlias = Platform | TargetsFile | VantagesFile | Scenario | World | Policy

CATALOGUE_FOLDERS = ("platforms", "targets", "policies", "worlds")
"""Folders of a catalogue that hold no scenarios."""
_SUFFIXES = (".yaml", ".yml")
_ACCOUNTS = re.compile(rb"^accounts\s*:", re.MULTILINE)


class Read(NamedTuple):
    """A file's content and the document it was read from."""

    content: Content
    document: Document


def shipped() -> Path:
    """The folder of the shipped catalogue: inside an installed package, else at the root of a checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "catalogue"
    return installed if installed.is_dir() else package.parent / "scenarios"


def load_catalogue(*folders: Path) -> Catalogue:
    """Everything declared in these folders; what a later folder declares replaces the same id of an earlier one.

    A folder holds `platforms/`, `targets/`, `worlds/` and `vantages.yaml`, or such files side by side. Raises
    ScenarioError for a file that cannot be used and for a world that names what is not there.
    """
    catalogue = Catalogue()
    worlds: dict[str, tuple[World, Document]] = {}
    for folder in folders:
        found = [read_file(path) for path in _catalogue_files(folder)]
        catalogue = _merged(catalogue, found)
        worlds |= {content.id: (content, where) for content, where in found if isinstance(content, World)}
    for world, document in worlds.values():
        _raise_first(document, _names_problems(world, catalogue))
    return catalogue


def load_scenarios(paths: Iterable[Path], catalogue: Catalogue, *, on: str = "") -> tuple[Case, ...]:
    """The cases of scenario files, or of all of them below folders, each cell once, sorted within each file.

    `on` is the ISO date for which known outcomes are looked up, a lab world's date; without it, those that have ended
    do not count. Raises ScenarioError for a bad file, an unknown name, or files that contradict each other.
    """
    cases: dict[tuple[str, str, str, str], tuple[Case, Document]] = {}
    scenarios: dict[str, Document] = {}
    for path in scenario_files(paths):
        scenario, document = _read_as(Scenario, path)
        _refuse_second(scenarios, scenario.id, document, ("scenario",), "scenario")
        for case in expand(scenario, document, catalogue, on):
            first = cases.setdefault(case.key, (case, document))
            _refuse_contradiction(first, case, document)
    return tuple(case for case, _ in cases.values())


def read_world(name_or_path: str | Path, catalogue: Catalogue) -> World:
    """A world of the catalogue by its name, or any world by its file. Raises ScenarioError where there is none."""
    name = str(name_or_path)
    if name in catalogue.worlds:
        return catalogue.worlds[name]
    if not name.endswith(_SUFFIXES):
        raise ScenarioError(f"there is no world {quoted(name)}", suggest(name, catalogue.worlds))
    world, document = _read_as(World, Path(name))
    _raise_first(document, _names_problems(world, catalogue))
    return world


def read_policy(name_or_path: str | Path, folders: Iterable[Path], catalogue: Catalogue) -> Policy:
    """A policy by the name of its file in `policies/` of these catalogues, or any by its path; a later folder counts.

    Raises ScenarioError where there is none, and for names in it that the catalogue does not bear.
    """
    name = str(name_or_path)
    known = {path.stem: path for folder in folders for path in _yaml_below(folder / "policies")}
    if name not in known and not name.endswith(_SUFFIXES):
        raise ScenarioError(f"there is no policy {quoted(name)}", suggest(name, known))
    policy, document = _read_as(Policy, known.get(name, Path(name)))
    _raise_first(document, policy_name_problems(policy, catalogue))
    return policy


def read_file(path: Path) -> Read:
    """Any one file, checked for all that shows without other files."""
    document = _document(path)
    read = _content(document)
    _raise_first(document, problems(read.content))
    return read


def faults(path: Path, catalogue: Catalogue) -> tuple[ScenarioError, ...]:
    """Everything wrong with one file, its names looked up in `catalogue`; empty where it can be used."""
    try:
        content, document = _content(_document(path))
        found = list(problems(content))
        if isinstance(content, World):
            found += _names_problems(content, catalogue)
        if isinstance(content, Policy):
            found += policy_name_problems(content, catalogue)
        if isinstance(content, Scenario) and not found:
            expand(content, document, catalogue)
    except ScenarioError as error:
        return (error,)
    return tuple(document.error(*problem) for problem in found)


def _names_problems(world: World, catalogue: Catalogue) -> list[Problem]:
    """Names in a world that neither the catalogue nor the scenarios it is audited with declare."""
    found = list(world_problems(world, catalogue))
    return list(world_problems(world, _with_declared(world, catalogue))) if found else found


def _with_declared(world: World, catalogue: Catalogue) -> Catalogue:
    """The catalogue with what the world's scenarios declare in place; a platform has the surfaces of both."""
    scenarios = [_read_as(Scenario, path)[0] for path in scenario_files(map(Path, world.scenarios))]
    platforms = dict(catalogue.platforms)
    for platform in (complete(each) for scenario in scenarios for each in scenario.platforms):
        known = platforms.get(platform.id, platform)
        platforms[platform.id] = msgspec.structs.replace(
            platform,
            surfaces={**known.surfaces, **platform.surfaces},
            share_dialogs={**known.share_dialogs, **platform.share_dialogs},
        )
    targets = {each.id: each for scenario in scenarios for each in scenario.define}
    vantages = {each.id: each for scenario in scenarios for each in scenario.define_vantages}
    return msgspec.structs.replace(
        catalogue,
        platforms=platforms,
        targets={**catalogue.targets, **targets},
        vantages={**catalogue.vantages, **vantages},
    )


def _document(path: Path) -> Document:
    try:
        with path.open("rb") as file:
            data = file.read(4 * LONGEST_TEXT + 1)
    except OSError as error:
        raise ScenarioError(f"cannot be read: {error.strerror}", "check the path", path=path) from error
    if _ACCOUNTS.search(data):
        # Nothing more is said of such a file: what is wrong in it could quote a secret.
        raise ScenarioError("this file holds accounts", "linkprobe doctor --accounts checks them", path=path)
    try:
        return parse(data.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ScenarioError("not UTF-8", "save the file in UTF-8", path=path, line=line) from error


def _content(document: Document) -> Read:
    kind = kind_of(document.data)
    if kind is None:
        keys = ", ".join(f"'{each.value}:'" for each in Kind)
        raise document.error(
            (), "neither platform, targets, world, policy, scenario nor vantages", f"begin with one of {keys}"
        )
    content = decode(document, SHAPES[kind])
    if isinstance(content, World):
        content = _with_paths(content, document)
    return Read(content, document)


def _with_paths(world: World, document: Document) -> World:
    """The world with its scenarios as paths that can be opened from anywhere; they are relative to its catalogue."""
    assert document.path
    folder = document.path.resolve().parent
    base = folder.parent if folder.name == "worlds" else folder
    for index, name in enumerate(world.scenarios):
        if not (base / name).exists():
            near = (path.name for path in (base / name).parent.glob("*"))
            raise document.error(
                ("scenarios", index), f"there is no file or folder {quoted(name)}", suggest(name, near)
            )
    return msgspec.structs.replace(world, scenarios=tuple(str(base / name) for name in world.scenarios))


def _read_as(shape: type[S], path: Path) -> tuple[S, Document]:
    content, document = read_file(path)
    if not isinstance(content, shape):
        held, wanted = type(content).__name__.lower(), shape.__name__.lower()
        raise document.error((), f"a {held} stands where a {wanted} belongs", f"begin the file with '{wanted}:'")
    return content, document


def _raise_first(document: Document, found: Iterable[Problem]) -> None:
    for problem in found:
        raise document.error(*problem)


def _catalogue_files(folder: Path) -> Iterator[Path]:
    """The platform, targets, world and vantages files of a folder."""
    files = list(_yaml_below(folder, deep=False))
    for name in ("platforms", "targets", "worlds"):
        if (folder / name).is_dir():
            files += _yaml_below(folder / name)
    if not files:
        remedy = "it should hold platforms/, targets/, worlds/ or such files"
        raise ScenarioError("no catalogue here", remedy, path=folder)
    return iter(files)


def scenario_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Scenario files among `paths` and below the folders among them, each once."""
    seen: set[Path] = set()
    for path in paths:
        for file in _scenarios_below(path) if path.is_dir() else (path,):
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def _scenarios_below(folder: Path) -> list[Path]:
    found = [path for path in _yaml_below(folder) if not _is_catalogue(path.relative_to(folder))]
    if not found:
        raise ScenarioError("no scenario files here", "name a file, or a folder with *.yaml files", path=folder)
    return found


def _is_catalogue(path: Path) -> bool:
    return path.parts[0] in CATALOGUE_FOLDERS or path.stem == "vantages"


def _yaml_below(folder: Path, *, deep: bool = True) -> list[Path]:
    files = folder.rglob("*") if deep else folder.glob("*")
    return sorted(path for path in files if path.suffix in _SUFFIXES and path.is_file() and path.name[0] != ".")


def _merged(catalogue: Catalogue, found: list[Read]) -> Catalogue:
    return Catalogue(
        platforms={**catalogue.platforms, **{name: complete(each) for name, each in _named(found, Platform).items()}},
        targets={**catalogue.targets, **_named(found, Target)},
        vantages={**catalogue.vantages, **_named(found, Vantage)},
        worlds={**catalogue.worlds, **_named(found, World)},
    )


def _named(found: list[Read], shape: type[T]) -> dict[str, T]:
    named: dict[str, T] = {}
    documents: dict[str, Document] = {}
    for content, document in found:
        for at, item in _items(content):
            if isinstance(item, shape):
                _refuse_second(documents, item.id, document, at, shape.__name__.lower())
                named[item.id] = item
    return named


def _items(content: Content) -> Iterator[tuple[Place, Content | Target | Vantage]]:
    match content:
        case TargetsFile(targets=items):
            yield from ((("targets", index), item) for index, item in enumerate(items))
        case VantagesFile(vantages=items):
            yield from ((("vantages", index), item) for index, item in enumerate(items))
        case _:
            yield (), content


def _refuse_second(documents: dict[str, Document], name: str, document: Document, at: Place, noun: str) -> None:
    first = documents.setdefault(name, document)
    if first is not document:
        raise document.error(at, f"the {noun} {quoted(name)} is declared in {first.path} too", "rename one of them")


def _refuse_contradiction(first: tuple[Case, Document], case: Case, document: Document) -> None:
    """The same cell in two files is one cell, as long as they agree about it."""
    other, where = first
    if (other.salt, other.expect, other.known) != (case.salt, case.expect, case.known):
        name = "/".join(case.key)
        message = f"the cell {quoted(name)} stands differently in {where.path}"
        raise document.error((), message, "let one file name it, or make both the same")
