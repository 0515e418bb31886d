"""A JSON Schema of all the files, for editors that complete and check while one writes."""

from typing import Any

import msgspec

from linkprobe.scenario.accounts import AccountsFile
from linkprobe.scenario.catalogue import SHAPES, Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """One schema that takes a platform, targets, world, policy, scenario, vantages or accounts file.

    The branches are tried by the key that names the kind, so that an editor reports faults of that kind only.
    """
    kinds = [*SHAPES.values(), AccountsFile]
    (*shapes, accounts), definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    branches = dict(zip(SHAPES, shapes, strict=True))
    return {
        "$schema": DIALECT,
        "title": "linkprobe file",
        "type": "object",
        "anyOf": [*(branches[kind] for kind in Kind), accounts],
        "$defs": definitions,
    }
