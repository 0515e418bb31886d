"""Looking for a sent message as another viewer: until it is there or counts as dropped, and once more later."""

import asyncio
import time
from collections import Counter
from typing import NamedTuple

from linkprobe.model import Failure, FailureKind, HttpCall, ReadBack, Shown, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.call import Answer, ask
from linkprobe.probe.message.reading import Message, messages

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
"""Seconds between looks; they double."""

NOT_THERE = frozenset({404, 410})
"""What a request for one message answers when there is none; a working look all the same."""


class Sought(NamedTuple):
    """By what the message is recognised."""

    url: str
    token: str = ""
    """Empty where the declared text has no room for one."""
    message_id: str = ""
    alone: bool = False
    """The request asks for this one message, so that whatever it shows is it."""

    def among(self, found: list[Message], before: Counter[bytes]) -> Message | None:
        """The message, if it is among those found; `before` counts those that were there before it was sent."""
        marked = next(filter(self._is_marked, found), None)
        if marked is None and self.alone:
            return found[0] if len(found) == 1 else None
        return marked if marked or self.token else self._new(found, before)

    def _is_marked(self, message: Message) -> bool:
        written = (message.text, *message.links, *message.names)
        by_token = bool(self.token) and any(self.token in text for text in written)
        return by_token or (bool(self.message_id) and self.message_id in message.names)

    def _new(self, found: list[Message], before: Counter[bytes]) -> Message | None:
        now = Counter(message.raw for message in found)
        fresh = [message for message in found if now[message.raw] > before[message.raw]]
        naming = [message for message in fresh if self.url in message.text or self.url in message.links]
        return next(iter(naming or (fresh if len(fresh) == 1 else [])), None)


class Viewer:
    """Another viewer of the surface. `call` is the declared look, filled; `before` what was there before the send."""

    def __init__(
        self, network: Network, vantage: Vantage, read: ReadBack, call: HttpCall, before: Counter[bytes] | None = None
    ) -> None:
        self._network = network
        self._vantage = vantage
        self._read = read
        self._call = call
        self._before = before or Counter()

    async def there(self) -> Counter[bytes]:
        """The messages that are there now, each with how often."""
        found = await self._look()
        return Counter(message.raw for message in found) if isinstance(found, list) else Counter()

    async def watch(self, sought: Sought) -> Shown:
        """Look until the message is there with its card, or the time after which it counts as dropped is over."""
        start, pause = time.perf_counter(), FIRST_PAUSE
        seen: Message | None = None
        while True:
            found = await self._look()
            message = sought.among(found, self._before) if isinstance(found, list) else None
            seen = message or seen
            waited = time.perf_counter() - start
            if waited >= self._read.within or (message and self._is_whole(message)):
                break
            await asyncio.sleep(min(pause, self._read.within - waited))
            pause = min(2 * pause, LONGEST_PAUSE)
        if seen is None:
            failure = found if isinstance(found, Failure) else None
            return Shown(card_expected=self._read.card is not None, waited=waited, failure=failure)
        gone = message is None and isinstance(found, list)
        still_there = False if gone else await self._later(sought)
        return self._shown(seen, still_there, time.perf_counter() - start)

    async def _later(self, sought: Sought) -> bool | None:
        """Whether a later look finds the message again; None where there is none, or it failed twice."""
        if not self._read.later:
            return None
        await asyncio.sleep(self._read.later)
        for _ in range(2):
            found = await self._look()
            if isinstance(found, list):
                return sought.among(found, self._before) is not None
        return None

    async def _look(self) -> list[Message] | Failure:
        answer = await ask(self._network, self._vantage, self._call)
        if answer.failure:
            return answer.failure
        if answer.status in NOT_THERE:
            return []
        found = messages(self._read, answer) if 200 <= answer.status < 300 else None
        return _unreadable(answer, self._read) if found is None else found

    def _is_whole(self, message: Message) -> bool:
        return self._read.card is None or message.card is not None

    def _shown(self, seen: Message, still_there: bool | None, waited: float) -> Shown:
        return Shown(
            arrived=True,
            text=seen.text,
            links=seen.links,
            card=seen.card,
            card_expected=self._read.card is not None,
            still_there=still_there,
            waited=waited,
        )


def _unreadable(answer: Answer, read: ReadBack) -> Failure:
    worked = 200 <= answer.status < 300
    what = f"the answer is no {read.format}" if worked else f"status {answer.status}"
    return Failure(FailureKind.PROTOCOL, answer.url, f"the look failed: {what}")
