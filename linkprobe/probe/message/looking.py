"""Looking for a sent message as another viewer: until it is there or counts as dropped, for its card, and later."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from linkprobe.model import Accepted, Card, Failure, FailureKind, HttpCall, ReadBack, SendOutcome, Shown, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.acceptance import outcome_beside
from linkprobe.probe.message.call import Answer, ask
from linkprobe.probe.message.reading import Message, card_in, messages

FIRST_PAUSE = 0.1
LONGEST_PAUSE = 2.0
"""Seconds between looks; they double."""
SCHEDULE = (2.0, 5.0, 15.0, 65.0)
"""Seconds after the arrival at which a card is looked for again where one waits for long."""
MOST_CHANGES = 3
"""Looks after the first card, at most, until it no longer changes."""

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


class CardRequest(NamedTuple):
    """The request by which a recipient's client asks for the card, filled, and how its answer is read."""

    call: HttpCall
    accepted: Accepted


class Seen(NamedTuple):
    """The message as last seen, and its card."""

    message: Message
    card: Card | None
    known: bool = True
    """Whether the last look for the card worked, so that its absence is one."""
    gone: bool = False
    """The last look, which worked, no longer found the message."""


class Reader:
    """Another viewer of the surface. `call` is the declared look, filled; `before` what was there before the send."""

    def __init__(
        self,
        network: Network,
        vantage: Vantage,
        read: ReadBack,
        call: HttpCall,
        before: Counter[bytes] | None = None,
        card: CardRequest | None = None,
    ) -> None:
        self._network = network
        self._vantage = vantage
        self._read = read
        self._call = call
        self._before = before or Counter()
        self._card = card

    async def there(self) -> Counter[bytes] | Failure:
        """The messages that are there now, each with how often."""
        found = await self._look()
        return found if isinstance(found, Failure) else Counter(message.raw for message in found)

    async def watch(self, sought: Sought) -> Shown:
        """Look until the message is there, or the time after which it counts as dropped is over; then for its card."""
        start = time.perf_counter()
        found = await self._arrival(sought, start)
        arrived = time.perf_counter()
        if not isinstance(found, Message):
            return Shown(card_expected=self._read.card is not None, waited=arrived - start, failure=found)
        seen = await self._with_card(sought, found, self._read.within - (arrived - start))
        still_there = False if seen.gone else await self._later(sought, arrived)
        return self._shown(seen, still_there, time.perf_counter() - start)

    async def _arrival(self, sought: Sought, start: float) -> Message | Failure | None:
        """The message, or after the time in which it had to come what the last look gave instead."""
        pause = FIRST_PAUSE
        while True:
            found = await self._look()
            message = None if isinstance(found, Failure) else sought.among(found, self._before)
            waited = time.perf_counter() - start
            if message or waited >= self._read.within:
                return message or (found if isinstance(found, Failure) else None)
            await asyncio.sleep(min(pause, self._read.within - waited))
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _with_card(self, sought: Sought, found: Message, rest: float) -> Seen:
        """The message with its card, waited for until it is there and no longer changes, or the time is over."""
        seen = Seen(found, found.card)
        if self._read.card is None:
            return seen
        arrived, window = time.perf_counter(), self._read.card_within or rest
        if self._card:
            seen = await self._ask_for_card(self._card, seen)
        for moment in moments(window):
            if seen.card:
                break
            await asyncio.sleep(max(0.0, moment - (time.perf_counter() - arrived)))
            seen = await self._again(sought, seen)
        return await self._settled(sought, seen, window) if seen.card else seen

    async def _settled(self, sought: Sought, seen: Seen, window: float) -> Seen:
        """The card once two looks agree; a look that fails changes nothing."""
        for _ in range(MOST_CHANGES):
            await asyncio.sleep(min(max(FIRST_PAUSE, window / 10), LONGEST_PAUSE))
            again = await self._again(sought, seen)
            if again.gone or not again.known or again.card == seen.card:
                return again._replace(card=seen.card, known=True)
            seen = again
        return seen

    async def _again(self, sought: Sought, seen: Seen) -> Seen:
        if self._card:
            return await self._ask_for_card(self._card, seen)
        found = await self._look()
        if isinstance(found, Failure):
            return seen._replace(known=False)
        message = sought.among(found, self._before)
        return Seen(message, message.card) if message else seen._replace(known=True, gone=True)

    async def _ask_for_card(self, request: CardRequest, seen: Seen) -> Seen:
        """A refusal is an answer without a card; whatever else is none leaves it unknown."""
        answer = await ask(self._network, self._vantage, request.call)
        match outcome_beside(request.accepted, answer):
            case SendOutcome.ACCEPTED:
                assert self._read.card is not None
                return seen._replace(card=card_in(answer.json, self._read.card, answer.url), known=True)
            case SendOutcome.REFUSED:
                return seen._replace(card=None, known=True)
            case _:
                return seen._replace(known=False)

    async def _later(self, sought: Sought, arrived: float) -> bool | None:
        """Whether a later look finds the message again; None where there is none, or it failed twice."""
        if not self._read.later:
            return None
        await asyncio.sleep(max(0.0, self._read.later - (time.perf_counter() - arrived)))
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

    def _shown(self, seen: Seen, still_there: bool | None, waited: float) -> Shown:
        return Shown(
            arrived=True,
            text=seen.message.text,
            links=seen.message.links,
            card=seen.card,
            card_expected=self._read.card is not None and (seen.known or seen.card is not None),
            still_there=still_there,
            waited=waited,
            failure=None if _has_content(seen) else self._nothing_in_it(),
        )

    def _nothing_in_it(self) -> Failure:
        """Some platforms show that a message is there and keep what it says from those without the right to read."""
        return Failure(FailureKind.PROTOCOL, self._call.url, "the message is there, and the reader sees nothing in it")


def _has_content(seen: Seen) -> bool:
    return bool(seen.message.text.strip() or seen.message.links or seen.card)


def moments(window: float) -> Iterator[float]:
    """Seconds after the arrival at which a card that was not there at once is looked for; the last is `window`."""
    if window > SCHEDULE[1]:
        yield from (moment for moment in SCHEDULE if moment < window)
    else:
        moment, pause = FIRST_PAUSE, FIRST_PAUSE
        while moment < window:
            yield moment
            pause = min(2 * pause, LONGEST_PAUSE)
            moment += pause
    if window > 0:
        yield window


def _unreadable(answer: Answer, read: ReadBack) -> Failure:
    worked = 200 <= answer.status < 300
    what = f"no {read.format} with messages where they are declared" if worked else f"status {answer.status}"
    return Failure(FailureKind.PROTOCOL, answer.url, f"the look failed: {what}")
