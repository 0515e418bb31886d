"""Networks in which a table says where names lead: a staging system, a copy, a lab."""

from collections.abc import Mapping
from pathlib import Path

from linkprobe.model import Vantage
from linkprobe.network.dial import Dial, Straight
from linkprobe.network.entry import Entry, table_entry
from linkprobe.network.live import NOTHING_RESOLVES, RELAYS_EXCEPTED
from linkprobe.network.names import SystemNames, TableNames
from linkprobe.network.network import Common


class Mapped(Common):
    """Names lead where `entries` say. Others do not exist, or with `live` are the real ones, guarded as in `Live`.

    Entries are below TLS: server name, certificate check and cookies are those of the name. `ca` is trusted instead
    of the public authorities, and with `live` beside them.
    """

    def __init__(
        self,
        entries: tuple[Entry, ...],
        *,
        ca: Path | None = None,
        live: bool = False,
        allow_private: bool = False,
        insides: dict[str, str] | None = None,
    ) -> None:
        super().__init__(ca=ca, public=live or ca is None, insides=insides or {})
        self._entries = entries
        self._live = live
        self._allow_private = allow_private

    def _is_guarded(self) -> bool:
        return self._live and not self._allow_private

    def _straight(self, vantage: Vantage) -> Dial:
        beyond = SystemNames(allow_private=self._allow_private) if self._live else None
        return Straight(TableNames(self._entries_at(vantage), beyond))

    def _entries_at(self, vantage: Vantage) -> tuple[Entry, ...]:  # noqa: ARG002 - only a lab knows others
        return self._entries

    def _is_relayed(self, vantage: Vantage, inside: str | None) -> bool:
        return self._live or bool(inside or vantage.proxy)

    def _resolver_rules(self) -> tuple[str, ...]:
        if self._live:
            return (NOTHING_RESOLVES, RELAYS_EXCEPTED)
        exact = tuple(entry.resolver_rule for entry in self._entries if entry.host and entry.port)
        loose = tuple(entry.resolver_rule for entry in self._entries if not (entry.host and entry.port))
        return (*exact, *loose, NOTHING_RESOLVES, RELAYS_EXCEPTED)


class Lab(Mapped):
    """A running lab: its table, its CA, the insides of its apps, and the rows that differ at a vantage."""

    def __init__(
        self,
        table: Mapping[str, str],
        ca: Path,
        insides: dict[str, str],
        vantages: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(_rows(table), ca=ca, insides=insides)
        self._elsewhere = {id: _rows({**table, **rows}) for id, rows in (vantages or {}).items() if rows}

    def _entries_at(self, vantage: Vantage) -> tuple[Entry, ...]:
        return self._elsewhere.get(vantage.id, self._entries)

    def _is_relayed(self, vantage: Vantage, inside: str | None) -> bool:
        return vantage.id in self._elsewhere or super()._is_relayed(vantage, inside)


def _rows(table: Mapping[str, str]) -> tuple[Entry, ...]:
    return tuple(table_entry(source, destination) for source, destination in table.items())
