"""What a run leaves out for want of accounts, said once for all of it."""

from collections.abc import Iterable
from typing import NamedTuple

from linkprobe.accounts import Accounts, account_of
from linkprobe.audit.sight import missing_at, missing_for
from linkprobe.model import Case


class Missing(NamedTuple):
    """The accounts that are missing, and how many cells were skipped for it."""

    cells: int
    accounts: tuple[str, ...]

    def __str__(self) -> str:
        noun = "cell" if self.cells == 1 else "cells"
        return f"{self.cells} {noun} skipped, for there is no account for {', '.join(self.accounts)}"


def what_is_missing(cases: Iterable[Case], accounts: Accounts) -> Missing | None:
    """What these cases lack; None where nothing does."""
    without = [case for case in cases if missing_for(case, accounts)]
    names = {case.vantage.id if missing_at(case.vantage, accounts) else account_of(case) for case in without}
    return Missing(len(without), tuple(sorted(names))) if without else None
