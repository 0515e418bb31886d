"""Times are those of the event loop, measured between permissions of one lane."""

import asyncio
import time

from linkprobe.audit.lanes import SENDING_GAP, Lanes
from linkprobe.model import Executor


def lanes(*, rate: float | None) -> Lanes:
    return Lanes(rate=rate, browsing=asyncio.Semaphore(1))


async def between_two(lanes: Lanes, *, sends: bool) -> float:
    """Seconds between two permissions."""
    async with lanes.start("chat@here", None, sends=sends):
        first = time.monotonic()
    async with lanes.start("chat@here", None, sends=sends):
        return time.monotonic() - first


async def test_two_messages_of_a_lane_are_three_seconds_apart() -> None:
    assert await between_two(lanes(rate=50), sends=True) >= SENDING_GAP


async def test_two_pages_of_a_lane_are_apart_as_the_rate_says() -> None:
    assert 0.02 <= await between_two(lanes(rate=50), sends=False) < SENDING_GAP


async def test_a_lab_keeps_nobody_waiting() -> None:
    assert await between_two(lanes(rate=None), sends=True) < SENDING_GAP


async def test_lanes_that_share_their_slots_never_have_more_browser_probes_at_once() -> None:
    browsing = asyncio.Semaphore(3)
    several = [Lanes(rate=None, browsing=browsing) for _ in range(2)]
    now = most = 0

    async def probe(number: int) -> None:
        nonlocal now, most
        async with several[number % 2].start(f"chat@{number}", Executor.BROWSER):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.01)
            now -= 1

    await asyncio.gather(*map(probe, range(12)))
    assert most == 3


async def test_a_lane_that_waits_for_its_gap_holds_up_no_other() -> None:
    crowded = lanes(rate=1)
    async with crowded.start("chat@here", Executor.BROWSER):
        pass
    again = asyncio.create_task(_started(crowded, "chat@here"))
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await _started(crowded, "talk@here")

    assert time.monotonic() - began < 0.5
    await again


async def _started(lanes: Lanes, lane: str) -> None:
    async with lanes.start(lane, Executor.BROWSER):
        return
