"""Lanes: one account, one rate budget. A lane never starts two probes closer together than its gap."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from linkprobe.audit.turns import Slots
from linkprobe.model import Executor

HTTP_SLOTS = 8
"""HTTP probes at once: a pool of more than about ten connections costs httpx more than it gains."""


SENDING_GAP = 3.0
"""Seconds between two messages of a lane wherever a rate is kept: DingTalk's and WeCom's robots take 20 a minute."""


class Lanes:
    """Hands out permission to start a probe, by lane and by executor. Lanes of several rounds may share `browsing`."""

    def __init__(self, *, rate: float | None, browsing: Slots) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._free_at: defaultdict[str, float] = defaultdict(float)
        self._turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._slots: dict[Executor, Slots] = {Executor.BROWSER: browsing, Executor.HTTP: asyncio.Semaphore(HTTP_SLOTS)}

    @asynccontextmanager
    async def start(self, lane: str, executor: Executor | None, *, sends: bool = False) -> AsyncIterator[None]:
        """Waits for the lane's gap and for a free executor, then lets one probe run."""
        slot = self._slots[executor or Executor.HTTP]
        async with AsyncExitStack() as held:
            if self._gap:
                await self._in_turn(lane, max(self._gap, SENDING_GAP) if sends else self._gap, slot, held)
            else:
                await held.enter_async_context(slot)
            yield

    async def _in_turn(self, lane: str, gap: float, slot: Slots, held: AsyncExitStack) -> None:
        # The gap is waited for without a slot, which another lane may use meanwhile; and it is counted from the moment
        # a slot is there, for times computed ahead let bursts through.
        async with self._turn[lane]:
            wait = self._free_at[lane] - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            await held.enter_async_context(slot)
            self._free_at[lane] = time.monotonic() + gap
