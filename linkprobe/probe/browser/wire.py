"""A page's DevTools session: commands, and events that go to named handlers."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

Details = dict[str, Any]
"""An event's or an answer's fields, as the DevTools protocol names them."""

Handler = Callable[[Details], None]


class Wire:
    """One CDP session; the probe's only one, so that every event crosses the driver once."""

    def __init__(self, session: CDPSession) -> None:
        self._session = session
        self._afterwards: set[asyncio.Task[None]] = set()

    @classmethod
    async def attach(cls, context: BrowserContext, page: Page) -> "Wire":
        """A new session with `page`."""
        return cls(await context.new_cdp_session(page))

    async def send(self, method: str, **params: Any) -> Details:
        """The answer to one command. Raises Playwright's `Error` where the page is gone."""
        answer: Details = await self._session.send(method, params)
        return answer

    def post(self, method: str, **params: Any) -> None:
        """Send without waiting; a page that is gone by then needs no answer."""
        task = asyncio.ensure_future(self._quietly(method, params))
        self._afterwards.add(task)
        task.add_done_callback(self._afterwards.discard)

    def listen(self, handlers: Mapping[str, Handler]) -> None:
        """Call each handler on every event of its name."""
        for event, handler in handlers.items():
            self._session.on(event, handler)

    async def _quietly(self, method: str, params: Details) -> None:
        try:
            await self._session.send(method, params)
        except PlaywrightError:
            return
