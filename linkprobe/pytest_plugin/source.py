"""The lines of a scenario file that a failure quotes."""

from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from linkprobe.model import Case, Known, Scenario
from linkprobe.scenario.document import Document, Place
from linkprobe.scenario.load import read_file
from linkprobe.scenario.rewrite import last_line

_MOST = 10


class Quoted(NamedTuple):
    """A line of a file, counted from 1."""

    number: int
    text: str


class Source(msgspec.Struct, frozen=True, dict=True):
    """A scenario file with the places of what is owed and known."""

    path: Path
    scenario: Scenario
    document: Document

    @classmethod
    def of(cls, path: Path) -> "Source":
        """Reads it. Raises `ScenarioError`."""
        content, document = read_file(path)
        assert isinstance(content, Scenario)
        return cls(path, content, document)

    @cached_property
    def _lines(self) -> list[str]:
        return self.path.read_text("utf-8-sig").splitlines()

    def line(self, case: Case) -> int:
        """Where the file says what the case is to be, counted from 1."""
        return self.document.line(self._place(case))

    def quoted(self, case: Case) -> list[Quoted]:
        """The lines that say so: the entry of the known outcome, what is expected, or the head of the file."""
        first = self.line(case)
        last = last_line(self._lines, first) if case.known is not None else first
        return [Quoted(number, self._lines[number - 1]) for number in range(first, min(last, first + _MOST) + 1)]

    def _place(self, case: Case) -> Place:
        if case.known is not None:
            return ("known", self._index(case.known))
        return ("expect",) if case.expect is not None else ("scenario",)

    def _index(self, known: Known) -> int:
        return max(index for index, each in enumerate(self.scenario.known) if each == known)
