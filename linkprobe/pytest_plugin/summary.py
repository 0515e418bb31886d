"""What stands after a run: the matrix, the JSON, and where the round lies."""

from pathlib import Path
from typing import Any

import pytest

from linkprobe import __version__
from linkprobe.judge import RULES_VERSION
from linkprobe.matrix import Look, as_json, as_text, render
from linkprobe.pytest_plugin.engine import Engine
from linkprobe.pytest_plugin.state import choices_of


def write_json(engine: Engine, config: pytest.Config) -> None:
    """Writes the cells where `--linkprobe-json` says."""
    file = choices_of(config).settings.text("json")
    if file:
        told = as_json(engine.told, version=__version__, rules=RULES_VERSION, round_id=engine.record.id)
        Path(file).write_text(as_text(told), "utf-8")


def summarise(engine: Engine, reporter: Any) -> None:
    """Prints the matrix where it was asked for, and one line about the round."""
    choices = choices_of(reporter.config)
    cells = engine.told
    if choices.settings.flag("matrix") and cells:
        reporter.section("linkprobe: the matrix")
        writer = reporter._tw
        text = render(cells, width=max(writer.fullwidth, 40), color=writer.hasmarkup, look=_look(writer))
        reporter.write_line(text)
    reporter.write_line(f"linkprobe: {_closing(engine, len(cells))}")
    if engine.missing:
        reporter.write_line(f"linkprobe: {engine.missing}")
    if engine.traces.is_dir():
        reporter.write_line(f"linkprobe: traces in {engine.traces}; playwright show-trace opens one")


def _closing(engine: Engine, told: int) -> str:
    where = f"--results {engine.results}"
    if engine.cells:
        return f"round {engine.record.id}, {told} cells; linkprobe matrix {engine.record.id} {where} shows it again"
    of = f"{told} of {len(engine.plan.cases)} cells"
    return (
        f"round {engine.record.id} was stopped with {of}; linkprobe audit --resume {engine.record.id} {where} goes on"
    )


def _look(writer: Any) -> Look:
    try:
        "●◐✕▽◇–≈·…".encode(getattr(writer._file, "encoding", None) or "ascii")
    except UnicodeEncodeError:
        return Look.ASCII
    return Look.UNICODE
