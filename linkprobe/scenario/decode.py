"""Plain data to the words of the model, strictly; a mismatch becomes an error with its line and a suggestion."""

import re
from enum import Enum
from typing import Any, NamedTuple, TypeVar

import msgspec
import msgspec.inspect as shapes

from linkprobe.scenario.document import Document, Place
from linkprobe.scenario.errors import ScenarioError
from linkprobe.scenario.names import quoted, suggest

T = TypeVar("T")

_MESSAGE = re.compile(r"(?P<what>.*?)(?: - at `(?P<at>\$.*)`)?", re.DOTALL)
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]|(?P<any>\[\.\.\.\])")
_UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(\w+)`")
_NO_SUCH = re.compile(r"Invalid (?:enum )?value (?:'(?P<text>.*)'|(?P<bare>.*))", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(?P<wanted>[^`]+)`(?: of length (?P<length>\d+))?, got `?(?P<got>\w+)`?")

_NOUNS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a mapping",
    "null": "empty",
}


_INTO_TEXT = {"object": "quote a text that begins with '{'", "array": "write it without brackets"}
_INTO_VALUE = {"str": "write it without quotes, booleans as true or false"}


def decode(document: Document, shape: type[T]) -> T:
    """The document as a `shape`. Raises ScenarioError with the line and what would be right."""
    try:
        return msgspec.convert(document.data, shape, strict=True)
    except msgspec.ValidationError as error:
        raise _Mismatch.of(document, shape, str(error)).error() from error


class _Mismatch(NamedTuple):
    """What msgspec found, and the exact place of it, with what was allowed there."""

    document: Document
    at: Place
    what: str
    allowed: shapes.Type

    @classmethod
    def of(cls, document: Document, shape: type[Any], message: str) -> "_Mismatch":
        found = _MESSAGE.fullmatch(message)
        assert found
        at = _exact_place(document.data, shape, found["at"] or "$")
        return cls(document, at, found["what"], _shape_at(shapes.type_info(shape), document.data, at))

    def error(self) -> ScenarioError:
        if found := _UNKNOWN.fullmatch(self.what):
            return self.unknown_key(found[1])
        if found := _MISSING.fullmatch(self.what):
            return self.missing_key(found[1])
        if found := _NO_SUCH.fullmatch(self.what):
            return self.no_such_value(found["text"] if found["bare"] is None else found["bare"])
        if found := _EXPECTED.fullmatch(self.what):
            return self.other_kind(found["wanted"], found["length"], found["got"])
        return self.document.error(self.at, f"{self.name()}: {self.what}")

    def unknown_key(self, key: str) -> ScenarioError:
        remedy = suggest(key, _keys(self.allowed))
        if " " in key and _get(self.document.data, self.at)[key] is None:
            remedy = "inside braces a comma begins a new key: quote the text"
        return self.document.error((*self.at, key), f"unknown key {quoted(key)}", remedy)

    def missing_key(self, key: str) -> ScenarioError:
        known = _tags(self.allowed)
        remedy = f"add it, one of {', '.join(known)}" if key == "kind" and known else f"add '{key}: …'"
        return self.document.error(self.at, f"the key {quoted(key)} is missing{self.inside()}", remedy)

    def no_such_value(self, value: str) -> ScenarioError:
        known = _values(self.allowed)
        return self.document.error(self.at, f"{self.name()} cannot be {quoted(value)}", suggest(value, known))

    def other_kind(self, wanted: str, length: str | None, got: str) -> ScenarioError:
        nouns = " or ".join(_NOUNS[part] for part in wanted.split(" | ") if part != "null")
        if length is not None:
            nouns += f" of {length}"
        message = f"{self.name()} must be {nouns}, not {_NOUNS.get(got, got)}"
        return self.document.error(self.at, message, _remedy(wanted, got))

    def name(self) -> str:
        named = [step for step in self.at if isinstance(step, str)]
        if not named:
            return "the file"
        item = f"item {self.at[-1] + 1} of " if isinstance(self.at[-1], int) else ""
        return item + quoted(named[-1])

    def inside(self) -> str:
        return f" in {self.name()}" if self.at else ""


def _remedy(wanted: str, got: str) -> str:
    if got == "null":
        return "give it a value, or leave the key out"
    if "str" in wanted:
        return _INTO_TEXT.get(got, "put it in quotes")
    if "array" in wanted:
        return "write it in brackets, [a, b], or one '- a' a line"
    if "object" in wanted:
        return "write 'key: value' lines below it"
    return _INTO_VALUE.get(got, "write it without brackets")


def _exact_place(data: Any, shape: type[Any], pattern: str) -> Place:
    """msgspec writes `[...]` for a mapping's key: it is the first entry that fails when it stands there alone."""
    at: list[str | int] = []
    for step in _STEP.finditer(pattern):
        if step["any"]:
            at.append(_culprit(data, shape, tuple(at)))
        else:
            at.append(step["name"] or int(step["index"]))
    return tuple(at)


def _culprit(data: Any, shape: type[Any], at: Place) -> str:
    for key, value in _get(data, at).items():
        try:
            msgspec.convert(_with(data, at, {key: value}), shape, strict=True)
        except msgspec.ValidationError:
            return str(key)
    raise AssertionError(f"every entry at {at} is right by itself")


def _get(data: Any, at: Place) -> Any:
    for step in at:
        data = data[step]
    return data


def _with(data: Any, at: Place, value: Any) -> Any:
    """A copy of `data` in which the entry at `at` is `value`."""
    if not at:
        return value
    copy = data.copy()
    copy[at[0]] = _with(data[at[0]], at[1:], value)
    return copy


def _shape_at(shape: shapes.Type, data: Any, at: Place) -> shapes.Type:
    """The type that msgspec expects at `at`."""
    for index, step in enumerate(at):
        shape = _inner(shape, data, step)
        data = data[step] if index + 1 < len(at) or _has(data, step) else None
    return _one(shape, data)


def _has(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else True


def _inner(shape: shapes.Type, data: Any, step: str | int) -> shapes.Type:
    match _one(shape, data):
        case shapes.StructType(fields=fields) as struct:
            return next((field.type for field in fields if field.encode_name == step), struct)  # its tag is no field
        case shapes.DictType(value_type=inner_type) | shapes.VarTupleType(item_type=inner_type):
            return inner_type
        case shapes.TupleType(item_types=item_types):
            return item_types[int(step)]
        case other:
            return other


def _one(shape: shapes.Type, data: Any) -> shapes.Type:
    """The member of a union that `data` was taken for; the union itself where that stays open."""
    if not isinstance(shape, shapes.UnionType):
        return shape
    for member in shape.types:
        if isinstance(member, shapes.StructType) and _taken_for(member, data):
            return member
        if isinstance(member, shapes.VarTupleType) and isinstance(data, list):
            return member
    return shape


def _taken_for(member: shapes.StructType, data: Any) -> bool:
    return isinstance(data, dict) and (member.tag_field is None or data.get(member.tag_field) == member.tag)


def _keys(shape: shapes.Type) -> list[str]:
    assert isinstance(shape, shapes.StructType)
    tag = [shape.tag_field] if shape.tag_field else []
    return tag + [field.encode_name for field in shape.fields]


def _tags(shape: shapes.Type) -> list[str]:
    members = shape.types if isinstance(shape, shapes.UnionType) else (shape,)
    return [str(member.tag) for member in members if isinstance(member, shapes.StructType) and member.tag]


def _values(shape: shapes.Type) -> list[str]:
    members = shape.types if isinstance(shape, shapes.UnionType) else (shape,)
    enums = [member.cls for member in members if isinstance(member, shapes.EnumType)]
    return [str(value.value) for enum in enums for value in enum if isinstance(value, Enum)] + _tags(shape)
