"""Dotted paths as the catalogue writes them, turned round: a JSON document in which a path leads to a value. Pure."""

from typing import Any

Json = Any
_MISSING = object()


def place(root: Json, path: str, value: Json) -> Json:
    """`root` with `value` at `path`; objects and lists are made on the way. `*` and numbers stand for list entries.

    An empty path puts the value in the place of the root; of several paths, with bars between them, the first counts.
    """
    path = path.partition("|")[0]
    if not path:
        return value
    first, _, rest = path.partition(".")
    if first == "*" or first.isdigit():
        index = 0 if first == "*" else int(first)
        made = list(root) if isinstance(root, list) else []
        made += [None] * (index + 1 - len(made))
        made[index] = place(made[index], rest, value)
        return made
    held = dict(root) if isinstance(root, dict) else {}
    return {**held, first: place(held.get(first), rest, value)}


def place_each(root: Json, path: str, values: list[Json]) -> Json:
    """`root` with all `values` under `path`: at its first `*`, or as a list where the path ends."""
    if not path:
        return values
    first, _, rest = path.partition(".")
    if first == "*":
        return [place(None, rest, value) for value in values]
    held = dict(root) if isinstance(root, dict) else {}
    return {**held, first: place_each(held.get(first), rest, values)}
