"""Slots that rounds share: who waits in the round that was begun first has the next one."""

import asyncio
import heapq
import itertools
from types import TracebackType
from typing import Protocol


class Slots(Protocol):
    """Slots for probes: each probe holds one while it runs. An `asyncio.Semaphore` is such."""

    async def __aenter__(self) -> None:
        """Waits for a slot and takes it."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Gives it back."""


class Turns:
    """So many slots in all, handed out by rank: the lowest first, and within a rank whoever has waited longest.

    A long round that was begun first is then not held up by the short ones beside it, which fill its pauses.
    """

    def __init__(self, slots: int) -> None:
        self._free = slots
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._number = itertools.count()

    def ranked(self, rank: int) -> Slots:
        """The slots as a round of this rank has them."""
        return _Ranked(self, rank)

    async def take(self, rank: int) -> None:
        """Waits for a slot."""
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (rank, next(self._number), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.give_back()
            raise

    def give_back(self) -> None:
        """Hands the slot to whoever is next; nobody waits while one is free."""
        while self._waiting:
            _, _, turn = heapq.heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class _Ranked:
    def __init__(self, turns: Turns, rank: int) -> None:
        self._turns = turns
        self._rank = rank

    async def __aenter__(self) -> None:
        await self._turns.take(self._rank)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._turns.give_back()
