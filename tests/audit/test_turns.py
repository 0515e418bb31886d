"""Slots by rank, without any probe."""

import asyncio

import pytest

from linkprobe.audit.turns import Slots, Turns


async def waited(slots: Slots, name: str, order: list[str]) -> None:
    async with slots:
        order.append(name)
        await asyncio.sleep(0)


async def test_the_lowest_rank_is_next_and_within_it_whoever_came_first() -> None:
    turns, order = Turns(1), list[str]()

    async with turns.ranked(0):
        late = [asyncio.create_task(waited(turns.ranked(rank), name, order)) for rank, name in ((2, "c"), (1, "a"))]
        late.append(asyncio.create_task(waited(turns.ranked(1), "b", order)))
        await asyncio.sleep(0)
    await asyncio.gather(*late)

    assert order == ["a", "b", "c"]


async def test_there_are_never_more_at_once_than_slots() -> None:
    turns, now, most = Turns(3), 0, 0

    async def one(rank: int) -> None:
        nonlocal now, most
        async with turns.ranked(rank):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.001)
            now -= 1

    await asyncio.gather(*(one(number % 4) for number in range(20)))

    assert (most, now) == (3, 0)


@pytest.mark.parametrize("as_his_turn_comes", [False, True])
async def test_one_who_gives_up_waiting_takes_no_slot_away(as_his_turn_comes: bool) -> None:
    turns, order = Turns(1), list[str]()

    async with turns.ranked(0):
        weary = asyncio.create_task(waited(turns.ranked(0), "weary", order))
        patient = asyncio.create_task(waited(turns.ranked(1), "patient", order))
        await asyncio.sleep(0)
        if not as_his_turn_comes:
            weary.cancel()
    weary.cancel()
    await asyncio.gather(weary, patient, return_exceptions=True)

    assert order == ["patient"]
