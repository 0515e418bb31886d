"""The scripts that run in pages: each file is one function expression, called with JSON arguments."""

import json
from functools import cache
from importlib import resources
from typing import Any

SCRIPTS = resources.files("linkprobe.probe.browser") / "scripts"


@cache
def source(name: str) -> str:
    """The text of `scripts/<name>.js`."""
    return (SCRIPTS / f"{name}.js").read_text("utf-8")


def call(name: str, *arguments: Any) -> str:
    """An expression that calls the script with `arguments`."""
    return f"{source(name)}({','.join(json.dumps(argument) for argument in arguments)})"
