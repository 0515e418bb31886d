"""When a page has come to rest: no polling, only waiting for what the page announces or seems to be up to."""

import time

import msgspec

from linkprobe.probe.browser.errand import Errand
from linkprobe.probe.browser.leg import shown_step
from linkprobe.probe.browser.tab import Tab

SLACK = 1.0
"""Seconds by which an announced refresh may be late."""

GLANCE = 1.0
"""Seconds between two looks at the timers of a page that may yet move on."""


class Settling:
    """One wait for one tab. `deadline` is monotonic and ends every wait."""

    def __init__(self, tab: Tab, word: str, errand: Errand, deadline: float) -> None:
        self._tab = tab
        self._journal = tab.journal
        self._limits = tab.limits
        self._word = word
        self._errand = errand
        self._landmark = msgspec.structs.asdict(errand.landmark) if errand.landmark else None
        self._deadline = deadline
        self._suspects_until: float | None = None

    async def wait(self) -> bool:
        """Whether the page came to rest in time."""
        while await self._quiet():
            here = self._journal.landed
            if not await self._moves_on() and not self._has_left(here):
                return True
            self._tab.forget()
        return False

    def _has_left(self, here: str) -> bool:
        """Whether the page has gone on while it was asked what it is up to."""
        return self._journal.flying or self._journal.landed != here

    async def _quiet(self) -> bool:
        """Whether nothing navigates for a while, before the time is up."""
        while (left := self._left()) > 0 and not self._is_over():
            busy = self._busy_for(left)
            changed = await self._journal.change(min(left, busy or self._limits.quiet))
            if not changed and not busy:
                return True
        return False

    def _is_over(self) -> bool:
        return self._journal.crashed or self._journal.overrun

    def _busy_for(self, left: float) -> float:
        """For how long the page's own work is worth waiting for; 0 when it does nothing."""
        if self._journal.flying:
            return left
        loads_until = self._journal.loads_until()
        return max(0.0, loads_until - time.monotonic()) if loads_until else 0.0

    async def _moves_on(self) -> bool:
        """Whether the page moves on, after all, so that it has to come to rest again."""
        if not self._journal.landed or self._journal.unreachable:
            return False
        if announced := self._journal.announced:
            self._journal.announced = None
            return await self._change(announced.due + SLACK - time.monotonic())
        if self._landmark and await self._tab.ask("landmark", self._landmark, 0):
            return False
        if await self._may_move():
            await self._change(GLANCE)
            return True
        return await self._late_landmark()

    async def _may_move(self) -> bool:
        now = time.monotonic()
        self._suspects_until = self._suspects_until or now + self._limits.suspected
        return now < self._suspects_until and bool(await self._tab.ask("outlook", self._word))

    async def _late_landmark(self) -> bool:
        """Wait for a landmark that is drawn late; True where the page left instead."""
        if not self._landmark:
            return False
        shown = shown_step(self._journal)
        if shown and not self._errand.is_at_site(shown.url):
            return False  # on a page that stands in the target's place it will not come, however long one waits
        milliseconds = int(1000 * self._limits.landmark)
        within = self._limits.landmark + self._limits.reading
        landed = self._journal.landed
        self._tab.forget()
        await self._tab.ask("landmark", self._landmark, milliseconds, within=within, promise=True)
        return self._has_left(landed)

    async def _change(self, within: float) -> bool:
        return await self._journal.change(min(max(0.0, within), self._left()))

    def _left(self) -> float:
        return self._deadline - time.monotonic()
