"""Imports point downwards only, and the core cannot do I/O."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "linkprobe"

LAYERS = {
    "model": 0,
    "scenario": 1,
    "page": 1,
    "judge": 2,
    "matrix": 2,
    "expectation": 2,
    "policy": 2,
    "network": 3,
    "accounts": 3,
    "store": 3,
    "probe": 4,
    "lab": 4,
    "audit": 5,
    "publish": 6,
    "pytest_plugin": 6,
    "cli": 6,
    "__main__": 6,
}
"""Rank of each part of the package; a part imports only parts of its own rank or below."""

PURE = ("model", "scenario", "page", "judge", "matrix", "expectation", "policy")
WORLDLY = ("httpx", "httpcore", "playwright", "sqlalchemy", "starlette", "asyncio", "socket", "ssl", "subprocess")


def part_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("linkprobe.") else ""


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path: Path) -> None:
    here = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if here in ("__init__", "__main__"):
        return

    above = [name for name in map(part_of, imported_modules(path)) if LAYERS.get(name, 0) > LAYERS[here]]

    assert above == []


def test_every_part_has_a_layer() -> None:
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in sources()}

    assert parts - {"__init__", "__main__"} <= set(LAYERS)


@pytest.mark.parametrize("part", PURE)
def test_the_pure_layers_pull_in_nothing_that_does_io(part: str) -> None:
    blocked = "\n".join(f"sys.modules[{name!r}] = None" for name in WORLDLY if name not in ("socket", "ssl"))
    program = f"import sys\n{blocked}\nimport linkprobe.{part}\n"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert result.stderr == ""


@pytest.mark.parametrize("part", PURE)
def test_the_pure_layers_name_nothing_that_does_io(part: str) -> None:
    paths = [path for path in sources() if path.relative_to(PACKAGE).parts[0].removesuffix(".py") == part]

    worldly = [name for path in paths for name in imported_modules(path) if name.split(".")[0] in WORLDLY]

    assert worldly == []
