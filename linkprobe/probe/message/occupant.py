"""One end of an XMPP chat: logged in, provably there, with all that has come in."""

import time
from collections.abc import Callable

from linkprobe.model import Failure, FailureKind, SendOutcome, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.bosh import Bosh, Denied, Lost
from linkprobe.probe.message.stanza_error import error_in
from linkprobe.probe.message.stanzas import CLIENT, MUC, Stanza, is_a, statuses_of, write

THERE_WITHIN = 15.0
"""Seconds for the server to say that one is there."""
OWN = "110"
"""The status code of one's own presence in a room (XEP-0045 §7.2.2)."""
PRIORITY = "-1"
"""Messages for the account at large are not for a probe (RFC 6121 §4.7.2.3)."""
EMPTY = write("history", {"maxstanzas": "0"})


class Occupant:
    """A person at one end."""

    def __init__(self, network: Network, vantage: Vantage, url: str, domain: str) -> None:
        self.domain = domain
        self._url = url
        self._session = Bosh(network, vantage, url, domain)
        self._come: list[Stanza] = []
        self._seat = ""

    @property
    def address(self) -> str:
        """The full address of this session."""
        return self._session.address

    async def enter(self, user: str, password: str) -> None:
        """Log in, and be there: the server shows one's own presence to oneself (RFC 6121 §4.2.2). Raises `Denied`,
        `Lost`."""
        await self._session.open(user.partition("@")[0], password)
        presence = write("presence", {"xmlns": CLIENT}, write("priority", {}, PRIORITY))
        if await self.until(lambda s: self._is_mine(s, self.address), THERE_WITHIN, presence) is None:
            raise Lost(self._failure("the server does not say that the account is there"))

    async def join(self, room: str, mark: str) -> None:
        """Join `room` under a name of one's own, and be in it. Raises `Denied`, `Lost`."""
        self._seat = f"{room}/{self.address.partition('@')[0]}-{mark[:4]}"
        presence = write("presence", {"xmlns": CLIENT, "to": self._seat}, write("x", {"xmlns": MUC}, EMPTY))
        answer = await self.until(self._answers_join, THERE_WITHIN, presence)
        if answer is None:
            raise Lost(self._failure(f"the room does not say that the account is in it: {room}"))
        if answer.get("type") == "error":
            raise self._not_let_in(answer, room)

    async def until(self, wanted: Callable[[Stanza], bool], within: float, *stanzas: str) -> Stanza | None:
        """Send `stanzas`, and take in what comes until one is `wanted`; None where it does not come. Raises `Lost`."""
        until = time.monotonic() + within
        self._come += await self._session.exchange(*stanzas)
        while (found := self.find(wanted)) is None and time.monotonic() < until:
            self._come += await self._session.exchange()
        return found

    def find(self, wanted: Callable[[Stanza], bool]) -> Stanza | None:
        """What is `wanted` among all that has come."""
        return next(filter(wanted, self._come), None)

    def removed(self) -> Failure | None:
        """That one has been put out of the room meanwhile, and could not have seen anything."""
        gone = self.find(lambda s: is_a(s, "presence", "unavailable") and s.get("from") == self._seat)
        return None if gone is None else self._failure(f"no longer in the room: {sorted(statuses_of(gone))}")

    def silence(self) -> Failure:
        """That the server takes no notice of a question."""
        return Failure(FailureKind.TIMEOUT, self._url, "the server answers no question after the message")

    async def leave(self) -> None:
        """Say goodbye."""
        await self._session.close()

    def _answers_join(self, stanza: Stanza) -> bool:
        if not is_a(stanza, "presence") or not (stanza.get("from") or "").startswith(self._seat.partition("/")[0]):
            return False
        return stanza.get("type") == "error" or (stanza.get("type") is None and OWN in statuses_of(stanza))

    def _not_let_in(self, answer: Stanza, room: str) -> Denied | Lost:
        error = error_in(answer)
        if error.outcome in (SendOutcome.UNAUTHORISED, SendOutcome.REFUSED):
            return Denied(error.condition, error.wording or f"not let into {room}")
        return Lost(self._failure(f"the room {room} answers {error.condition} {error.wording}"))

    def _failure(self, detail: str) -> Failure:
        return Failure(FailureKind.PROTOCOL, self._url, detail[:300])

    @staticmethod
    def _is_mine(stanza: Stanza, address: str) -> bool:
        return is_a(stanza, "presence") and stanza.get("type") is None and stanza.get("from") == address
