"""One Chromium for one network, kept open; a new context for every visit."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.async_api import Browser, BrowserContext
from playwright.async_api import Error as PlaywrightError

from linkprobe.model import Client, Landmark, Vantage, Visit
from linkprobe.network import Network
from linkprobe.probe.browser.disguise import LAUNCH, Disguise, disguise
from linkprobe.probe.browser.driver import Driver
from linkprobe.probe.browser.errand import Errand
from linkprobe.probe.browser.executable import find_chromium
from linkprobe.probe.browser.limits import BrowserLimits
from linkprobe.probe.browser.outing import Outing

LIMITS = BrowserLimits()

STARTING = 30.0
"""Seconds a browser or a context may take to start on a busy machine."""

ATTEMPTS = 2
"""A visit that loses its browser is made once more: it may have been another visit's page that broke it."""


class _Running:
    """A browser and how many visits use it; one that is `retired` takes no more and is closed by the last."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.visits = 0
        self.retired = False

    @property
    def takes_visits(self) -> bool:
        return not self.retired and self.browser.is_connected()


class Chromium:
    """Opens URLs in a real browser that lives in `network`. An async context manager; how many visits run at a time
    is the caller's choice. Raises `BrowserMissing` on entering where there is no Chromium. A `driver` that is handed in
    is shared with others and stays; without one it has its own.
    """

    def __init__(self, network: Network, environ: Mapping[str, str] = os.environ, driver: Driver | None = None) -> None:
        self._network = network
        self._environ = environ
        self._word = f"_{secrets.token_hex(8)}"
        self._starting = asyncio.Lock()
        self._executable = Path()
        self._own_driver = Driver()
        self._driver = driver or self._own_driver
        self._running: _Running | None = None

    async def __aenter__(self) -> Self:
        self._executable = find_chromium(self._environ)
        await self._ready()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running:
            await _close(self._running.browser)
        self._running = None
        await self._own_driver.stop()

    async def visit(
        self,
        vantage: Vantage,
        url: str,
        *,
        client: Client | None,
        inside: str | None = None,
        why: str = "",
        landmark: Landmark | None = None,
        click_through: bool = True,
        target: str = "",
        limits: BrowserLimits = LIMITS,
        trace: Path | None = None,
    ) -> Visit:
        """Open `url` as `client` (None: the ordinary browser) and write down all that happens until it comes to rest.

        With `click_through` a continue button is pressed on a page of another host than the target's, and what
        follows is the visit's `clicked`. `target` is the link behind `url`; empty means the one that `url` carries,
        or `url` itself. The world's failures are in the visit; nothing of the page's raises. With `trace` Playwright's
        own record of the visit is written there; it costs time, and is for a link that has been judged already.
        """
        errand = Errand(vantage, url, inside, why, landmark, click_through, target, limits)
        pose = disguise(client, vantage, self._word)
        outing = Outing(errand, self._network, pose, self._word)
        for _ in range(ATTEMPTS):
            outing = Outing(errand, self._network, pose, self._word)
            async with self._leased() as running:
                await self._go(running, outing, pose, trace)
                if running.browser.is_connected():
                    break
        return outing.visit()

    @asynccontextmanager
    async def context(self, vantage: Vantage, client: Client | None) -> AsyncIterator[BrowserContext]:
        """A context at `vantage` that poses as `client`, lent to whoever drives its pages himself.

        It lives in the same network as the visits. Raises `TimeoutError` or Playwright's `Error` where there is none.
        """
        pose = disguise(client, vantage, self._word)
        options = {**pose.options, **self._network.context_options(vantage, None)}
        async with self._leased() as running, _opened(running, options, LIMITS.closing) as context:
            await context.add_init_script(pose.script)
            yield context

    async def _go(self, running: _Running, outing: Outing, pose: Disguise, trace: Path | None) -> None:
        """Make the visit in a context of its own; what went wrong is the outing's to tell."""
        errand = outing.errand
        options = {**pose.options, **self._network.context_options(errand.vantage, errand.inside)}
        try:
            async with _opened(running, options, errand.limits.closing) as context, _traced(context, trace):
                await outing.go(context)
        except (TimeoutError, PlaywrightError) as error:
            outing.give_up(error)

    @asynccontextmanager
    async def _leased(self) -> AsyncIterator[_Running]:
        running = await self._ready()
        running.visits += 1
        try:
            yield running
        finally:
            running.visits -= 1
            if running.retired and not running.visits:
                await _close(running.browser)

    async def _ready(self) -> _Running:
        """A browser that takes visits, started anew if the last one broke."""
        async with self._starting:
            if self._running is None or not self._running.takes_visits:
                self._running = _Running(await self._launch())
            return self._running

    async def _launch(self) -> Browser:
        launch = self._network.browser_launch()
        playwright = await self._driver.started()
        return await playwright.chromium.launch(
            executable_path=self._executable,
            args=[*launch.args, *LAUNCH],
            env=dict(launch.env),
            timeout=1000 * STARTING,
        )


@asynccontextmanager
async def _opened(running: _Running, options: dict[str, Any], closing: float) -> AsyncIterator[BrowserContext]:
    """A new context; a browser that cannot open or close one is retired."""
    try:
        async with asyncio.timeout(STARTING):
            context = await running.browser.new_context(**options)
    except (TimeoutError, PlaywrightError):
        running.retired = True
        raise
    try:
        yield context
    finally:
        if not await _is_closed(context, closing):
            running.retired = True


@asynccontextmanager
async def _traced(context: BrowserContext, trace: Path | None) -> AsyncIterator[None]:
    if trace is None:
        yield
        return
    await context.tracing.start(screenshots=True, snapshots=True)
    try:
        yield
    finally:
        with suppress(TimeoutError, PlaywrightError):
            async with asyncio.timeout(STARTING):
                await context.tracing.stop(path=trace)


async def _is_closed(context: BrowserContext, within: float) -> bool:
    """Whether the context is gone; a page that hangs beyond its scripts can keep it open."""
    try:
        async with asyncio.timeout(within):
            await context.close()
    except TimeoutError:
        return False
    except PlaywrightError:
        return True
    return True


async def _close(browser: Browser) -> None:
    try:
        async with asyncio.timeout(STARTING):
            await browser.close()
    except (TimeoutError, PlaywrightError):
        return
