"""One visit in a context of its own: go there, wait until it rests, read it, perhaps press on."""

import asyncio
import time
from typing import Any

import msgspec
from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from linkprobe.model import Executor, HopWay, Visit
from linkprobe.network import Network
from linkprobe.probe.browser.disguise import Disguise
from linkprobe.probe.browser.errand import Errand
from linkprobe.probe.browser.journal import Events, Journal
from linkprobe.probe.browser.leg import Leg, broken, failure_of, seconds_of, shown_step
from linkprobe.probe.browser.newtab import FirstRequests
from linkprobe.probe.browser.pressing import find_button, press
from linkprobe.probe.browser.reading import empty_page, picture, read_page
from linkprobe.probe.browser.scripting import call
from linkprobe.probe.browser.settling import Settling
from linkprobe.probe.browser.surroundings import Surroundings
from linkprobe.probe.browser.tab import Tab
from linkprobe.probe.browser.trail import Trail

REACTION = 1.5
"""Seconds a page may take to do anything after a click."""


class Outing:
    """One visit while it is under way; `visit` is what came of it, however it ended."""

    def __init__(self, errand: Errand, network: Network, pose: Disguise, word: str) -> None:
        self.errand = errand
        self._network = network
        self._pose = pose
        self._word = word
        self._limits = errand.limits
        self._legs: list[Leg] = []
        self._broken: Exception | None = None
        self._started = time.monotonic()
        self._deadline = self._started + self._limits.total - self._limits.reading
        direct = not network.context_options(errand.vantage, errand.inside)
        self._addresses = direct  # through a proxy Chromium knows only the proxy's address
        self._events = Events(self._limits)
        self._journal = self._new_journal(HopWay.REQUEST)

    async def go(self, context: BrowserContext) -> None:
        """Make the visit. Nothing that the world does raises."""
        self._started = time.monotonic()
        self._deadline = self._started + self._limits.total - self._limits.reading
        try:
            async with asyncio.timeout(self._limits.total):
                await self._travel(context)
        except (TimeoutError, PlaywrightError) as error:
            self.give_up(error)

    def give_up(self, error: Exception) -> None:
        """The browser failed; what was seen until then stands."""
        self._broken = error
        failure = broken(error, self.errand.url)
        self._legs.append(Leg(self._hops(), self._events.take(), failure=failure, seconds=self._gone(), settled=False))

    def visit(self) -> Visit:
        """What came of it."""
        first, *rest = self._legs
        clicked = self._as_visit(rest[0], None) if rest else None
        return self._as_visit(first, clicked)

    def _as_visit(self, leg: Leg, clicked: Visit | None) -> Visit:
        return Visit(
            requested=self.errand.url, executor=Executor.BROWSER, why=self.errand.why, clicked=clicked, **leg._asdict()
        )

    async def _travel(self, context: BrowserContext) -> None:
        await context.add_init_script(f"{self._pose.script};{call('dialogs', self._limits.dialogs + 1)}")
        page = await context.new_page()
        tab = await Tab.watch(context, page, self._journal, self._pose, self._limits)
        around = Surroundings(self._events, self._limits, self._word, tab.stop)
        around.listen(context, bridged=self._pose.bridged)
        await self._navigate(tab)
        self._legs.append(await self._rest(tab))
        if button := await self._button(tab):
            self._legs.append(await self._press_on(context, tab, around, button))

    async def _navigate(self, tab: Tab) -> None:
        try:
            async with asyncio.timeout(self._deadline - time.monotonic()):
                answer = await tab.wire.send("Page.navigate", url=self.errand.url)
        except TimeoutError:
            return
        self._journal.error = self._journal.error or answer.get("errorText", "")

    async def _rest(self, tab: Tab) -> Leg:
        """Wait until the tab has come to rest, and read it."""
        settled = await Settling(tab, self._word, self.errand, self._deadline).wait()
        journal = tab.journal
        failure = failure_of(journal, self.errand.url, self._limits.navigations, self._network)
        if journal.overrun:
            tab.stop()
        leg = Leg((), (), failure=failure, seconds=seconds_of(journal, self._gone()), settled=settled)
        if failure is None:
            leg = await self._read(tab, leg)
        self._journal = journal
        return leg._replace(hops=self._hops(), events=self._events.take())

    async def _read(self, tab: Tab, leg: Leg) -> Leg:
        step = shown_step(tab.journal)
        if tab.journal.unreachable and step:
            return leg._replace(page=empty_page(step))
        page, screenshot = await asyncio.gather(read_page(tab), self._picture(tab))
        if page is None:
            return leg._replace(
                failure=broken(TimeoutError("the page does not answer"), self.errand.url), settled=False
            )
        return leg._replace(page=page, screenshot=screenshot)

    async def _picture(self, tab: Tab) -> Any:
        return await picture(tab) if self._limits.screenshot else None

    async def _button(self, tab: Tab) -> dict[str, Any] | None:
        """The button that leads on, on a page of warning; None on any other."""
        page = self._legs[0].page
        if not self.errand.click_through or page is None or self.errand.is_at_target(page.url):
            return None
        if self.errand.landmark and await tab.ask("landmark", msgspec.structs.asdict(self.errand.landmark), 0):
            return None
        return await find_button(tab, self._deadline)

    async def _press_on(self, context: BrowserContext, tab: Tab, around: Surroundings, button: dict[str, Any]) -> Leg:
        known = len(around.tabs)
        tab.journal.turn(self._trail(HopWay.CLICK))
        tab.forget()
        with FirstRequests(context) as requests:
            await press(tab, button)
            self._move_click()
            opened = await self._reaction(tab, around, known)
            if opened is None:
                return await self._rest(tab)
            return await self._rest_in(context, opened, requests)

    def _move_click(self) -> None:
        """The click belongs to the page it was made on."""
        self._legs[0] = self._legs[0]._replace(events=(*self._legs[0].events, *self._events.take()))

    async def _reaction(self, tab: Tab, around: Surroundings, known: int) -> Page | None:
        """The tab that the click opened, if that is what it did."""
        await tab.journal.change(REACTION)
        if not tab.journal.opened:
            return around.tabs[known] if len(around.tabs) > known else None
        return await around.new_tab(known, self._deadline - time.monotonic())

    async def _rest_in(self, context: BrowserContext, page: Page, requests: FirstRequests) -> Leg:
        journal = self._new_journal(HopWay.CLICK)
        tab = await Tab.watch(context, page, journal, self._pose, self._limits)
        await tab.adopt()
        journal.trail.steps[:0] = requests.steps(page, journal.landed)
        return await self._rest(tab)

    def _new_journal(self, first: HopWay) -> Journal:
        return Journal(self._trail(first), self._events, self._limits)

    def _trail(self, first: HopWay) -> Trail:
        return Trail(first, addresses=self._addresses)

    def _hops(self) -> tuple[Any, ...]:
        return self._journal.trail.hops(self._journal.trail.start)

    def _gone(self) -> float:
        return round(time.monotonic() - self._started, 6)
