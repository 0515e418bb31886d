"""One tab under observation: its wire, its journal, and what it is told before it goes anywhere."""

import asyncio
from typing import Any

from playwright.async_api import BrowserContext, Page
from playwright.async_api import Error as PlaywrightError

from linkprobe.probe.browser.disguise import Disguise
from linkprobe.probe.browser.journal import Journal
from linkprobe.probe.browser.limits import BrowserLimits
from linkprobe.probe.browser.scripting import call
from linkprobe.probe.browser.wire import Details, Wire

HEAVY = ("mp4", "webm", "m4s", "m3u8", "mpd", "flv", "mp3", "m4a", "aac", "ogg", "wav", "woff", "woff2", "ttf", "otf")
BLOCKED = [pattern for ending in HEAVY for pattern in (f"*.{ending}", f"*.{ending}?*")]
"""Sound, video and fonts cost time and memory and say nothing; images are kept for the screenshot."""

THUMBNAIL = 320
"""Width of a screenshot in pixels."""


class Tab:
    """A page, the session that listens to it, and the journal it fills."""

    def __init__(self, page: Page, wire: Wire, journal: Journal, disguise: Disguise, limits: BrowserLimits) -> None:
        self.page = page
        self.wire = wire
        self.journal = journal
        self.limits = limits
        self._disguise = disguise
        self._glimpse: asyncio.Task[str] | None = None
        self._glimpsed = ""

    @classmethod
    async def watch(
        cls, context: BrowserContext, page: Page, journal: Journal, disguise: Disguise, limits: BrowserLimits
    ) -> "Tab":
        """Start to listen to `page`, and let it pose as the client."""
        tab = cls(page, await Wire.attach(context, page), journal, disguise, limits)
        page.on("crash", lambda _: journal.crash())
        journal.stop = tab.stop
        tab.wire.listen({**journal.handlers(), "Fetch.requestPaused": tab._go_on})
        if limits.screenshot:
            tab.wire.listen({"Page.loadEventFired": tab._loaded})
        await tab._prepare()
        return tab

    async def _prepare(self) -> None:
        commands = [
            self.wire.send("Page.enable"),
            self.wire.send("Network.enable", maxTotalBufferSize=0, maxResourceBufferSize=0),
            self.wire.send("Network.setBlockedURLs", urls=BLOCKED),
            self.wire.send("Emulation.setUserAgentOverride", **self._disguise.override),
        ]
        if self._disguise.navigation:
            documents = [{"urlPattern": "*", "resourceType": "Document"}]
            commands.append(self.wire.send("Fetch.enable", patterns=documents))
        await asyncio.gather(*commands)

    async def adopt(self) -> None:
        """Take over a tab that was already under way: which document it shows, and whether that still loads."""
        tree = await self.wire.send("Page.getFrameTree")
        state = await self.wire.send("Runtime.evaluate", expression="document.readyState", returnByValue=True)
        frame = tree["frameTree"]["frame"]
        self.journal.adopt(frame["id"], frame["loaderId"], loading=state["result"].get("value") != "complete")

    def _go_on(self, event: Details) -> None:
        headers = {**event["request"]["headers"], **self._disguise.navigation}
        listed = [{"name": name, "value": value} for name, value in headers.items()]
        self.wire.post("Fetch.continueRequest", requestId=event["requestId"], headers=listed)

    async def ask(self, script: str, *arguments: Any, within: float | None = None, promise: bool = False) -> Any:
        """What a script of ours returns; None where the page is gone, threw, or did not answer in time.

        A page that does not answer is busy with a script of its own, which is stopped.
        """
        try:
            async with asyncio.timeout(within or self.limits.reading):
                answer = await self.wire.send(
                    "Runtime.evaluate", expression=call(script, *arguments), returnByValue=True, awaitPromise=promise
                )
        except TimeoutError:
            self.wire.post("Runtime.terminateExecution")
            return None
        except PlaywrightError:
            return None
        return None if "exceptionDetails" in answer else answer["result"].get("value")

    def stop(self) -> None:
        """Stop loading, and stop the page's scripts for good."""
        self.wire.post("Runtime.terminateExecution")
        self.wire.post("Emulation.setScriptExecutionDisabled", value=True)
        self.wire.post("Page.stopLoading")

    def _loaded(self, _: Details) -> None:
        """Draw at once: the page is being painted anyway, and a frame of its own later costs several times as much."""
        self.forget()
        self._glimpsed = self.journal.landed
        self._glimpse = asyncio.ensure_future(self._draw())

    def forget(self) -> None:
        """Drop the picture that was taken as the page had loaded: it has changed since, or is over."""
        if self._glimpse:
            self._glimpse.cancel()
        self._glimpse = None

    async def thumbnail(self) -> str:
        """A small JPEG of the first viewport, in base64; empty where the page cannot draw in time."""
        if self._glimpse and self._glimpsed == self.journal.landed:
            return await self._glimpse
        return await self._draw()

    async def _draw(self) -> str:
        size = self.page.viewport_size or {"width": 1280, "height": 720}
        density = self._disguise.options["device_scale_factor"]
        scale = min(1.0, THUMBNAIL / size["width"]) / density
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": scale}
        try:
            async with asyncio.timeout(self.limits.reading):
                answer = await self.wire.send(
                    "Page.captureScreenshot", format="jpeg", quality=70, optimizeForSpeed=True, clip=clip
                )
        except (TimeoutError, PlaywrightError):
            return ""
        return str(answer["data"])
