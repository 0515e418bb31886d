"""A bar for the pass that runs, on a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from linkprobe.cli.progress import pass_in_words
from linkprobe.matrix import plain
from linkprobe.model import Case, Cell


class Bars:
    """One bar for each pass; beside it the cell that was observed last."""

    def __init__(self, display: Progress) -> None:
        self._display = display
        self._task = display.add_task("getting ready", total=None, last="")

    def planned(self, cells: int) -> None:
        """Sets the bar's length."""
        self._display.update(self._task, total=cells)

    def passing(self, attempt: int, cells: int) -> None:
        """Begins a new bar and leaves the old one as it is."""
        if attempt > 1:
            self._display.update(self._task, last="")
            self._task = self._display.add_task("", total=cells, last="")
        self._display.update(self._task, description=pass_in_words(attempt, cells), total=cells)

    def done(self, what: str) -> None:
        """Moves the bar on."""
        self._display.update(self._task, advance=1, last=escape(plain(what)))

    def stands(self, case: Case) -> None:
        """What is done is shown already."""

    def judged(self, cell: Cell) -> None:
        """Too quick to show."""


@contextmanager
def bars() -> Iterator[Bars]:
    """Bars on the standard error for as long as the block runs."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("[dim]{task.fields[last]}"),
    )
    with Progress(*columns, console=Console(stderr=True)) as display:
        yield Bars(display)
