"""Two people at a real web client in a real browser."""

import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import msgspec
import pytest

from linkprobe.model import (
    Card,
    CardFields,
    Client,
    Deed,
    FailureKind,
    SendOutcome,
    Sent,
    Shown,
    Step,
    Target,
    Vantage,
    WebClient,
)
from linkprobe.network import Live, Mapped, read_entry
from linkprobe.probe.browser import Chromium
from linkprobe.probe.message import seat
from linkprobe.probe.message.conversation import converse
from tests.loopback import ca_file, closed_port, context_for, website
from tests.probe.message.chat import Chat, Line, allowed, dropped, echoed, refused, shown_as

pytestmark = pytest.mark.browser

URL = "https://shop.test/item?id=1"
TARGET = Target(id="item", url=URL)
TOKEN = "f3a9c1d2"
PASSWORD = "correct&horse"
ENVIRON = {"CHAT_PASSWORD": PASSWORD, "CHAT_ADDRESS": "https://chat.test"}


def comes_in(name: str) -> tuple[Step, ...]:
    return (
        Step(do=Deed.WAIT, at="#door"),
        Step(do=Deed.FILL, at="#name", text=name),
        Step(do=Deed.FILL, at="#password", text="${CHAT_PASSWORD}"),
        Step(do=Deed.CLICK, at="#enter"),
    )


SURFACE = WebClient(
    address="${CHAT_ADDRESS}/",
    sender=comes_in("sender"),
    receiver=comes_in("receiver"),
    ready="#joined",
    composer="#composer",
    message=".row.message",
    body=".text",
    refused=".row.refused .text",
    within=1.0,
    card_within=1.0,
)
WITH_CARD = msgspec.structs.replace(
    SURFACE, card=CardFields(at=".card", title=".title", description=".about", image="img", url="a")
)


class House(NamedTuple):
    chat: Chat
    network: Mapped
    chromium: Chromium

    async def talk(self, surface: WebClient = SURFACE, target: Target = TARGET) -> tuple[Sent, Shown | None]:
        return await converse(self.network, self.chromium, Vantage(), surface, target, token=TOKEN, environ=ENVIRON)

    async def shown(self, surface: WebClient = SURFACE) -> Shown:
        sent, shown = await self.talk(surface)
        assert sent.outcome is SendOutcome.ACCEPTED
        assert shown is not None
        return shown


