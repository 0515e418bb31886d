"""The real network."""

from pathlib import Path

from linkprobe.model import Vantage
from linkprobe.network.dial import Dial, Straight
from linkprobe.network.names import SystemNames
from linkprobe.network.network import Common

NOTHING_RESOLVES = "MAP * ~NOTFOUND"
RELAYS_EXCEPTED = "EXCLUDE 127.0.0.1"
"""The catch-all would otherwise swallow the relay's own address, and every proxied navigation would fail."""


class Live(Common):
    """The real network. Unless `allow_private`, links lead to public addresses only, in Chromium as well."""

    def __init__(
        self, *, allow_private: bool = False, ca: Path | None = None, insides: dict[str, str] | None = None
    ) -> None:
        super().__init__(ca=ca, public=True, insides=insides or {})
        self._allow_private = allow_private

    def _is_guarded(self) -> bool:
        return not self._allow_private

    def _straight(self, vantage: Vantage) -> Dial:  # noqa: ARG002 - all vantages see one network
        return Straight(SystemNames(allow_private=self._allow_private))

    def _is_relayed(self, vantage: Vantage, inside: str | None) -> bool:
        return not self._allow_private or bool(inside or vantage.proxy)

    def _resolver_rules(self) -> tuple[str, ...]:
        return () if self._allow_private else (NOTHING_RESOLVES, RELAYS_EXCEPTED)
