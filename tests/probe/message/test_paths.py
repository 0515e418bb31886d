"""Dotted paths."""

from typing import Any

import pytest

from linkprobe.probe.message.paths import at, texts, word

DOCUMENT = {
    "data": {"items": [{"t": "a"}, {"t": "b"}, {}]},
    "map": {"x": {"t": 1}, "y": {"t": 2}},
    "0": "zero",
    "empty": "",
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("", DOCUMENT),
        ("data.items.1.t", "b"),
        ("data.items.*.t", ["a", "b"]),
        ("map.*.t", [1, 2]),
        ("0", "zero"),
        ("data.items.9.t", None),
        ("data.items.9.t|data.items.0.t", "a"),
        ("none|empty|0", "zero"),
        ("none|empty", None),
        ("data.nothing.t", None),
        ("data.items.t", None),
    ],
)
def test_a_path_leads_to_its_value(path: str, value: Any) -> None:
    assert at(DOCUMENT, path) == value


def test_texts_are_found_at_any_depth_of_lists() -> None:
    assert texts(["a", ["b", 1, None], {"c": "d"}]) == ("a", "b")


@pytest.mark.parametrize(("value", "written"), [(0, "0"), (True, "true"), ("x", "x"), (None, ""), ([], ""), ({}, "")])
def test_a_scalar_is_written_as_the_platform_writes_it(value: Any, written: str) -> None:
    assert word(value) == written
