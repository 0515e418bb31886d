"""Lanes: one account, one rate budget. A lane never starts two probes closer together than its gap."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from linkprobe.model import Executor

HTTP_SLOTS = 8
"""HTTP probes at once: a pool of more than about ten connections costs httpx more than it gains."""


class Lanes:
    """Hands out permission to start a probe, by lane and by executor."""

    def __init__(self, *, rate: float | None, jobs: int) -> None:
        self._gap = 1 / rate if rate else 0.0
        self._free_at: defaultdict[str, float] = defaultdict(float)
        self._turn: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._slots = {Executor.BROWSER: asyncio.Semaphore(jobs), Executor.HTTP: asyncio.Semaphore(HTTP_SLOTS)}

    @asynccontextmanager
    async def start(self, lane: str, executor: Executor | None) -> AsyncIterator[None]:
        """Waits for a free executor and for the lane's gap, then lets one probe run."""
        async with self._slots[executor or Executor.HTTP]:
            await self._keep_gap(lane)
            yield

    async def _keep_gap(self, lane: str) -> None:
        # The strict gap is kept at the moment of sending: slots computed ahead let bursts through.
        if not self._gap:
            return
        async with self._turn[lane]:
            wait = self._free_at[lane] - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._free_at[lane] = time.monotonic() + self._gap
