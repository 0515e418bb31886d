"""The matrix for machines. Keys are stable; a later version may add some and takes none away."""

import json
from collections.abc import Iterable
from typing import Any

from linkprobe.expectation import surprise
from linkprobe.matrix.plain import json_safe
from linkprobe.model import Cell, Finding, Plane


def as_json(cells: Iterable[Cell], *, version: str, rules: int, round_id: str) -> dict[str, Any]:
    """What `--json` writes: the round and its cells, each with everything that is concluded about it."""
    return {"linkprobe": version, "rules": rules, "round": round_id, "cells": [cell_as_json(cell) for cell in cells]}


def cell_as_json(cell: Cell) -> dict[str, Any]:
    """One cell. What is not there is null: a plane that was not reached, an expectation, news."""
    news = surprise(cell)
    return {
        "platform": cell.platform,
        "surface": cell.surface,
        "target": cell.target,
        "url": cell.url,
        "vantage": cell.vantage,
        "verdict": cell.verdict,
        "causes": list(cell.causes),
        "planes": {str(plane): cell.planes.get(plane) for plane in Plane},
        "fairness": list(cell.fairness),
        "findings": [_finding(finding) for finding in cell.findings],
        "attempts": cell.attempts,
        "flapping": cell.flapping,
        "evidence": list(cell.evidence),
        "category": cell.category,
        "owner": cell.owner,
        "role": cell.role,
        "reason": cell.reason,
        "seen": list(cell.seen),
        "scenario": cell.scenario,
        "expect": cell.expect,
        "known": cell.known,
        "unexpected": news.news if news else None,
    }


def as_text(value: dict[str, Any]) -> str:
    """JSON for a file or a terminal: readable in any script, and nothing in it steers a terminal."""
    return json_safe(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "plane": finding.plane,
        "cause": finding.cause,
        "rule": finding.rule,
        "evidence": finding.evidence,
        "uniform": finding.uniform,
    }
