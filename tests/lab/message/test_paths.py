from typing import Any

import pytest

from linkprobe.lab.message.paths import place, place_each
from linkprobe.probe.message.paths import at


@pytest.mark.parametrize("path", ["text", "data.items", "0.text", "data.1.og:title", "*.url", "a.*.b"])
def test_what_is_placed_is_found_there(path: str) -> None:
    found = at(place(None, path, "value"), path)

    assert found == (["value"] if "*" in path else "value")


def test_placing_keeps_what_is_there_already() -> None:
    root: Any = place(place({}, "card.title", "T"), "card.image.url", "U")

    assert root == {"card": {"title": "T", "image": {"url": "U"}}}


def test_an_empty_path_is_the_whole() -> None:
    assert place({"a": 1}, "", 2) == 2


@pytest.mark.parametrize("path", ["entities.*.url", "links", "a.b"])
@pytest.mark.parametrize("values", [[], ["x"], ["x", "y"]])
def test_several_values_are_found_together(path: str, values: list[str]) -> None:
    assert at(place_each({}, path, list(values)), path) == values


def test_of_several_paths_the_first_counts() -> None:
    assert place({}, "card.title|card.name", "T") == {"card": {"title": "T"}}
