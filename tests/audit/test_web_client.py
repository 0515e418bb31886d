"""Rounds on a chat's web client: what a click asked for is what is opened, and no message is blamed for another's."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import yaml

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, run_round
from linkprobe.model import Cause, Cell, Executor, Verdict
from linkprobe.network import Mapped, read_entry
from linkprobe.scenario import Catalogue, load_scenarios
from linkprobe.store import RoundRecord, Store
from tests.audit.conftest import ROUND
from tests.loopback import ca_file, context_for, website
from tests.probe.message.chat import Chat, allowed, dropped, refused
from tests.probe.message.test_web_client import ENVIRON, SURFACE

RIVAL, OTHER, PLAIN = "https://shop.test/item?id=1", "https://shop.test/other", "https://library.test/hours"
PLATFORM = {
    "platform": "chat",
    "name": "Chat",
    "owner": "chat",
    "hosts": ["chat.test"],
    "surfaces": {"room": {"kind": "web-client", **msgspec.to_builtins(SURFACE)}},
}
SCENARIO = {"scenario": "rooms", "platforms": [PLATFORM]}
LINKS = [
    {"target": "rival", "url": RIVAL, "category": "shops"},
    {"target": "plain", "url": PLAIN, "category": "shops", "neutral": True},
]


class Played(NamedTuple):
    """A round over both links, with what was seen."""

    cells: dict[str, Cell]
    opened: dict[str, str]
    """The URL that was opened for each link through the chat."""


class Room(NamedTuple):
    chat: Chat
    network: Mapped
    folder: Path

    async def play(self, other: str = "", *, browser: bool = True) -> Played:
        """A round over the rival, the harmless link, and one more if it is given."""
        path = self.folder / "scenario.yaml"
        more = [{"target": "other", "url": other, "category": "shops"}] if other else []
        path.write_text(yaml.safe_dump({**SCENARIO, "define": [*LINKS, *more]}), "utf-8")
        cases = load_scenarios((path,), Catalogue())
        options = Options(browser=browser, repeat=1)
        with Store.open(self.folder / "results") as store:
            store.begin_round(RoundRecord(id=ROUND, started="2026-01-01T00:00:00+00:00", world="", mode="mapped"))
            store.keep_cases(ROUND, cases)
            cells = await run_round(store, ROUND, cases, self.network, options, Silent(), Accounts(ENVIRON))
            through = [
                (task.target, seen.visit.requested)
                for task, seen in store.observations(ROUND, bodies=False)
                if task.platform and task.executor is Executor.HTTP and seen.visit
            ]
        return Played({cell.target: cell for cell in cells}, dict(through))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    chat = Chat()
    hosts = ("chat.test", "shop.test", "library.test")
    async with website(chat.app, context_for(*hosts)) as port:
        entries = [read_entry(f"{host}:443:127.0.0.1:{port}") for host in hosts]
        network = Mapped(tuple(entries), ca=ca_file(tmp_path))
        yield Room(chat, network, tmp_path)
        await network.aclose()


async def test_without_a_browser_nothing_is_sent_and_nothing_said(room: Room) -> None:
    played = await room.play(browser=False)

    assert room.chat.sent == []
    assert {cell.verdict for cell in played.cells.values()} == {Verdict.INCONCLUSIVE}


@pytest.mark.browser
async def test_what_a_click_asks_for_is_opened(room: Room) -> None:
    room.chat.look = {"click": "own"}
    played = await room.play()

    assert played.opened["rival"] == "https://chat.test/leave?to=https%3A%2F%2Fshop.test%2Fitem%3Fid%3D1"


@pytest.mark.browser
async def test_a_notice_is_held_against_the_message_it_is_about_alone(room: Room) -> None:
    treatments = {RIVAL: dropped, OTHER: refused, PLAIN: allowed}
    room.chat.treat = lambda text: treatments[text.split()[1]](text)
    played = await room.play(OTHER)

    assert played.cells["rival"].causes == (Cause.SILENTLY_DROPPED,)
    assert played.cells["other"].causes == (Cause.SEND_REFUSED,)
    assert len(room.chat.sent) == 3


@pytest.mark.browser
async def test_a_room_that_takes_no_messages_from_us_is_no_finding(room: Room) -> None:
    room.chat.look = {"deaf": "yes"}
    played = await room.play()

    assert played.cells["rival"].verdict is Verdict.INCONCLUSIVE
