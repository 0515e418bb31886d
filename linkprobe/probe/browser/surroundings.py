"""What happens around a page: dialogs are answered, tabs counted, calls to the app's bridge written down."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from playwright.async_api import BrowserContext, ConsoleMessage, Dialog, Page, WebError
from playwright.async_api import Error as PlaywrightError

from linkprobe.model import EventKind
from linkprobe.probe.browser.journal import Events
from linkprobe.probe.browser.limits import BrowserLimits


class Surroundings:
    """The listeners of one context. `stop` is called when a page floods us with dialogs or tabs."""

    def __init__(self, events: Events, limits: BrowserLimits, word: str, stop: Callable[[], None]) -> None:
        self.tabs: list[Page] = []
        self._events = events
        self._limits = limits
        self._word = word
        self._stop = stop
        self._dialogs = 0
        self._arrived = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def listen(self, context: BrowserContext, *, bridged: bool) -> None:
        """Start once the first page is open, which is no tab of the visit's making."""
        context.on("dialog", lambda dialog: self._soon(self._answer(dialog)))
        context.on("page", self._opened)
        context.on("weberror", self._erred)
        if bridged:
            context.on("console", self._said)

    async def new_tab(self, known: int, within: float) -> Page | None:
        """The first tab opened after there were `known` of them; None where none comes in time."""
        try:
            async with asyncio.timeout(max(0.0, within)):
                while len(self.tabs) <= known:
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            return None
        return self.tabs[known]

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, dialog: Dialog) -> None:
        """Accept what asks whether to go on; a prompt gets no answer."""
        self._dialogs += 1
        if self._dialogs <= self._limits.dialogs:
            self._events.add(EventKind.DIALOG, url=_page_url(dialog), text=dialog.message)
        else:
            self._stop()
        try:
            await (dialog.dismiss() if dialog.type == "prompt" else dialog.accept())
        except PlaywrightError:
            return

    def _opened(self, page: Page) -> None:
        if len(self.tabs) < self._limits.tabs:
            self.tabs.append(page)
            self._arrived.set()
            return
        self._stop()
        self._soon(_shut(page))

    def _erred(self, error: WebError) -> None:
        self._events.add(EventKind.SCRIPT_ERROR, text=error.error.message)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "debug" and message.text.startswith(self._word):
            self._events.add(EventKind.BRIDGE_CALL, text=message.text.removeprefix(self._word).strip())


def _page_url(dialog: Dialog) -> str:
    return dialog.page.url if dialog.page else ""


async def _shut(page: Page) -> None:
    try:
        await page.close()
    except PlaywrightError:
        return
