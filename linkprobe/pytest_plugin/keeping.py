"""Screenshots of the probed pages as files, for those who asked for them with `--screenshot`."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from linkprobe.model import Case
from linkprobe.pytest_plugin.options import ON_FAILURE
from linkprobe.pytest_plugin.outcome import Outcome
from linkprobe.pytest_plugin.ruling import Ruling, ruled
from linkprobe.store import Store


class Keeping:
    """Where screenshots go and of which cells: `on`, `off` or `only-on-failure`.

    They stand with the results, and not where pytest-playwright keeps its own, for it clears that folder.
    """

    def __init__(self, results: Path, screenshot: str) -> None:
        self._folder = results / "screenshots"
        self._screenshot = screenshot

    def kept(self, outcome: Outcome, case: Case, store: Store) -> Outcome:
        """The outcome with the files that were written for it."""
        failed = ruled(outcome.cell, case).ruling is Ruling.NEWS
        if self._screenshot == "on" or (failed and self._screenshot == ON_FAILURE):
            return msgspec.structs.replace(outcome, files=tuple(self._written(outcome, store)))
        return outcome

    def _written(self, outcome: Outcome, store: Store) -> Iterator[str]:
        folder = self._folder / outcome.round_id / "_".join(outcome.cell.key)
        for name, arm in (("subject", outcome.subject), ("direct", outcome.direct)):
            if arm is None or not arm.screenshot:
                continue
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{name}.jpg"
            path.write_bytes(store.body(arm.screenshot))
            yield str(path)
