"""Watching both ends of a chat after a message was submitted: is it refused at the one, is it there at the other."""

import asyncio
import time
from typing import NamedTuple

import msgspec

from linkprobe.model import Failure, FailureKind, Shown
from linkprobe.probe.message.seat import BROKEN, Notices, Seat, failed

PAUSE = 0.2
"""Seconds between two looks."""
GRACE = 1.0
"""Seconds after a refusal in which the message may still turn up, which the notice was then not about."""
SETTLED = 1.0
"""Seconds for which a card must stay as it is to be whole."""


class Watched(NamedTuple):
    """What was seen, and what broke at either end."""

    seen: Shown | None = None
    refused: str = ""
    """The wording of a notice that was not there before."""
    seconds: float = 0.0
    sender: Failure | None = None
    receiver: Failure | None = None


class Watch:
    """One wait for one message; `before` are the sender's notices from before it was submitted."""

    def __init__(self, sender: Seat, receiver: Seat, token: str, before: Notices) -> None:
        self._sender = sender
        self._receiver = receiver
        self._token = token
        self._before = before
        self._started = time.monotonic()

    async def until(self, within: float) -> Watched:
        """Look until the message is there or is refused, or `within` seconds are over."""
        watched = Watched()
        until = self._started + within
        while True:
            watched = await self._look(watched)
            if watched.seen or watched.refused or watched.receiver or time.monotonic() >= until:
                break
            await asyncio.sleep(PAUSE)
        if watched.refused and not watched.seen:
            await asyncio.sleep(GRACE)
            watched = await self._at_receiver(watched)
        return watched._replace(seconds=self.gone)

    async def with_card(self, seen: Shown, within: float) -> Shown:
        """The message again when its card no longer changes, or after `within` seconds."""
        changed = time.monotonic()
        until = changed + within
        while (now := time.monotonic()) < until and not (seen.card and now - changed >= SETTLED):
            await asyncio.sleep(PAUSE)
            again = (await self._at_receiver(Watched())).seen or seen
            changed = changed if again.card == seen.card else time.monotonic()
            seen = again
        return msgspec.structs.replace(seen, waited=self.gone)

    @property
    def gone(self) -> float:
        """Seconds since the message was submitted."""
        return time.monotonic() - self._started

    async def missed(self, watched: Watched) -> Watched:
        """The same with what is wrong at our own ends where nothing was seen: out again, not taken, not to be told."""
        sender = watched.sender or await self._wrong_at_sender()
        return watched._replace(sender=sender, receiver=watched.receiver or await self._wrong_at_receiver())

    async def _wrong_at_sender(self) -> Failure | None:
        try:
            if not await self._sender.is_in():
                return Failure(FailureKind.VANTAGE, detail="the sender is out again")
            held = await self._sender.still_writes(self._token)
        except BROKEN as error:
            return failed("the sender's client fails", error)
        return Failure(FailureKind.UNKNOWN, detail="the message still stands in the composer") if held else None

    async def _wrong_at_receiver(self) -> Failure | None:
        try:
            if not await self._receiver.is_in():
                return Failure(FailureKind.VANTAGE, detail="the receiver is out again")
            shown = await self._receiver.shows_messages() or await self._sender.shows_messages()
        except BROKEN as error:
            return failed("the receiver's client fails", error)
        return (
            None if shown else Failure(FailureKind.VANTAGE, detail="no message of any kind is to be told at either end")
        )

    async def _look(self, watched: Watched) -> Watched:
        return await self._at_receiver(await self._at_sender(watched))

    async def _at_sender(self, watched: Watched) -> Watched:
        if watched.sender:
            return watched
        try:
            refused = (await self._sender.refusals(self._token)).since(self._before)
        except BROKEN as error:
            return watched._replace(sender=failed("the sender's client fails", error))
        return watched._replace(refused=refused)

    async def _at_receiver(self, watched: Watched) -> Watched:
        try:
            return watched._replace(seen=await self._receiver.look(self._token))
        except BROKEN as error:
            return watched._replace(receiver=failed("the receiver's client fails", error))
