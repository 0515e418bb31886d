"""A policy's obligations as items: each waits for the whole round, for parity needs every cell."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import pytest

from linkprobe.matrix.plain import plain
from linkprobe.model import Cell, Policy
from linkprobe.policy import Assessment, Outcome, assess
from linkprobe.pytest_plugin.choices import Choices
from linkprobe.pytest_plugin.item import CellItem, Unmeasured
from linkprobe.pytest_plugin.outcome import NotMeasured
from linkprobe.pytest_plugin.state import choices_of, round_of
from linkprobe.scenario import ScenarioError, shipped
from linkprobe.scenario.load import read_policy


class Breached(AssertionError):
    """The platform does not do what it owes."""


class PolicyNode(pytest.Collector):
    """A policy on a day, held against the platforms of a run."""

    def __init__(self, *, policy: Policy, day: str, platforms: Sequence[str], **others: Any) -> None:
        super().__init__(**others)
        self.policy = policy
        self.day = day
        self._platforms = platforms

    def collect(self) -> Iterator["ObligationItem"]:
        """Every obligation of every platform, as the policy has them."""
        for platform in self._platforms:
            for stage in self.policy.stages:
                if stage.platforms and platform not in stage.platforms:
                    continue
                for obligation in stage.obligations:
                    place = (platform, stage.id, obligation.id)
                    item = ObligationItem.from_parent(self, name="::".join(place), place=place)
                    item.add_marker("linkprobe")
                    item.add_marker("obligation")
                    yield item


class ObligationItem(pytest.Item):
    """One obligation of one platform."""

    def __init__(self, *, place: tuple[str, str, str], **others: Any) -> None:
        super().__init__(**others)
        self._place = place
        self._found: Assessment | None = None

    def reportinfo(self) -> tuple[PathLike[str] | str, int | None, str]:
        """The policy's file."""
        return self.path, 0, self.name

    def setup(self) -> None:
        """Waits for the round. Skips what is not due, what has lapsed, and what no cell shows."""
        under_way, node = round_of(self.config), self.parent
        assert isinstance(node, PolicyNode)
        if under_way is None:
            raise NotMeasured("no round was begun for this item")
        self._found = self._assessed(node, under_way.cells())
        outcome = self._found.outcome
        self.user_properties += [("obligation", "/".join(self._place)), ("outcome", str(outcome))]
        if outcome in (Outcome.MET, Outcome.BREACHED):
            return
        why = f"{outcome.replace('-', ' ')} on {node.day}: {self._found.title}"
        if outcome is Outcome.NOT_TESTABLE and choices_of(self.config).settings.flag("strict"):
            raise Unmeasured(why)
        raise pytest.skip.Exception(why, _use_item_location=True)

    def runtest(self) -> None:
        """Fails where the obligation is breached."""
        assert self._found is not None
        if self._found.outcome is Outcome.BREACHED:
            raise Breached

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:
        """What is breached, since when it is owed, and the cells that show it."""
        if isinstance(excinfo.value, Breached) and self._found is not None:
            return _told(self._found)
        if isinstance(excinfo.value, Unmeasured | NotMeasured):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def _assessed(self, node: PolicyNode, cells: tuple[Cell, ...]) -> Assessment:
        found = assess(node.policy, node.day, cells)
        return next(each for each in found if (each.platform, each.stage, each.obligation) == self._place)


def obligations(session: pytest.Session, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The items of the policy that was asked for, if one was, about the platforms of `items`."""
    choices = choices_of(session.config)
    name = choices.settings.text("policy")
    platforms = sorted({item.case.platform.id for item in items if isinstance(item, CellItem)})
    if not name or not platforms:
        return []
    path, policy = _policy(name, choices)
    node = PolicyNode.from_parent(
        session, name=policy.id, path=path, nodeid=policy.id, policy=policy, day=_day(choices), platforms=platforms
    )
    # Reported like any other collector, so that the counts of what was collected are right.
    report = session.ihook.pytest_make_collect_report(collector=node)
    session.ihook.pytest_collectreport(report=report)
    return list(report.result)


def _policy(name: str, choices: Choices) -> tuple[Path, Policy]:
    folders = [shipped(), *map(Path, choices.invocation.catalog)]
    try:
        policy = read_policy(name, folders, choices.catalogue)
    except ScenarioError as error:
        raise pytest.UsageError(f"--policy: {error}") from error
    found = [path for folder in folders for path in (folder / "policies").rglob(f"{name}.y*ml")]
    return (found or [Path(name).absolute()])[-1], policy


def _day(choices: Choices) -> str:
    """The day asked for, else the world's, else today."""
    given = choices.settings.text("on")
    return given or (choices.world.date if choices.world else datetime.now(UTC).date().isoformat())


def _told(found: Assessment) -> str:
    lines = [f"{found.platform} breaches {found.obligation} ({found.standing}, since {found.since}): {found.title}", ""]
    for cell in found.cells:
        why = ", ".join((*cell.causes, *cell.fairness))
        lines.append(f"{cell.surface} / {cell.target} at {cell.vantage}: {cell.verdict} ({why})")
    silent = [f"{len(found.silent)} cells say nothing about it"] if found.silent else []
    return "\n".join(map(plain, [*lines, *silent]))
