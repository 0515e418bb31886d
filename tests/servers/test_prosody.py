"""XMPP against Prosody: what its firewall does to a link, as both ends of a chat see it."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from linkprobe.model import Cause, SendOutcome, Sent, Shown, Target, Vantage, Verdict
from linkprobe.network import Entry, Mapped
from linkprobe.probe.message.xmpp import chat
from tests.servers.conftest import judged
from tests.servers.prosody import (
    ALLOW,
    BOUNCE,
    DOMAIN,
    DROP,
    ENVIRON,
    NOTICE,
    REPLACE,
    ROOM,
    SLOW_DOWN,
    Prosody,
    Rules,
)
from tests.servers.sites import LIBRARY, SHOP, Sites

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("prosody")]

URL = f"http://{SHOP}/hammer?a=1&b=<2>"
OTHER = f"http://{LIBRARY}/hours"
TOKEN = "f00dcafe0123"
Networks = Callable[[Mapped], Mapped]

both_kinds = pytest.mark.parametrize("room", [False, True], ids=["one-to-one", "room"])


class Chat:
    """The server as the tests use it."""

    def __init__(self, server: Prosody, network: Mapped) -> None:
        self.server = server
        self.network = network

    async def send(self, url: str, room: bool, environ: dict[str, str] = ENVIRON) -> tuple[Sent, Shown | None]:
        """One message with `url`, as both ends see it."""
        surface = self.server.surface(room=room, within=1.0)
        target = Target(id="it", url=url)
        return await chat(self.network, Vantage(), surface, target, token=TOKEN, environ=environ)


@pytest_asyncio.fixture
async def prosody_chat(running_prosody: Prosody, closing: Networks) -> AsyncIterator[Chat]:
    network = closing(Mapped((Entry(DOMAIN, running_prosody.port, "127.0.0.1", running_prosody.port),)))
    yield Chat(running_prosody, network)
    await running_prosody.switch(ALLOW, SHOP)


@both_kinds
async def test_an_allowed_link_arrives_whole_and_can_be_clicked(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(ALLOW, SHOP)
    sent, shown = await prosody_chat.send(f"http://{SHOP}/hammer?a=1&b=2", room)

    assert shown is not None
    assert (sent.outcome, shown.arrived, shown.failure) == (SendOutcome.ACCEPTED, True, None)
    assert (shown.text, shown.links) == (f"{TOKEN} http://{SHOP}/hammer?a=1&b=2", (f"http://{SHOP}/hammer?a=1&b=2",))


@both_kinds
async def test_a_bounced_link_is_refused_in_the_servers_own_words(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(BOUNCE, SHOP)
    sent, shown = await prosody_chat.send(URL, room)

    assert (sent.outcome, sent.code, shown) == (SendOutcome.REFUSED, "policy-violation", None)
    assert sent.wording == "Links to this site are not allowed here."


@both_kinds
async def test_a_server_that_asks_for_patience_refuses_nothing(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(SLOW_DOWN, SHOP)
    sent, _ = await prosody_chat.send(URL, room)

    assert (sent.outcome, sent.code) == (SendOutcome.RATE_LIMITED, "resource-constraint")


@both_kinds
async def test_a_dropped_link_is_accepted_and_does_not_arrive(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(DROP, SHOP)
    sent, shown = await prosody_chat.send(URL, room)

    assert shown is not None
    assert (sent.outcome, shown.looked, shown.arrived) == (SendOutcome.ACCEPTED, True, False)
    assert shown.failure is None


@both_kinds
async def test_a_replaced_text_is_still_known_for_the_message(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(REPLACE, SHOP)
    sent, shown = await prosody_chat.send(URL, room)

    assert shown is not None
    assert (sent.outcome, shown.arrived, shown.text, shown.links) == (SendOutcome.ACCEPTED, True, NOTICE, ())


@both_kinds
@pytest.mark.parametrize("rules", [BOUNCE, DROP, REPLACE], ids=["bounced", "dropped", "replaced"])
async def test_other_links_pass_while_one_is_treated(prosody_chat: Chat, room: bool, rules: Rules) -> None:
    await prosody_chat.server.switch(rules, SHOP)
    _, shown = await prosody_chat.send(OTHER, room)

    assert shown is not None
    assert shown.links == (OTHER,)


@pytest.mark.parametrize("end", ["SENDER", "RECEIVER"])
async def test_a_wrong_password_concerns_the_account_and_sends_nothing(prosody_chat: Chat, end: str) -> None:
    sent, shown = await prosody_chat.send(URL, False, {**ENVIRON, f"CHAT_{end}_PASSWORD": "geheim-falsch"})

    assert (sent.outcome, sent.code, sent.logging_in) == (SendOutcome.UNAUTHORISED, "not-authorized", True)
    assert shown is None


@both_kinds
async def test_no_account_is_in_what_is_kept(prosody_chat: Chat, room: bool) -> None:
    await prosody_chat.server.switch(BOUNCE, SHOP)
    kept = repr(await prosody_chat.send(URL, room)) + repr(await prosody_chat.send(OTHER, room))

    assert not [secret for secret in ENVIRON.values() if secret in kept]


def scenario(server: Prosody, pages: Sites, room: str) -> str:
    place = f"\n        room: {room}" if room else ""
    return f"""
scenario: prosody
platforms:
  - platform: example-chat
    name: Example Chat
    owner: example-chat
    hosts: [{DOMAIN}]
    surfaces:
      chat:
        kind: xmpp
        bosh: {server.bosh}
        domain: {DOMAIN}{place}
        sender: {{user: "${{CHAT_SENDER_USER}}", password: "${{CHAT_SENDER_PASSWORD}}"}}
        receiver: {{user: "${{CHAT_RECEIVER_USER}}", password: "${{CHAT_RECEIVER_PASSWORD}}"}}
        within: 1
{pages.targets()}"""


@pytest.mark.parametrize(
    ("rules", "verdict", "causes"),
    [
        (ALLOW, Verdict.OPEN, ()),
        (BOUNCE, Verdict.SHIELDED, (Cause.SEND_REFUSED,)),
        (SLOW_DOWN, Verdict.INCONCLUSIVE, (Cause.HARNESS_BLIND,)),
        (DROP, Verdict.SHIELDED, (Cause.SILENTLY_DROPPED,)),
        (REPLACE, Verdict.SHIELDED, (Cause.CONTENT_REPLACED,)),
    ],
    ids=["allowed", "bounced", "told-to-wait", "dropped", "replaced"],
)
@pytest.mark.parametrize("room", ["", ROOM], ids=["one-to-one", "room"])
async def test_a_round_finds_what_the_firewall_does(
    running_prosody: Prosody,
    pages: Sites,
    closing: Networks,
    tmp_path: Path,
    room: str,
    rules: Rules,
    verdict: Verdict,
    causes: tuple[Cause, ...],
) -> None:
    entry = Entry(DOMAIN, running_prosody.port, "127.0.0.1", running_prosody.port)
    network = closing(Mapped((entry, *pages.entries)))
    await running_prosody.switch(rules, SHOP)
    cells = await judged(tmp_path, scenario(running_prosody, pages, room), network, ENVIRON)

    assert cells["plain"].verdict is Verdict.OPEN
    assert (cells["rival"].verdict, cells["rival"].causes) == (verdict, causes)
