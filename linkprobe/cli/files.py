"""Checks of files, and the schema they follow."""

import json
from collections.abc import Sequence
from pathlib import Path

from linkprobe.cli.exits import Ended
from linkprobe.cli.output import remark, show
from linkprobe.matrix import plain
from linkprobe.scenario import faults, json_schema, load_catalogue, shipped


def validate(paths: Sequence[Path], catalogs: Sequence[Path]) -> Ended:
    """Names every fault of every file, one a line on the standard error; folders stand for the files in them."""
    catalogue = load_catalogue(shipped(), *catalogs)
    files = [file for path in paths for file in _files(path)]
    found = [error for file in files for error in faults(file, catalogue)]
    for error in found:
        remark(plain(str(error)))
    if found:
        return Ended.BAD_INPUT
    show(f"{len(files)} {'file' if len(files) == 1 else 'files'} in order")
    return Ended.AS_EXPECTED


def schema() -> Ended:
    """Prints the schema."""
    show(json.dumps(json_schema(), ensure_ascii=False, indent=2))
    return Ended.AS_EXPECTED


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml"))
