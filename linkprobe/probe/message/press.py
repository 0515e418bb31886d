"""A real click on the link of a message, and which document the browser then asks for."""

import asyncio

from playwright.async_api import Dialog, Page, Request
from playwright.async_api import Error as PlaywrightError

from linkprobe.probe.browser.wire import Details, Wire
from linkprobe.probe.message.seat import BROKEN, Seat

REACTION = 3.0
"""Seconds a client may take to do anything after a click; some ask their own server about the link first."""
PRESSING = 5.0
SETTLING = 0.3
"""Seconds for what the click puts in front of the page to be drawn."""


async def pressed(seat: Seat, token: str, link: str) -> str | None:
    """The URL that a click on the message's `link` asked for, in a new tab or the same; empty where nothing happened.

    None where no click could be made, and where it led to something else than a document: a question of the
    client's, an empty tab. Tabs that it opened are closed.
    """
    try:
        place = await seat.place_of(token, link)
        if not place or not place["free"]:
            return None
        wire = await Wire.attach(seat.page.context, seat.page)
        await wire.send("Page.enable")
        with _Asked(seat.page, wire) as asked:
            async with asyncio.timeout(PRESSING):
                await seat.page.mouse.click(place["x"], place["y"])
            url = await asked.first(REACTION)
            return url if url or asked.otherwise else await _nothing_unless_covered(seat, token, link)
    except BROKEN:
        return None
    finally:
        await _close_others(seat.page)


async def _nothing_unless_covered(seat: Seat, token: str, link: str) -> str | None:
    """Empty where the link still stands there to be pressed; None where something has come before it, or it is gone."""
    await asyncio.sleep(SETTLING)
    place = await seat.place_of(token, link)
    return "" if place and place["free"] else None


class _Asked:
    """The first document that the client's page, or a tab of its making, asks for. Questions are answered with yes."""

    def __init__(self, page: Page, wire: Wire) -> None:
        self._page = page
        self._announced: list[str] = []
        wire.listen({"Page.windowOpen": self._announce, "Page.frameRequestedNavigation": self._announce})
        self._url: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._questions: set[asyncio.Task[None]] = set()
        self.otherwise = False
        """Whether a tab or a question came, and no document."""

    def __enter__(self) -> "_Asked":
        self._page.context.on("request", self._request)
        self._page.context.on("page", self._tab)
        self._page.context.on("dialog", self._question)
        return self

    def __exit__(self, *_: object) -> None:
        self._page.context.remove_listener("request", self._request)
        self._page.context.remove_listener("page", self._tab)
        self._page.context.remove_listener("dialog", self._question)

    async def first(self, within: float) -> str | None:
        """The document's URL; None where none is asked for in time."""
        try:
            async with asyncio.timeout(within):
                url = await self._url
        except TimeoutError:
            return None
        # A request has no fragment; what the page announced before it has.
        return next((whole for whole in self._announced if whole.partition("#")[0] == url), url)

    def _announce(self, event: Details) -> None:
        self._announced.append(event["url"])

    def _request(self, request: Request) -> None:
        if request.is_navigation_request() and not _is_in_a_frame(request) and not self._url.done():
            self._url.set_result(request.url)

    def _tab(self, _: Page) -> None:
        self.otherwise = True

    def _question(self, dialog: Dialog) -> None:
        self.otherwise = True
        task = asyncio.ensure_future(_accept(dialog))
        self._questions.add(task)
        task.add_done_callback(self._questions.discard)


def _is_in_a_frame(request: Request) -> bool:
    try:
        return request.frame.parent_frame is not None
    except PlaywrightError:
        return False  # a tab so new that it has no frame yet


async def _accept(dialog: Dialog) -> None:
    try:
        await dialog.accept()
    except PlaywrightError:
        return


async def _close_others(page: Page) -> None:
    for tab in page.context.pages:
        if tab is not page:
            try:
                await tab.close()
            except PlaywrightError:
                continue
