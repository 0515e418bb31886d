"""YAML text to plain data with the line of every entry. Scalars follow YAML 1.2: only true and false are booleans."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeAlias

import yaml

from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.names import quoted

Place: TypeAlias = tuple[str | int, ...]
"""Keys and indices from the top of a file down to an entry."""

LONGEST_TEXT = 1 << 20
"""Characters of one file. The largest shipped file has some ten thousand."""
MOST_VALUES = 100_000
"""Values of one file with every alias written out, which stops alias bombs."""
DEEPEST = 40
"""Levels of nesting. Scenario files need about eight, a JSON body to send a few more."""

_PARSER = getattr(yaml, "CLoader", yaml.Loader)
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class Marks(NamedTuple):
    """The line on which a value begins, counted from 1, and the marks of what it holds."""

    line: int
    inner: Mapping[str | int, "Marks"]


class Document(NamedTuple):
    """One file's plain data and where in the file each part of it stands."""

    path: Path | None
    data: Any
    marks: Marks

    def line(self, at: Place) -> int:
        """The line of the entry at `at`, or of the innermost part of it that the file has."""
        marks = self.marks
        for step in at:
            if step not in marks.inner:
                break
            marks = marks.inner[step]
        return marks.line

    def error(self, at: Place, message: str, remedy: str = "") -> ScenarioError:
        """An error that points at the entry `at`."""
        return ScenarioError(message, remedy, path=self.path, line=self.line(at))


def parse(text: str, path: Path | None = None) -> Document:
    """Read one YAML document. Raises ScenarioError for anything that is not plain data of a reasonable size."""
    if len(text) > LONGEST_TEXT:
        raise ScenarioError(f"the file has more than {LONGEST_TEXT} characters", "split it", path=path)
    builder = _Builder(path)
    try:
        return builder.build(yaml.parse(text, Loader=_PARSER))
    except yaml.MarkedYAMLError as error:
        raise _malformed(error, path) from error
    except yaml.YAMLError as error:
        raise ScenarioError("a character that YAML does not allow", "remove control characters", path=path) from error


def _malformed(error: yaml.MarkedYAMLError, path: Path | None) -> ScenarioError:
    mark = error.problem_mark or error.context_mark
    problem = error.problem or error.context or "unreadable"
    remedy = "check indentation, brackets and quotes; quote a text that holds ': ' or begins with a special character"
    return ScenarioError(f"not valid YAML: {problem}", remedy, path=path, line=mark.line + 1 if mark else None)


def scalar(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar means. Dates, times, yes, no and numbers with leading zeros stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


class _Value(NamedTuple):
    data: Any
    marks: Marks
    size: int


class _Frame:
    """A list or mapping that is being filled."""

    def __init__(self, data: list[Any] | dict[str, Any], line: int, anchor: str | None) -> None:
        self.data = data
        self.line = line
        self.anchor = anchor
        self.inner: dict[str | int, Marks] = {}
        self.size = 1
        self.key: str | None = None
        self.key_line = line

    @property
    def wants_key(self) -> bool:
        return isinstance(self.data, dict) and self.key is None

    def add(self, value: _Value) -> None:
        self.size += value.size
        if isinstance(self.data, list):
            self.inner[len(self.data)] = value.marks
            self.data.append(value.data)
            return
        assert self.key is not None
        self.inner[self.key] = Marks(self.key_line, value.marks.inner)
        self.data[self.key] = value.data
        self.key = None

    def value(self) -> _Value:
        return _Value(self.data, Marks(self.line, self.inner), self.size)


class _Builder:
    """Fills lists and mappings from the parser's events, without recursion: hostile nesting costs no stack."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.stack: list[_Frame] = []
        self.anchors: dict[str, _Value] = {}
        self.root: _Value | None = None

    def build(self, events: Iterable[Any]) -> Document:
        for event in events:
            self.take(event)
        if self.root is None:
            raise ScenarioError("the file is empty", "write a platform, targets, world or scenario", path=self.path)
        return Document(self.path, self.root.data, self.root.marks)

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self.take_scalar(event)
            case yaml.AliasEvent():
                self.put(self.known(event), event)
            case yaml.MappingStartEvent():
                self.open({}, event)
            case yaml.SequenceStartEvent():
                self.open([], event)
            case yaml.CollectionEndEvent():
                self.close(event)
            case yaml.DocumentStartEvent() if self.root is not None:
                self.fail(event, "a second document in one file", "keep one document a file, without '---' between")
            case _:
                pass

    def take_scalar(self, event: Any) -> None:
        self.refuse_tag(event)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.wants_key:
            self.take_key(frame, event)
            return
        data = scalar(event.value) if event.implicit[0] else event.value
        value = _Value(data, Marks(_line(event), {}), 1)
        self.put(value, event)
        self.remember(event.anchor, value)

    def take_key(self, frame: _Frame, event: Any) -> None:
        key = event.value
        if key in frame.data:
            first = frame.inner[key].line
            self.fail(event, f"the key {quoted(key)} stands here twice", f"it is on line {first} already")
        if key == "<<":
            self.fail(event, "merge keys ('<<') are not part of YAML 1.2", "write the keys out")
        frame.key, frame.key_line = key, _line(event)

    def open(self, data: list[Any] | dict[str, Any], event: Any) -> None:
        self.refuse_tag(event)
        if self.stack and self.stack[-1].wants_key:
            self.fail(event, "a list or mapping stands where a key belongs", "quote a key that begins with '[' or '{'")
        if len(self.stack) >= DEEPEST:
            self.fail(event, f"nested deeper than {DEEPEST} levels", "flatten it")
        self.stack.append(_Frame(data, _line(event), event.anchor))

    def close(self, event: Any) -> None:
        frame = self.stack.pop()
        value = frame.value()
        self.put(value, event)
        self.remember(frame.anchor, value)

    def put(self, value: _Value, event: Any) -> None:
        if value.size > MOST_VALUES:
            self.fail(event, f"more than {MOST_VALUES} values", "split the file, or write it without aliases")
        if not self.stack:
            self.root = value
            return
        if self.stack[-1].wants_key:
            self.fail(event, "an alias stands where a key belongs", "write the key out")
        self.stack[-1].add(value)

    def known(self, event: Any) -> _Value:
        found = self.anchors.get(event.anchor)
        if found is None:
            self.fail(
                event, f"the alias {quoted('*' + event.anchor)} has no anchor before it", "quote it if it is text"
            )
        return found._replace(marks=Marks(_line(event), found.marks.inner))

    def remember(self, anchor: str | None, value: _Value) -> None:
        if anchor is not None:
            self.anchors[anchor] = value

    def refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            self.fail(event, f"the tag {quoted(event.tag)} is not understood", "leave it out, or quote the text")

    def fail(self, event: Any, message: str, remedy: str) -> NoReturn:
        raise ScenarioError(message, remedy, path=self.path, line=_line(event))


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1
