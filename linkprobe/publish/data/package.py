"""datapackage.json: what the tables hold, for tools of the Frictionless kind (Data Package v2)."""

import hashlib
import json
from typing import Any

from linkprobe import __version__
from linkprobe.publish.data.tables import CELLS, FINDINGS, OBSERVATIONS, Field
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.names import segment

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CELL_KEY = ["platform", "surface", "target", "vantage"]


def datapackage(edition: Edition, cells: File, findings: File, observations: File) -> bytes:
    """The description of the three tables, with their sizes and hashes."""
    refers = [{"fields": _CELL_KEY, "reference": {"resource": "cells", "fields": _CELL_KEY}}]
    package = {
        "$schema": _PROFILE,
        "name": f"linkprobe-{segment(edition.record.id)}".lower().replace("~", "-"),
        "title": f"Link matrix, round {edition.record.id}",
        "description": _description(edition),
        "version": __version__,
        "created": edition.when,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "contributors": [{"title": f"linkprobe {__version__}, rule set {edition.record.rules or 0}"}],
        "resources": [
            _resource("cells", cells, _schema(CELLS) | {"primaryKey": _CELL_KEY}),
            _resource("findings", findings, _schema(FINDINGS) | {"foreignKeys": refers}),
            _resource("observations", observations, _schema(OBSERVATIONS) | {"primaryKey": ["task"]}),
        ],
    }
    return (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def _description(edition: Edition) -> str:
    if edition.simulated:
        return f"SIMULATED: measured in linkprobe's lab, world {edition.world}. Says nothing about real platforms."
    return "What platforms do to links that point at other services: cells, findings and the observations behind them."


def _resource(name: str, file: File, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "type": "table",
        "path": file.path.rsplit("/", 1)[-1],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(file.content),
        "hash": f"sha256:{hashlib.sha256(file.content).hexdigest()}",
        "schema": schema,
    }


def _schema(fields: tuple[Field[Any], ...]) -> dict[str, Any]:
    described = [{"name": field.name, "type": field.type, "description": field.meaning} for field in fields]
    return {"fields": described, "missingValues": [""]}
