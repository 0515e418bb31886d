"""Playwright's driver: a process that speaks to browsers, started when the first one is wanted."""

import asyncio
from types import TracebackType
from typing import Self

from playwright.async_api import Playwright, async_playwright


class Driver:
    """One driver, for as many browsers as there are. An async context manager: leave it after the last browser."""

    def __init__(self) -> None:
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def started(self) -> Playwright:
        """The running driver."""
        async with self._starting:
            if self._playwright is None:
                self._playwright = await async_playwright().start()
            return self._playwright

    async def stop(self) -> None:
        """Ends the driver, where one was started; the next browser would start another."""
        playwright, self._playwright = self._playwright, None
        if playwright:
            await playwright.stop()
