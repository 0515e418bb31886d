"""Scenario files as a tree of nodes: file, platform, surface, and one item for each link."""

import re
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from linkprobe.model import Case, MessageApi, Plane, PreviewApi, ShareDialog, WebClient, XmppChat
from linkprobe.pytest_plugin.item import CellItem
from linkprobe.pytest_plugin.source import Source
from linkprobe.pytest_plugin.state import choices_of
from linkprobe.scenario import ScenarioError

_BEGINNING = 1 << 16
_KEY = re.compile(rb"^[\"']?scenario[\"']?[ \t]*:", re.M)
_APART = frozenset({"platforms", "targets", "policies", "worlds"})


def is_scenario_file(path: Path, patterns: Iterable[str], *, named: bool) -> bool:
    """Whether a YAML file holds a scenario: by its place, unless it was `named` itself, and by its key."""
    if not named:
        place = path.as_posix()
        if path.parent.name in _APART or not any(fnmatchcase(place, f"*/{each}") for each in patterns):
            return False
    try:
        with path.open("rb") as file:
            return _KEY.search(file.read(_BEGINNING)) is not None
    except OSError:
        return False


class ScenarioFile(pytest.File):
    """A scenario file, read when its items are wanted."""

    def collect(self) -> Iterator["_Branch"]:
        """Its platforms."""
        try:
            cases = choices_of(self.config).cases(self.path)
            source = Source.of(self.path)
        except (ScenarioError, pytest.UsageError) as error:
            raise self.CollectError(str(error)) from error
        for platform, group in groupby(cases, key=lambda case: case.platform.id):
            yield Platform.from_parent(self, name=platform, cases=tuple(group), source=source)


class _Branch(pytest.Collector):
    """Cases that share the first parts of their name."""

    def __init__(self, *, cases: tuple[Case, ...], source: Source, **others: Any) -> None:
        super().__init__(**others)
        self._cases = cases
        self._source = source


class Platform(_Branch):
    """The cases of one platform."""

    def collect(self) -> Iterator["Surface"]:
        """Its surfaces."""
        for surface, group in groupby(self._cases, key=lambda case: case.surface_id):
            yield Surface.from_parent(self, name=surface, cases=tuple(group), source=self._source)


class Surface(_Branch):
    """The cases of one surface."""

    def collect(self) -> Iterator[CellItem]:
        """Its links."""
        for case in self._cases:
            item = CellItem.from_parent(self, name=_name(case), case=case, source=self._source)
            for mark, told in _marks(case):
                self.config.addinivalue_line("markers", f"{mark}: {told}")
                item.add_marker(mark)
            yield item


def _name(case: Case) -> str:
    return case.target.id if case.vantage.id == "here" else f"{case.target.id}@{case.vantage.id}"


def _marks(case: Case) -> Iterator[tuple[str, str]]:
    """What `-m` selects by, and what it stands for."""
    yield "linkprobe", "a cell of a linkprobe scenario"
    yield f"platform_{case.platform.id}", f"links in {case.platform.id}"
    yield f"surface_{case.surface_id}", f"links on a surface called {case.surface_id}"
    yield f"category_{case.target.category}", f"links to {case.target.category}"
    for plane in _planes(case):
        yield f"plane_{plane}", f"cells in which the plane {plane} is looked at"


def _planes(case: Case) -> tuple[Plane, ...]:
    match case.surface:
        case MessageApi(read=None) | ShareDialog():
            return (Plane.SEND,)
        case MessageApi() | XmppChat() | WebClient():
            return (Plane.SEND, Plane.DISPLAY, Plane.OPEN)
        case PreviewApi():
            return (Plane.DISPLAY,)
        case _:
            return (Plane.OPEN,)
