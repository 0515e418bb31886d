"""Pressing the button that leads on, as a person would: with the mouse, once, where it stands."""

import asyncio
import time
from typing import Any

from playwright.async_api import Error as PlaywrightError

from linkprobe.model import EventKind
from linkprobe.probe.browser.tab import Tab
from linkprobe.probe.browser.vocabulary import GO_ON, NOT_ON

WORDS = {"on": sorted(GO_ON), "off": sorted(NOT_ON)}

ENABLED_WITHIN = 8.0
"""Seconds a button that is disabled at first (most count down from 3 or 5) may take."""

LOOKS_EVERY = 0.5

PRESSING = 3.0
"""Seconds one click of the mouse may take; a page with a script that never ends swallows it."""


async def find_button(tab: Tab, deadline: float) -> dict[str, Any] | None:
    """Where the button that leads on stands, once it can be pressed; None where there is none."""
    until = min(deadline, time.monotonic() + ENABLED_WITHIN)
    while (found := await tab.ask("button", WORDS)) and "waits" in found:
        if time.monotonic() >= until:
            return None
        await asyncio.sleep(LOOKS_EVERY)
    return found if isinstance(found, dict) else None


async def press(tab: Tab, button: dict[str, Any]) -> bool:
    """Press it with the mouse, and note it; False where the page does not take the click."""
    tab.journal.events.add(EventKind.CLICK, url=button["href"], text=button["label"])
    try:
        async with asyncio.timeout(PRESSING):
            await tab.page.mouse.click(button["x"], button["y"])
    except (TimeoutError, PlaywrightError):
        return False
    return True
