"""The round behind a run's items: measured in this process, or by the one that hands out the work."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import msgspec
import pytest

from linkprobe.cli.invocation import Mode
from linkprobe.model import Cell
from linkprobe.pytest_plugin.choices import Choices
from linkprobe.pytest_plugin.engine import Engine
from linkprobe.pytest_plugin.exchange import RemoteRound
from linkprobe.pytest_plugin.item import CellItem
from linkprobe.pytest_plugin.keeping import Keeping
from linkprobe.pytest_plugin.outcome import Key, Outcome, Wanted
from linkprobe.pytest_plugin.state import ROUND, choices_of


class Round(Protocol):
    """What items wait on. `engine` is None where another process measures."""

    @property
    def engine(self) -> Engine | None:
        """What measures here."""
        ...

    @property
    def announced(self) -> str:
        """The round in one line."""
        ...

    def outcome(self, key: Key) -> Outcome:
        """Blocks until the cell stands. Raises `NotMeasured` where it never will."""
        ...

    def cells(self) -> tuple[Cell, ...]:
        """Blocks until the round is closed, and answers all of it."""
        ...

    def close(self, *, stop: bool) -> None:
        """Lets go of everything; with `stop` before the end."""


class LocalRound:
    """A round of this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def outcome(self, key: Key) -> Outcome:
        """Blocks until the cell stands."""
        return self.engine.promise(key).result()

    def cells(self) -> tuple[Cell, ...]:
        """Blocks until the round is closed."""
        return self.engine.closed.result()

    def close(self, *, stop: bool) -> None:
        """Ends the round; what nobody was told yet is cut short."""
        self.engine.close(stop=stop or not self.engine.told_all)

    @property
    def announced(self) -> str:
        """How many cells are measured where."""
        asked, world = self.engine.invocation, self.engine.plan.world
        where = {Mode.LAB: f"in the lab, world {world.id}" if world else "", Mode.LIVE: "on the real network"}
        cells = len(self.engine.plan.cases)
        return f"round {self.engine.record.id}: {cells} cells, {where.get(asked.mode, 'where --connect-to says')}"


def begin(config: pytest.Config, items: Sequence[pytest.Item], exchange: Mapping[str, str | int] | None) -> None:
    """Begins the round of these items, or joins the one of the controller that `exchange` leads to."""
    wanted, choices = wanted_by(items), choices_of(config)
    if exchange is not None:
        config.stash[ROUND] = RemoteRound(wanted, exchange)
        return
    _refuse_early(choices)
    config.stash[ROUND] = LocalRound(engine_for(wanted, choices))


def _refuse_early(choices: Choices) -> None:
    """Raises `UsageError` for what would only be noticed when the work is done."""
    file = choices.settings.text("json")
    if file and (Path(file).is_dir() or not os.access(Path(file).absolute().parent, os.W_OK)):
        raise pytest.UsageError(f"--linkprobe-json {file}: no file can be written there")


def engine_for(wanted: Wanted, choices: Choices) -> Engine:
    """An engine that has begun to measure what is wanted."""
    keeping = Keeping(choices.results, choices.settings.kept("screenshot"), choices.settings.kept("tracing"))
    asked = msgspec.structs.replace(choices.invocation, scenarios=wanted.files)
    engine = Engine(choices.plan(wanted.cases), asked, choices.results, keeping)
    engine.start()
    return engine


def wanted_by(items: Sequence[pytest.Item]) -> Wanted:
    """The cells of the items, each once. Raises `UsageError` where two files say different things of one cell."""
    ours = [item for item in items if isinstance(item, CellItem)]
    first: dict[Key, CellItem] = {}
    for item in ours:
        _refuse_contradiction(first.setdefault(item.case.key, item), item)
    files = dict.fromkeys(str(item.path.absolute()) for item in ours)
    return Wanted(cases=tuple(item.case for item in first.values()), files=tuple(files))


def _refuse_contradiction(first: CellItem, second: CellItem) -> None:
    one, other = first.case, second.case
    if (one.salt, one.expect, one.known) != (other.salt, other.expect, other.known):
        name = "/".join(one.key)
        raise pytest.UsageError(
            f"{second.path}: the cell {name!r} stands differently in {first.path}: let one file name it"
        )
