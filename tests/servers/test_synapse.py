"""Matrix against Synapse, by the shipped platform: what its rules and a module do to a link in a room."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import pytest_asyncio

from linkprobe.model import Card, Cause, MessageApi, PreviewApi, SendOutcome, Sent, Shown, Target, Vantage, Verdict
from linkprobe.network import Entry, Mapped
from linkprobe.probe.message.declared import preview, send_and_read
from linkprobe.scenario import load_catalogue, shipped
from tests.servers.conftest import judged
from tests.servers.sites import CLAW, GATE, HOURS, Sites
from tests.servers.synapse import NO_CARD, Synapse

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("synapse")]

CATALOGUE = load_catalogue(shipped())
MATRIX = CATALOGUE.platforms["matrix"]
HERE = Vantage()
Networks = Callable[[Mapped], Mapped]


def shipped_room() -> MessageApi:
    surface = MATRIX.surfaces["room"]
    assert isinstance(surface, MessageApi)
    return surface


def impatient() -> MessageApi:
    """The shipped room with less patience: Synapse takes up to ten seconds over each request of a banned account."""
    surface = shipped_room()
    assert surface.read is not None
    return msgspec.structs.replace(surface, delete=None, read=msgspec.structs.replace(surface.read, within=1.0))


class Room(NamedTuple):
    """The room as the tests use it. The links' hosts are names that Synapse itself can resolve."""

    server: Synapse
    pages: Sites
    network: Mapped

    def url(self, treatment: str = "") -> str:
        """The hammer's address; the module looks at the first part of its path."""
        return f"http://localhost:{self.pages.shop}/{treatment}{'/' if treatment else ''}hammer"

    async def send(self, url: str, token: str, surface: MessageApi) -> tuple[Sent, Shown | None]:
        """One message with `url`, as both ends see it."""
        target, environ = Target(id="it", url=url), self.server.environ
        return await send_and_read(self.network, HERE, surface, target, token=token, environ=environ)

    async def card(self, url: str) -> Shown:
        """The card that the server makes of `url`."""
        surface = MATRIX.surfaces["preview"]
        assert isinstance(surface, PreviewApi)
        return await preview(self.network, HERE, surface, Target(id="it", url=url), environ=self.server.environ)


@pytest_asyncio.fixture
async def room(running_synapse: Synapse, pages: Sites, closing: Networks) -> Room:
    bare = (("localhost", pages.shop), ("127.0.0.1", pages.public_library))
    ways = tuple(Entry(host, port, "127.0.0.1", port) for host, port in bare)
    return Room(running_synapse, pages, closing(Mapped((running_synapse.entry, *pages.entries, *ways))))


@pytest_asyncio.fixture
async def shadow_banned(running_synapse: Synapse) -> AsyncIterator[None]:
    """The sender's messages are accepted and shown to nobody."""
    await running_synapse.as_admin("POST", "shadow_ban")
    yield
    await running_synapse.as_admin("DELETE", "shadow_ban")


@pytest_asyncio.fixture
async def hurried(running_synapse: Synapse) -> AsyncIterator[None]:
    """The sender may send one message a second."""
    await running_synapse.as_admin("POST", "override_ratelimit", {"messages_per_second": 1, "burst_count": 1})
    yield
    await running_synapse.as_admin("DELETE", "override_ratelimit")


async def test_an_allowed_link_arrives_with_its_card_and_is_taken_back(room: Room) -> None:
    sent, shown = await room.send(room.url(), "a1f00d", shipped_room())

    assert shown is not None
    assert (sent.outcome, sent.taken_back, shown.text) == (SendOutcome.ACCEPTED, True, f"a1f00d {room.url()}")
    assert (shown.links, shown.card and shown.card.title) == ((room.url(),), CLAW)


async def test_a_module_against_spam_refuses_with_the_servers_code_and_words(room: Room) -> None:
    sent, shown = await room.send(room.url("forbidden"), "a2f00d", shipped_room())

    assert (sent.outcome, sent.status, sent.code, shown) == (SendOutcome.REFUSED, 403, "M_FORBIDDEN", None)
    assert sent.wording == "This message has been rejected as probable spam"


async def test_a_defanged_link_arrives_as_text(room: Room) -> None:
    sent, shown = await room.send(room.url("defanged"), "a3f00d", shipped_room())

    assert shown is not None
    assert (sent.outcome, shown.text, shown.links) == (
        SendOutcome.ACCEPTED,
        f"a3f00d {room.url('defanged').replace('http', 'hxxp')}",
        (),
    )


async def test_a_link_that_is_replaced_by_a_gate_arrives_as_the_gates(room: Room) -> None:
    _, shown = await room.send(room.url("gated"), "a4f00d", shipped_room())

    assert shown is not None
    assert [link.split("?")[0] for link in shown.links] == [room.pages.url(GATE)]


async def test_a_card_that_the_server_will_not_make_is_refused_in_words(room: Room) -> None:
    with_card, without = await room.card(room.url()), await room.card(room.url(NO_CARD))

    assert isinstance(with_card.card, Card)
    assert (without.arrived, without.card, without.failure) == (False, None, None)
    assert without.text == "M_UNKNOWN URL blocked by url pattern blocklist entry"


@pytest.mark.usefixtures("shadow_banned")
async def test_a_shadow_ban_accepts_and_shows_the_reader_nothing(room: Room) -> None:
    sent, shown = await room.send(room.url(), "a5f00d", impatient())

    assert shown is not None
    assert (sent.outcome, sent.status, shown.arrived, shown.failure) == (SendOutcome.ACCEPTED, 200, False, None)


@pytest.mark.usefixtures("hurried")
async def test_haste_is_told_from_a_refusal(room: Room) -> None:
    sent = await asyncio.gather(*(room.send(room.url(), f"a6f00d{number}", shipped_room()) for number in range(3)))

    seen = {(one.outcome, one.code) for one, _ in sent}
    assert (SendOutcome.RATE_LIMITED, "M_LIMIT_EXCEEDED") in seen
    assert seen <= {(SendOutcome.RATE_LIMITED, "M_LIMIT_EXCEEDED"), (SendOutcome.ACCEPTED, "")}


def scenario(room: Room, **treatments: str) -> str:
    rivals = "".join(
        f'  - {{target: {name}, url: "{room.url(treatment)}", category: shops, landmark: {{text: "{CLAW}"}}}}\n'
        for name, treatment in treatments.items()
    )
    return f"""
scenario: synapse
platform: matrix
surfaces: [room]
define:
{rivals}  - {{target: plain, url: "http://127.0.0.1:{room.pages.public_library}/hours", category: shops, neutral: true,
     landmark: {{text: "{HOURS}"}}}}
"""


async def test_a_round_finds_what_the_server_does(room: Room, tmp_path: Path) -> None:
    links = scenario(room, allowed="", forbidden="forbidden", defanged="defanged", gated="gated", uncarded=NO_CARD)
    cells = await judged(tmp_path, links, room.network, room.server.environ, catalogue=CATALOGUE)

    assert {name: (cell.verdict, *cell.causes) for name, cell in cells.items()} == {
        "allowed": (Verdict.OPEN,),
        "forbidden": (Verdict.SHIELDED, Cause.SEND_REFUSED),
        "defanged": (Verdict.DEGRADED, Cause.PLAIN_TEXT),
        "gated": (Verdict.DEGRADED, Cause.INTERSTITIAL_CLICK),
        "uncarded": (Verdict.DEGRADED, Cause.NO_CARD),
        "plain": (Verdict.OPEN,),
    }
