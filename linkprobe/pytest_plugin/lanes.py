"""How pytest-xdist divides scenarios: a lane is one account and one rate budget, and never goes to two workers."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

_CELL = re.compile(r"\.ya?ml::([^:]+)::[^:]+::[^:@]+(?:@(.+))?$")


def lane_of(nodeid: str) -> str | None:
    """`platform@vantage` of a scenario's item; None for any other test."""
    found = _CELL.search(nodeid)
    return f"{found[1]}@{found[2] or 'here'}" if found else None


class LaneScheduling(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Work units are lanes; other tests go as `--dist` says."""

    def _split_scope(self, nodeid: str) -> str:
        return lane_of(nodeid) or self._otherwise(nodeid)

    def _otherwise(self, nodeid: str) -> str:
        match self.config.getoption("dist"):
            case "loadfile":
                return nodeid.split("::", 1)[0]
            case "loadscope":
                return nodeid.rsplit("::", 1)[0]
            case "loadgroup" if nodeid.rfind("@") > nodeid.rfind("]"):
                return nodeid.rsplit("@", maxsplit=1)[-1]
            case _:
                return nodeid


class ByLane:
    """Any scheduler, in whose place one by lane steps when the collected tests turn out to hold scenarios."""

    def __init__(self, ordinary: Any, config: pytest.Config, log: Any) -> None:
        self._chosen = ordinary
        self._config = config
        self._log = log
        self._nodes: list[Any] = []

    def add_node(self, node: Any) -> None:
        """A worker is there."""
        self._nodes.append(node)
        self._chosen.add_node(node)

    def add_node_collection(self, node: Any, collection: Sequence[str]) -> None:
        """A worker has collected its tests."""
        every = self._config.getoption("dist") == "each"
        if not every and not isinstance(self._chosen, LaneScheduling) and any(map(lane_of, collection)):
            self._chosen = LaneScheduling(self._config, self._log)
            for each in self._nodes:
                self._chosen.add_node(each)
        self._chosen.add_node_collection(node, collection)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chosen, name)
