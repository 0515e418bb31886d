"""One of the two people at a chat's web client: how he gets in, writes, and looks."""

import asyncio
from collections import Counter
from typing import Any, NamedTuple

import msgspec
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from linkprobe.model import Card, Deed, Failure, FailureKind, Shown, Step, WebClient
from linkprobe.probe.browser.scripting import call
from linkprobe.probe.failures import printable
from linkprobe.probe.message.fill import Fill

STEP = 15.0
"""Seconds one deed may take, and the client until it shows that one is in."""
ENTERING = 60.0
"""For all of them together."""
ASKING = 5.0
"""For one question to the page."""
DRAWING = 0.3
DRAWINGS = 10
"""Seconds between two looks at a history that is still being drawn, and how many there are at most."""
LONGEST_DETAIL = 300

BROKEN = (TimeoutError, PlaywrightError)
"""What a browser that fails us raises."""


class Notices(NamedTuple):
    """What notices say, each with how often; `standing` are those that do not stand before the message itself."""

    texts: Counter[str] = Counter()  # noqa: RUF012 - never changed
    standing: frozenset[str] = frozenset()

    def since(self, before: "Notices") -> str:
        """What is new since then, and not of a history that was drawn late."""
        return " ".join(text for text in self.texts - before.texts if text in self.standing)


class Seat:
    """A page with the client in it. `fill` knows the account."""

    def __init__(self, page: Page, surface: WebClient, fill: Fill) -> None:
        self.page = page
        self._surface = surface
        self._fill = fill
        page.set_default_timeout(1000 * STEP)

    async def enter(self, who: str, steps: tuple[Step, ...]) -> Failure | None:
        """Open the client and do the steps; why `who` is not in, if he is not. Nothing about a link is in it."""
        doing = "opening the client"
        try:
            async with asyncio.timeout(ENTERING):
                await self.page.goto(self._fill.url(self._surface.address), wait_until="domcontentloaded")
                for step in steps:
                    doing = f"{step.do.value} {step.at}"
                    await self._do(step)
                doing = f"waiting for {self._surface.ready}"
                await self.page.locator(self._surface.ready).first.wait_for(state="visible")
        except BROKEN as error:
            return failed(f"the {who} did not get in: {doing}", error)
        return None

    async def write(self, text: str) -> Failure | None:
        """Put the message into the composer; why not, if it cannot be."""
        try:
            await self.page.locator(self._surface.composer).first.fill(text)
        except BROKEN as error:
            return failed(f"nothing can be written into {self._surface.composer}", error)
        return None

    async def submit(self) -> Failure | None:
        """Send what is in the composer, by one deed that is never done twice; why it cannot be done."""
        try:
            if self._surface.submit:
                await self.page.locator(self._surface.submit).first.click()
            else:
                await self.page.locator(self._surface.composer).first.press("Enter")
        except BROKEN as error:
            return failed("the message cannot be submitted", error, FailureKind.UNKNOWN)
        return None

    async def refusals(self, token: str) -> Notices:
        """The notices of refusal that can be seen now."""
        if not self._surface.refused:
            return Notices()
        marks = {"selector": self._surface.refused, "message": self._surface.message, "token": token}
        found = await self._ask("notices", marks)
        standing = {notice["text"] for notice in found if not notice["older"]}
        return Notices(Counter(notice["text"] for notice in found), frozenset(standing))

    async def old_refusals(self, token: str) -> Notices:
        """The same before the message is submitted, when no more of a history is being drawn."""
        seen = await self.refusals(token)
        for _ in range(DRAWINGS if self._surface.refused else 0):
            await asyncio.sleep(DRAWING)
            before, seen = seen, await self.refusals(token)
            if seen == before:
                break
        return seen

    async def look(self, token: str) -> Shown | None:
        """The message with `token` as it stands there now; None where there is none."""
        found = await self._ask("message", self._marks(token))
        if found is None:
            return None
        card = Card(**found["card"]) if found["card"] else None
        return Shown(arrived=True, text=found["text"], links=tuple(found["links"]), card=card)

    async def place_of(self, token: str, link: str) -> dict[str, Any] | None:
        """Where the message's `link` can be pressed; scrolls there. `free`: it is the message that stands there."""
        found: dict[str, Any] | None = await self._ask("message", {**self._marks(token), "press": link})
        return found

    async def is_in(self) -> bool:
        """Whether the client still shows that one is in."""
        return await self.page.locator(self._surface.ready).first.is_visible()

    async def shows_messages(self) -> bool:
        """Whether any message at all can be told in the client: a selector that fits nothing shows no drop."""
        return await self.page.locator(self._surface.message).count() > 0

    async def still_writes(self, token: str) -> bool:
        """Whether the message still stands in the composer, so that the client has not taken it."""
        draft: str = await self._ask("draft", self._surface.composer)
        return token in draft

    def _marks(self, token: str) -> dict[str, Any]:
        card = self._surface.card
        return {
            "message": self._surface.message,
            "body": self._surface.body,
            "link": self._surface.link,
            "card": msgspec.structs.asdict(card) if card else None,
            "token": token,
            "press": "",
        }

    async def _ask(self, script: str, *arguments: Any) -> Any:
        async with asyncio.timeout(ASKING):
            return await self.page.evaluate(call(script, *arguments))

    async def _do(self, step: Step) -> None:
        at = self.page.locator(self._fill.text(step.at)).first
        match step.do:
            case Deed.FILL:
                await at.fill(self._fill.text(step.text))
            case Deed.CLICK:
                await at.click()
            case Deed.PRESS:
                await at.press(step.text)
            case Deed.WAIT:
                await at.wait_for(state="visible")


def failed(what: str, error: BaseException, kind: FailureKind = FailureKind.VANTAGE) -> Failure:
    """Our own failure to do something in the client, with the first line of what the browser says."""
    said = str(error).strip().partition("\n")[0] or "it took too long"
    return Failure(kind, detail=printable(f"{what}: {said}")[:LONGEST_DETAIL])
