"""Times are those of the event loop, measured between permissions of one lane."""

import time

from linkprobe.audit.lanes import SENDING_GAP, Lanes


async def between_two(lanes: Lanes, *, sends: bool) -> float:
    """Seconds between two permissions."""
    async with lanes.start("chat@here", None, sends=sends):
        first = time.monotonic()
    async with lanes.start("chat@here", None, sends=sends):
        return time.monotonic() - first


async def test_two_messages_of_a_lane_are_three_seconds_apart() -> None:
    assert await between_two(Lanes(rate=50, jobs=1), sends=True) >= SENDING_GAP


async def test_two_pages_of_a_lane_are_apart_as_the_rate_says() -> None:
    assert 0.02 <= await between_two(Lanes(rate=50, jobs=1), sends=False) < SENDING_GAP


async def test_a_lab_keeps_nobody_waiting() -> None:
    assert await between_two(Lanes(rate=None, jobs=1), sends=True) < SENDING_GAP
