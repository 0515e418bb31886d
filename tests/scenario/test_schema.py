"""The JSON Schema for editors says the same as the loader."""

import json
from typing import Any

import pytest

from linkprobe.model import Cause, Treatment
from linkprobe.scenario import Kind, json_schema


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(json_schema()))
    return found


def branches(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [schema["$defs"][branch["$ref"].removeprefix("#/$defs/")] for branch in schema["anyOf"]]


def test_there_is_a_branch_for_every_kind_of_file_and_it_needs_the_kinds_key(schema: dict[str, Any]) -> None:
    found = branches(schema)

    assert len(found) == len(Kind) + 1
    assert all(kind.value in branch["required"] for kind, branch in zip(Kind, found, strict=False))
    assert found[-1]["required"] == ["accounts"]


def test_no_branch_takes_unknown_keys(schema: dict[str, Any]) -> None:
    assert all(branch["additionalProperties"] is False for branch in branches(schema))


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    text = json.dumps(schema)
    names = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}

    assert names <= set(schema["$defs"])


@pytest.mark.parametrize("words", [Cause, Treatment])
def test_closed_vocabularies_are_listed_for_completion(
    words: type[Cause] | type[Treatment], schema: dict[str, Any]
) -> None:
    assert set(schema["$defs"][words.__name__]["enum"]) == {word.value for word in words}