@pytest.fixture(scope="session")
async def street(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    chat = Chat()
    async with website(chat.app, context_for("chat.test", "shop.test")) as port:
        hosts = [f"{host}:443:127.0.0.1:{port}" for host in ("chat.test", "shop.test")]
        entries = (*map(read_entry, hosts), read_entry(f"dead.test:443:127.0.0.1:{closed_port()}"))
        network = Mapped(entries, ca=ca_file(tmp_path_factory.mktemp("chat")))
        async with Chromium(network) as chromium:
            yield House(chat, network, chromium)
        await network.aclose()


@pytest.fixture
def house(street: House) -> House:
    street.chat.reset()
    return street


class TestSending:
    async def test_a_message_is_accepted_and_arrives_as_a_link(self, house: House) -> None:
        sent, shown = await house.talk()

        assert sent.outcome is SendOutcome.ACCEPTED
        assert shown is not None
        assert (shown.arrived, shown.text, shown.links) == (True, f"{TOKEN} {URL}", (URL,))

    async def test_it_is_sent_once(self, house: House) -> None:
        await house.talk()

        assert house.chat.sent == [f"{TOKEN} {URL}"]

    async def test_a_button_submits_where_one_is_named(self, house: House) -> None:
        await house.talk(msgspec.structs.replace(SURFACE, submit="#send"))

        assert house.chat.sent == [f"{TOKEN} {URL}"]

    async def test_nothing_is_sent_before_both_are_in(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seat, "STEP", 1.5)
        house.chat.look = {"full": "receiver"}
        sent, shown = await house.talk()

        assert (house.chat.sent, shown) == ([], None)
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.VANTAGE

    async def test_both_are_waited_for_however_slow_the_door(self, house: House) -> None:
        house.chat.joining = 2.0

        assert (await house.shown()).arrived

    async def test_a_new_notice_of_refusal_refuses(self, house: House) -> None:
        house.chat.treat = refused
        sent, shown = await house.talk()

        assert (sent.outcome, sent.wording, shown) == (
            SendOutcome.REFUSED,
            "Links to this site cannot be posted",
            None,
        )

    async def test_a_notice_from_before_refuses_nothing(self, house: House) -> None:
        house.chat._deliver(refused("old https://other.test/")[1:])

        assert (await house.talk())[0].outcome is SendOutcome.ACCEPTED

    async def test_a_notice_from_before_that_is_drawn_late_refuses_nothing(self, house: House) -> None:
        house.chat._deliver(refused("old https://other.test/")[1:])
        house.chat.look = {"slow": 1}

        assert (await house.shown(msgspec.structs.replace(SURFACE, within=5.0))).arrived

    async def test_the_same_notice_once_more_refuses(self, house: House) -> None:
        house.chat._deliver(refused("old https://other.test/")[1:])
        house.chat.treat = refused

        assert (await house.talk())[0].outcome is SendOutcome.REFUSED

    async def test_what_arrives_was_sent_whatever_the_notices_say(self, house: House) -> None:
        house.chat.treat = lambda text: [*refused(text), *allowed(text)]

        assert (await house.talk())[0].outcome is SendOutcome.ACCEPTED

    async def test_own_echo_is_no_arrival(self, house: House) -> None:
        house.chat.treat = dropped
        shown = await house.shown()

        assert (shown.arrived, shown.failure) == (False, None)
        assert shown.waited >= SURFACE.within

    async def test_a_message_that_the_client_keeps_in_its_composer_was_not_sent(self, house: House) -> None:
        house.chat.look = {"deaf": "yes"}
        sent, _ = await house.talk()

        assert sent.outcome is SendOutcome.FAILED
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.UNKNOWN

    async def test_a_button_that_is_covered_is_no_refusal(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(seat, "STEP", 1.0)
        house.chat.look = {"veil": "sender"}
        sent, _ = await house.talk(msgspec.structs.replace(SURFACE, submit="#send"))

        assert (sent.outcome, house.chat.sent) == (SendOutcome.FAILED, [])
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.UNKNOWN


class TestShowing:
    async def test_text_without_an_anchor_has_no_link(self, house: House) -> None:
        house.chat.treat = shown_as("TOKEN hxxps://shop[.]test/item?id=1")
        shown = await house.shown()

        assert (shown.arrived, shown.links, shown.clicked) == (True, (), None)
        assert shown.text == f"{TOKEN} hxxps://shop[.]test/item?id=1"

    async def test_a_link_that_is_not_drawn_is_none(self, house: House) -> None:
        house.chat.treat = shown_as('TOKEN ADDRESS <a href="ADDRESS" style="display:none">x</a>')

        assert (await house.shown()).links == ()

    async def test_a_message_that_is_not_drawn_has_not_arrived(self, house: House) -> None:
        house.chat.treat = shown_as("TOKEN ADDRESS<style>#rows .message {display: none}</style>")

        assert not (await house.shown()).arrived

    async def test_an_element_that_only_acts_as_a_link_counts_by_its_words(self, house: House) -> None:
        house.chat.treat = shown_as('TOKEN <span class="link" onclick="window.open(this.textContent)">ADDRESS</span>')
        shown = await house.shown(msgspec.structs.replace(SURFACE, link=".link"))

        assert (shown.links, shown.clicked) == ((URL,), URL)

    async def test_a_card_is_read(self, house: House) -> None:
        card = (
            '<div class="card"><a href="/c"><img src="/i.png"></a> <p class="title">T</p><p class="about">D</p></div>'
        )
        house.chat.treat = shown_as('TOKEN <a href="ADDRESS">l</a>', card)

        assert (await house.shown(WITH_CARD)).card == Card("T", "D", "https://chat.test/i.png", "https://chat.test/c")

    async def test_the_card_is_no_part_of_the_message(self, house: House) -> None:
        house.chat.treat = shown_as("TOKEN ADDRESS", '<div class="card"><a class="title" href="/c">T</a></div>')
        shown = await house.shown(msgspec.structs.replace(WITH_CARD, body=""))

        assert (shown.links, shown.text) == ((), f"alice {TOKEN} {URL}")

    async def test_an_empty_card_is_none(self, house: House) -> None:
        house.chat.treat = shown_as('TOKEN <a href="ADDRESS">l</a>', '<div class="card"><p class="title"> </p></div>')
        shown = await house.shown(WITH_CARD)

        assert (shown.card, shown.card_expected) == (None, True)

    async def test_a_card_is_waited_for_until_it_no_longer_changes(self, house: House) -> None:
        script = "setTimeout(() => this.outerHTML = '<p class=title>T</p>', 400)"
        late = f'<div class="card"><img src="/i.png" onerror="{script}"></div>'
        house.chat.treat = shown_as('TOKEN <a href="ADDRESS">l</a>', late)
        shown = await house.shown(msgspec.structs.replace(WITH_CARD, card_within=5.0))

        assert shown.card == Card(title="T")
        assert shown.waited < 5.0

    async def test_without_a_place_for_cards_none_is_expected(self, house: House) -> None:
        assert not (await house.shown()).card_expected


class TestClicking:
    @pytest.mark.parametrize("how", ["", "asks"])
    async def test_a_click_asks_for_the_link(self, house: House, how: str) -> None:
        house.chat.look = {"click": how}

        assert (await house.shown()).clicked == URL

    async def test_a_fragment_is_kept(self, house: House) -> None:
        _, shown = await house.talk(target=Target(id="part", url=f"{URL}#price"))

        assert shown is not None
        assert shown.clicked == f"{URL}#price"

    async def test_a_click_that_the_client_leads_elsewhere_is_seen(self, house: House) -> None:
        house.chat.look = {"click": "own"}

        assert (await house.shown()).clicked == "https://chat.test/leave?to=https%3A%2F%2Fshop.test%2Fitem%3Fid%3D1"

    async def test_a_dead_click_asks_for_nothing(self, house: House) -> None:
        house.chat.look = {"click": "dead"}

        assert (await house.shown()).clicked == ""

    async def test_a_link_that_takes_no_pointer_is_dead(self, house: House) -> None:
        house.chat.treat = shown_as('TOKEN <a href="ADDRESS" style="pointer-events: none">ADDRESS</a>')

        assert (await house.shown()).clicked == ""

    async def test_a_warning_in_the_page_is_not_held_for_a_dead_click(self, house: House) -> None:
        house.chat.look = {"click": "warns"}

        assert (await house.shown()).clicked is None

    async def test_what_covers_the_link_is_not_held_for_a_dead_click(self, house: House) -> None:
        house.chat.look = {"veil": "receiver"}

        assert (await house.shown()).clicked is None

    async def test_nothing_stays_open(self, house: House) -> None:
        running = await house.chromium._ready()
        await house.talk()

        assert running.browser.contexts == []


class TestStanding:
    async def test_the_client_is_opened_as_the_client_of_the_surface(self, house: House) -> None:
        app = Client(user_agent="Rooms/2.0 (Android)", mobile=True, viewport=(400, 800))
        how: Any = {"token": TOKEN, "environ": ENVIRON, "client": app}
        sent, _ = await converse(house.network, house.chromium, Vantage(), SURFACE, TARGET, **how)

        assert (sent.outcome, house.chat.agents) == (SendOutcome.ACCEPTED, {"Rooms/2.0 (Android)"})

    async def test_live_a_client_at_a_private_address_is_not_opened(self, house: House) -> None:
        live = Live()
        async with website(house.chat.app) as port, Chromium(live) as chromium:
            inside = msgspec.structs.replace(SURFACE, address=f"http://127.0.0.1:{port}")
            sent, _ = await converse(live, chromium, Vantage(), inside, TARGET, token=TOKEN, environ=ENVIRON)
        await live.aclose()

        assert (sent.outcome, house.chat.agents) == (SendOutcome.FAILED, set())


class TestOurOwnFailures:
    async def test_a_client_that_cannot_be_reached_is_our_vantage(self, house: House) -> None:
        sent, shown = await house.talk(msgspec.structs.replace(SURFACE, address="https://dead.test/"))

        assert (sent.outcome, shown) == (SendOutcome.FAILED, None)
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.VANTAGE
        assert "ERR_CONNECTION_REFUSED" in sent.failure.detail

    async def test_a_selector_that_is_none_is_named(self, house: House) -> None:
        sent, _ = await house.talk(msgspec.structs.replace(SURFACE, refused="..row"))

        assert sent.failure is not None
        assert (sent.failure.kind, house.chat.sent) == (FailureKind.VANTAGE, [])

    async def test_where_no_message_can_be_told_none_is_missed(self, house: House) -> None:
        shown = await house.shown(msgspec.structs.replace(SURFACE, message=".renamed"))

        assert not shown.arrived
        assert shown.failure is not None
        assert shown.failure.kind is FailureKind.VANTAGE

    async def test_a_receiver_who_drops_out_sees_nothing_and_says_so(self, house: House) -> None:
        out = "<img src=x onerror=\"document.getElementById('room').hidden = true\">"
        house.chat.treat = lambda text: [echoed(text), ("receiver", Line("x", "server", out))]
        _, shown = await house.talk()

        assert shown is not None
        assert shown.failure is not None
        assert not shown.arrived

    async def test_a_sender_who_loses_his_page_has_failed(self, house: House) -> None:
        house.chat.treat = lambda _: [
            ("sender", refused("")[1][1].__class__("x", "", "<img src=x onerror=\"location='/'\">"))
        ]
        sent, _ = await house.talk()

        assert sent.outcome is SendOutcome.FAILED
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.VANTAGE


class TestSecrets:
    async def test_the_account_comes_from_the_environment(self, house: House) -> None:
        await house.talk()

        assert sorted(login["name"] for login in house.chat.logins) == ["receiver", "sender"]
        assert {login["password"] for login in house.chat.logins} == {PASSWORD}

    async def test_a_place_may_come_from_the_environment_too(self, house: House) -> None:
        door = Step(do=Deed.WAIT, at="${CHAT_DOOR}")
        surface = msgspec.structs.replace(SURFACE, sender=(door, *comes_in("sender")))
        sent, _ = await converse(
            house.network,
            house.chromium,
            Vantage(),
            surface,
            TARGET,
            token=TOKEN,
            environ={**ENVIRON, "CHAT_DOOR": "#door"},
        )

        assert sent.outcome is SendOutcome.ACCEPTED

    @pytest.mark.parametrize("where", ["text", "notice", "link"])
    async def test_a_password_that_the_platform_repeats_is_blotted_out(self, house: House, where: str) -> None:
        said = {
            "text": shown_as(f'TOKEN {PASSWORD} <a href="ADDRESS">l</a>'),
            "notice": lambda _: [("sender", Line("refused", "", f"not you, {PASSWORD}"))],
            "link": shown_as('TOKEN <a href="https://shop.test/?p=correct%26horse">l</a>'),
        }
        house.chat.treat = said[where]
        came = await house.talk()

        assert "[redacted]" in written(came)
        assert "horse" not in written(came)

    async def test_a_step_that_fails_does_not_say_what_was_typed(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seat, "STEP", 0.5)
        typing = (Step(do=Deed.FILL, at="#enter", text="${CHAT_PASSWORD}"),)
        came = await house.talk(msgspec.structs.replace(SURFACE, sender=typing))

        assert came[0].outcome is SendOutcome.FAILED
        assert "horse" not in written(came)


def written(came: Any) -> str:
    return json.dumps(msgspec.to_builtins(came), ensure_ascii=False)
