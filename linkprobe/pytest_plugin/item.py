"""One link on one surface as a pytest item."""

from os import PathLike
from typing import Any

import pytest

from linkprobe.model import Case
from linkprobe.pytest_plugin.failure import told
from linkprobe.pytest_plugin.outcome import NotMeasured, Outcome
from linkprobe.pytest_plugin.ruling import Ruling, headline, is_setback, known_in_words, ruled
from linkprobe.pytest_plugin.source import Source
from linkprobe.pytest_plugin.state import choices_of, round_of


class Unexpected(AssertionError):
    """The cell is not what is owed or known."""


class Unmeasured(Exception):
    """Nothing can be said about the link, and `--linkprobe-strict` takes that for an error."""


class AsKnown(AssertionError):
    """The cell is as bad as is known: an expected failure."""


class CellItem(pytest.Item):
    """Waits for its own cell, and holds it against the scenario."""

    def __init__(self, *, case: Case, source: Source, **others: Any) -> None:
        super().__init__(**others)
        self.case = case
        self.source = source
        self.outcome: Outcome | None = None
        if case.known is not None and is_setback(case):
            self.add_marker(pytest.mark.xfail(reason=known_in_words(case.known), raises=AsKnown, strict=True))

    def reportinfo(self) -> tuple[PathLike[str], int, str]:
        """The line of the scenario that says what is owed."""
        return self.path, self.source.line(self.case) - 1, "::".join((*self.nodeid.split("::")[1:],))

    def setup(self) -> None:
        """Waits for the cell. Skips where nothing can be said, as an error where that is asked for."""
        under_way = round_of(self.config)
        if under_way is None:
            raise NotMeasured("no round was begun for this item")
        self.outcome = under_way.outcome(self.case.key)
        self.user_properties += _properties(self.outcome)
        ruling = ruled(self.outcome.cell, self.case)
        if ruling.ruling is not Ruling.SILENT:
            return
        if ruling.blind and choices_of(self.config).settings.flag("strict"):
            raise Unmeasured(ruling.why)
        # As a mark would: the summary then names the scenario's line, not this one.
        raise pytest.skip.Exception(ruling.why, _use_item_location=True)

    def runtest(self) -> None:
        """Holds the cell against what is owed and known."""
        assert self.outcome is not None
        ruling = ruled(self.outcome.cell, self.case)
        if ruling.ruling is Ruling.NEWS:
            raise Unexpected(headline(self.outcome.cell, ruling.why))
        if ruling.ruling is Ruling.KNOWN:
            raise AsKnown(headline(self.outcome.cell, ruling.why))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], *_: Any) -> Any:
        """The failure in words, without a traceback: what failed is the world."""
        error = excinfo.value
        if isinstance(error, NotMeasured):
            return str(error)
        if isinstance(error, Unexpected | AsKnown | Unmeasured) and self.outcome is not None:
            return told(str(error), self.outcome, self.case, self.source, choices_of(self.config))
        return super().repr_failure(excinfo)


def _properties(outcome: Outcome) -> list[tuple[str, object]]:
    """What JUnit files and other reports keep of the cell."""
    cell = outcome.cell
    return [
        ("platform", cell.platform),
        ("surface", cell.surface),
        ("target", cell.target),
        ("url", cell.url),
        ("vantage", cell.vantage),
        ("category", cell.category),
        ("verdict", str(cell.verdict)),
        ("causes", ",".join(cell.causes)),
        ("rules", ",".join(dict.fromkeys(finding.rule for finding in cell.findings))),
        ("attempts", str(cell.attempts)),
        ("round", outcome.round_id),
        ("evidence", ",".join(cell.evidence)),
    ]
