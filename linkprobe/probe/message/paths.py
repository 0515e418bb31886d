"""Dotted paths into a JSON document: `data.items`, `0.text`, `*` for every entry, `a|b` for the first that is there."""

from typing import Any


def at(document: Any, path: str) -> Any:
    """The value at `path`, or None. Beyond a `*` it is the list of all values there; an empty path is the whole.

    Of several paths, with bars between them, the first that leads to something other than an empty text counts.
    """
    if "|" in path:
        found = (at(document, one) for one in path.split("|"))
        return next((value for value in found if value not in (None, "")), None)
    if not path:
        return document
    first, _, rest = path.partition(".")
    if first == "*":
        each = (at(entry, rest) for entry in entries(document))
        return [value for value in each if value is not None]
    return at(_step(document, first), rest)


def texts(value: Any) -> tuple[str, ...]:
    """The strings in a value, at any depth of lists."""
    if isinstance(value, str):
        return (value,)
    return tuple(text for part in value for text in texts(part)) if isinstance(value, list) else ()


def word(value: Any) -> str:
    """A scalar as the platform writes it; empty for nothing, objects and lists."""
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case _:
            return ""


def entries(document: Any) -> list[Any]:
    """The entries of a list or the values of an object."""
    match document:
        case list():
            return document
        case dict():
            return list(document.values())
        case _:
            return []


def _step(document: Any, name: str) -> Any:
    if isinstance(document, dict):
        return document.get(name)
    if isinstance(document, list) and name.isdecimal() and int(name) < len(document):
        return document[int(name)]
    return None
