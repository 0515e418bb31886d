"""From the options of a pytest run to the network, world and catalogue its scenarios are measured in."""

import re
from functools import cached_property
from pathlib import Path

import pytest

from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import refuse_early
from linkprobe.cli.options import RESULTS
from linkprobe.cli.planning import Plan
from linkprobe.model import Case, World
from linkprobe.pytest_plugin.options import Settings
from linkprobe.scenario import Catalogue, ScenarioError, load_catalogue, load_scenarios, read_world, shipped

_OPTION = re.compile(r"--(?=[a-z])")


class Choices:
    """What a run's options stand for. Everything is read when it is first needed, and then once."""

    def __init__(self, config: pytest.Config) -> None:
        self.settings = Settings(config)
        self.results = Path(self.settings.text("results", str(RESULTS)))

    @cached_property
    def invocation(self) -> Invocation:
        """The audit asked for. Raises `UsageError` where the options contradict each other."""
        try:
            asked = self._asked().checked().located()
            refuse_early(asked)
        except (Refused, ScenarioError) as refused:
            raise pytest.UsageError(_OPTION.sub("--linkprobe-", str(refused))) from refused
        return asked

    def _asked(self) -> Invocation:
        settings = self.settings
        return Invocation(
            world=settings.text("world"),
            live=settings.flag("live"),
            connect_to=settings.several("connect-to"),
            cacert=settings.text("cacert"),
            inside=settings.several("inside"),
            accounts=settings.text("accounts"),
            allow_private=settings.flag("allow-private"),
            catalog=settings.several("catalog"),
            repeat=int(settings.number("repeat") or 3),
            jobs=int(settings.number("jobs") or 4),
            rate=settings.number("rate"),
            browser=not settings.flag("no-browser"),
        )

    @cached_property
    def catalogue(self) -> Catalogue:
        """The shipped catalogue and those named."""
        try:
            return load_catalogue(shipped(), *map(Path, self.invocation.catalog))
        except ScenarioError as error:
            raise pytest.UsageError(str(error)) from error

    @cached_property
    def world(self) -> World | None:
        """The lab's world; None outside the lab."""
        asked = self.invocation.world_asked
        try:
            return read_world(asked, self.catalogue) if asked else None
        except ScenarioError as error:
            raise pytest.UsageError(str(error)) from error

    def cases(self, path: Path) -> tuple[Case, ...]:
        """The cases of one scenario file. Raises `ScenarioError`."""
        return load_scenarios([path], self.catalogue, on=self.world.date if self.world else "")

    def plan(self, cases: tuple[Case, ...]) -> Plan:
        """These cases in this network."""
        return Plan(cases, self.catalogue, self.world)
