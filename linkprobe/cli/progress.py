"""Progress for people: bars on a terminal, a few lines elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from linkprobe.audit import Progress
from linkprobe.cli.output import remark
from linkprobe.model import Case, Cell


class Lines:
    """One line for each pass."""

    def planned(self, cells: int) -> None:
        """The first pass says it."""

    def passing(self, attempt: int, cells: int) -> None:
        """Says what the pass is for."""
        remark(pass_in_words(attempt, cells))

    def done(self, what: str) -> None:
        """Too many to say."""

    def stands(self, case: Case) -> None:
        """Too many to say."""

    def judged(self, cell: Cell) -> None:
        """Too many to say."""


@contextmanager
def shown() -> Iterator[Progress]:
    """The progress that fits the standard error."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    from linkprobe.cli.bars import bars

    with bars() as progress:
        yield progress


def pass_in_words(attempt: int, cells: int) -> str:
    """What a pass is for."""
    noun = "cell" if cells == 1 else "cells"
    return f"probing {cells} {noun}" if attempt == 1 else f"confirming {cells} {noun}, attempt {attempt}"
