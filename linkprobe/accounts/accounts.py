"""Whose values a case is probed with: those of its account in the file, else those of the environment."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from linkprobe.model import Case, Vantage


class Whence(StrEnum):
    """Where a value comes from."""

    FILE = "file"
    ENVIRONMENT = "environment"


class Variables(Mapping[str, str]):
    """One account's values by variable. What is printed of it holds none of them."""

    def __init__(self, entry: Mapping[str, str], environ: Mapping[str, str]) -> None:
        self._entry = entry
        self._environ = environ

    def __getitem__(self, name: str) -> str:
        return self._entry[name] if name in self._entry else self._environ[name]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._environ, **self._entry})

    def __len__(self) -> int:
        return len({*self._environ, *self._entry})

    def __repr__(self) -> str:
        return f"<{len(self)} variables>"

    def whence(self, name: str) -> Whence | None:
        """Where the value of `name` comes from; None where it has none."""
        if self._entry.get(name):
            return Whence.FILE
        return Whence.ENVIRONMENT if self._environ.get(name) else None


class Accounts:
    """All accounts of a run. Frozen; what is printed of it holds no value."""

    def __init__(
        self,
        environ: Mapping[str, str],
        entries: Mapping[str, Mapping[str, str]] | None = None,
        file: Path | None = None,
    ) -> None:
        self._environ = environ
        self._entries = entries or {}
        self.file = file
        """The file the entries come from, if there is one."""

    def __repr__(self) -> str:
        return f"Accounts({', '.join(self._entries)})"

    @property
    def names(self) -> tuple[str, ...]:
        """The accounts that the file holds."""
        return tuple(self._entries)

    def named(self, name: str) -> Variables:
        """The values of an account by its name."""
        return Variables(self._entries.get(name, {}), self._environ)

    def of(self, case: Case) -> Variables:
        """The values the case is sent and looked at with."""
        return self.named(account_of(case))

    def at(self, vantage: Vantage) -> Variables:
        """The values a vantage's proxy and headers take; its account in the file bears the vantage's id."""
        return self.named(vantage.id)


def account_of(case: Case) -> str:
    """The name of the account the case stands under."""
    return case.account or case.platform.id
