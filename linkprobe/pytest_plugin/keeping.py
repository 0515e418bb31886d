"""Screenshots and traces as files, for those who asked for them with `--screenshot` and `--tracing`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from linkprobe.accounts import Accounts
from linkprobe.audit.retrace import retrace
from linkprobe.model import Case, Cell
from linkprobe.network import Network
from linkprobe.probe.browser import Chromium
from linkprobe.pytest_plugin.options import ON_FAILURE, RETAIN
from linkprobe.pytest_plugin.outcome import Outcome
from linkprobe.pytest_plugin.ruling import Ruling, ruled
from linkprobe.store import Store


class Keeping:
    """Where such files go and of which cells: `on`, `off`, or where they fail.

    They stand with the results, and not where pytest-playwright keeps its own, for it clears that folder.
    """

    def __init__(self, results: Path, screenshot: str, tracing: str) -> None:
        self.traces = results / "traces"
        self._folder = results / "screenshots"
        self._screenshot = screenshot
        self._tracing = tracing

    def kept(self, outcome: Outcome, case: Case, store: Store) -> Outcome:
        """The outcome with the files that were written for it."""
        if self._screenshot == "on" or (self._screenshot == ON_FAILURE and _fails(outcome.cell, case)):
            return msgspec.structs.replace(outcome, files=tuple(self._written(outcome, store)))
        return outcome

    async def trace(
        self, round_id: str, pairs: Iterable[tuple[Cell, Case]], network: Network, accounts: Accounts
    ) -> None:
        """Opens the cells that are meant once more, and keeps the trace of each arm."""
        failing = self._tracing == RETAIN
        meant = [case for cell, case in pairs if self._tracing == "on" or (failing and _fails(cell, case))]
        if not meant:
            return
        async with Chromium(network) as chromium:
            for case in meant:
                await retrace(case, network, chromium, accounts, _made(self.traces / round_id / "_".join(case.key)))

    def _written(self, outcome: Outcome, store: Store) -> Iterator[str]:
        folder = self._folder / outcome.round_id / "_".join(outcome.cell.key)
        for name, arm in (("subject", outcome.subject), ("direct", outcome.direct)):
            if arm is None or not arm.screenshot:
                continue
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{name}.jpg"
            path.write_bytes(store.body(arm.screenshot))
            yield str(path)


def _fails(cell: Cell, case: Case) -> bool:
    return ruled(cell, case).ruling is Ruling.NEWS


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
