"""What a face may show while a round runs."""

from typing import Protocol

from linkprobe.model import Case, Cell


class Progress(Protocol):
    """Listens to a round; must return quickly and never raise."""

    def planned(self, cells: int) -> None:
        """The round has so many cells."""

    def passing(self, attempt: int, cells: int) -> None:
        """A pass over so many cells begins; from the second on it confirms."""

    def done(self, what: str) -> None:
        """A cell's attempt has been observed."""

    def stands(self, case: Case) -> None:
        """Nothing that is still to be probed can change the case's verdict; only its fairness waits for its peers."""

    def judged(self, cell: Cell) -> None:
        """A cell has its verdict and its fairness; the round is being closed."""


class Silent:
    """Shows nothing."""

    def planned(self, cells: int) -> None:
        """Ignored."""

    def passing(self, attempt: int, cells: int) -> None:
        """Ignored."""

    def done(self, what: str) -> None:
        """Ignored."""

    def stands(self, case: Case) -> None:
        """Ignored."""

    def judged(self, cell: Cell) -> None:
        """Ignored."""
