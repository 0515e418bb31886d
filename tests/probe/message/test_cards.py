"""Cards that come later, change, or are asked for separately; links that a service's clients make."""

from collections.abc import Callable
from typing import Any

import pytest

from linkprobe.model import Accepted, Card, HttpCall, MessageApi, Shown, Vantage
from linkprobe.probe.message.declared import send_and_read
from linkprobe.probe.message.looking import moments
from tests.loopback import Reply
from tests.probe.message.conftest import CARD, TARGET, URL, Asked, Platform, html_reply, json_reply, look, surface

TOKEN = "f3a9c1"
PREVIEW = HttpCall(url="https://api.example/card?of={url}", method="GET", headers={"X-Reader": "${READER}"})


async def shown(platform: Platform, api: MessageApi) -> Shown:
    environ = {"READER": "reader-key"}
    _, seen = await send_and_read(platform.network, Vantage(), api, TARGET, token=TOKEN, environ=environ)
    assert seen is not None
    return seen


def cards(platform: Platform, *titles: str) -> None:
    """Each look shows the next of these cards, and then the last for good."""

    def answer(_: Asked) -> Reply:
        title = titles[min(len(platform.looks), len(titles)) - 1]
        return json_reply([{"text": TOKEN, "card": {"title": title} if title else None}])

    platform.on_look = answer


class TestWaiting:
    async def test_a_card_that_comes_after_the_message_counted_as_there_is_waited_for(self, platform: Platform) -> None:
        cards(platform, "", "", "", "T")
        seen = await shown(platform, surface(read=look(within=0.2, card=CARD, card_within=4)))

        assert seen.card == Card("T")
        assert seen.card_expected

    async def test_one_that_comes_too_late_is_missing(self, platform: Platform) -> None:
        cards(platform, *[""] * 50, "T")
        seen = await shown(platform, surface(read=look(within=5, card=CARD, card_within=0.3)))

        assert (seen.card, seen.card_expected) == (None, True)
        assert 0.3 <= seen.waited < 3

    async def test_one_that_is_there_is_looked_at_again_and_no_more(self, platform: Platform) -> None:
        cards(platform, "T")
        seen = await shown(platform, surface(read=look(card=CARD, card_within=1)))

        assert seen.card == Card("T")
        assert len(platform.looks) == 2

    async def test_one_that_changes_counts_as_it_is_when_it_no_longer_does(self, platform: Platform) -> None:
        cards(platform, "loading", "half", "whole")
        seen = await shown(platform, surface(read=look(card=CARD, card_within=1)))

        assert seen.card == Card("whole")
        assert len(platform.looks) == 4

    async def test_one_that_never_rests_counts_as_last_seen(self, platform: Platform) -> None:
        cards(platform, "1", "2", "3", "4", "5", "6")

        assert (await shown(platform, surface(read=look(card=CARD, card_within=1)))).card == Card("4")

    async def test_one_that_is_taken_away_is_gone(self, platform: Platform) -> None:
        cards(platform, "T", "")

        assert (await shown(platform, surface(read=look(card=CARD, card_within=1)))).card is None

    async def test_a_second_look_that_fails_takes_nothing_away(self, platform: Platform) -> None:
        platform.on_look = lambda _: (
            json_reply([{"text": TOKEN, "card": {"title": "T"}}]) if len(platform.looks) == 1 else (500, [], b"")
        )
        seen = await shown(platform, surface(read=look(card=CARD, card_within=1)))

        assert (seen.card, seen.card_expected) == (Card("T"), True)

    async def test_where_the_last_look_failed_a_missing_card_means_nothing(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": TOKEN}]) if len(platform.looks) == 1 else (500, [], b"")
        seen = await shown(platform, surface(read=look(card=CARD, card_within=0.3)))

        assert (seen.arrived, seen.card, seen.card_expected, seen.failure) == (True, None, False, None)

    async def test_a_message_that_vanishes_while_its_card_is_waited_for_is_gone(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": TOKEN}] if len(platform.looks) == 1 else [])
        seen = await shown(platform, surface(read=look(card=CARD, card_within=0.3)))

        assert (seen.arrived, seen.still_there) == (True, False)

    async def test_later_is_counted_from_the_arrival(self, platform: Platform) -> None:
        cards(platform, "")
        seen = await shown(platform, surface(read=look(card=CARD, card_within=1.0, later=1.2)))

        assert seen.still_there is True
        assert 1.2 <= seen.waited < 2

    def test_long_waits_follow_the_schedule_and_end_with_the_time(self) -> None:
        assert [*moments(65)] == [2, 5, 15, 65]
        assert [*moments(70)] == [2, 5, 15, 65, 70]
        assert [*moments(10)] == [2, 5, 10]

    def test_short_waits_are_denser(self) -> None:
        assert [round(moment, 1) for moment in moments(5)] == [0.1, 0.3, 0.7, 1.5, 3.1, 5]

    @pytest.mark.parametrize("window", [0.0, -1.0])
    def test_no_time_means_no_further_look(self, window: float) -> None:
        assert [*moments(window)] == []


class TestPreviewRequest:
    async def seen(self, platform: Platform, on_card: Callable[[Asked], Reply], **more: Any) -> Shown:
        platform.on["/card"] = on_card
        return await shown(platform, surface(read=look(card=CARD, preview=PREVIEW, card_within=0.3, **more)))

    async def test_the_card_is_asked_for_as_the_recipient(self, platform: Platform) -> None:
        seen = await self.seen(platform, lambda _: json_reply({"card": {"title": "T", "image": "/i.png"}}))

        assert seen.card == Card("T", image="https://api.example/i.png")
        assert platform.others[0].headers["x-reader"] == "reader-key"
        assert platform.others[0].query.startswith("of=https%3A%2F%2Fshop.example%2F")

    async def test_the_message_is_read_once(self, platform: Platform) -> None:
        await self.seen(platform, lambda _: json_reply({"card": {"title": "T"}}))

        assert len(platform.looks) == 1

    async def test_one_that_comes_later_is_asked_for_again(self, platform: Platform) -> None:
        seen = await self.seen(
            platform, lambda _: json_reply({"card": {"title": "T"} if len(platform.others) > 2 else None})
        )

        assert seen.card == Card("T")

    @pytest.mark.parametrize(
        "reply", [json_reply({"errcode": 5}), json_reply({"error": "denied"}, 403), json_reply({})]
    )
    async def test_a_refusal_or_an_empty_answer_is_no_card(self, platform: Platform, reply: Reply) -> None:
        seen = await self.seen(platform, lambda _: reply)

        assert (seen.card, seen.card_expected, seen.failure) == (None, True, None)

    @pytest.mark.parametrize(
        "reply", [(500, [], b""), (502, [], b"{}"), (429, [], b""), (401, [], b""), html_reply("<p>wait</p>")]
    )
    async def test_what_is_no_answer_leaves_it_unknown(self, platform: Platform, reply: Reply) -> None:
        seen = await self.seen(platform, lambda _: reply)

        assert (seen.arrived, seen.card, seen.card_expected, seen.failure) == (True, None, False, None)

    async def test_an_answer_after_a_failure_counts(self, platform: Platform) -> None:
        seen = await self.seen(
            platform,
            lambda _: json_reply({"card": {"title": "T"}}) if len(platform.others) > 1 else (503, [], b""),
        )

        assert (seen.card, seen.card_expected) == (Card("T"), True)

    async def test_a_message_that_is_not_there_has_no_card_to_ask_for(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([])
        seen = await self.seen(platform, lambda _: json_reply({}))

        assert (seen.arrived, platform.others) == (False, [])


class TestLinkify:
    async def links(self, platform: Platform, message: Any, **more: Any) -> tuple[str, ...]:
        platform.on_look = lambda _: json_reply([message])
        return (await shown(platform, surface(read=look(linkify=True, **more)))).links

    async def test_an_address_in_plain_text_is_a_link(self, platform: Platform) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} {URL}."}) == (URL,)

    async def test_one_in_angle_brackets_is_too_and_stays_in_the_text(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": f"{TOKEN} <{URL.replace('&', '&amp;')}|shop>"}])
        seen = await shown(platform, surface(read=look(linkify=True)))

        assert seen.links == (URL,)
        assert "https://shop.example/item" in seen.text

    @pytest.mark.parametrize("written", ["hxxps://shop.example/item", "https://shop[.]example/item", "shop.example"])
    async def test_a_defanged_one_is_none(self, platform: Platform, written: str) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} {written}"}) == ()

    async def test_a_gate_written_in_its_place_is_the_link(self, platform: Platform) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} https://gate.example/?u=1"}) == (
            "https://gate.example/?u=1",
        )

    async def test_the_label_of_an_anchor_is_none(self, platform: Platform) -> None:
        text = f'<p>{TOKEN} <a href="https://gate.example/1">{URL}</a></p>'

        assert await self.links(platform, {"text": text}) == ("https://gate.example/1",)

    async def test_an_address_beside_an_anchor_is(self, platform: Platform) -> None:
        text = f'<p>{TOKEN} <a href="https://api.example/@bot">@bot</a> https://shop.example/</p>'

        assert await self.links(platform, {"text": text}) == ("https://api.example/@bot", "https://shop.example/")

    async def test_links_the_platform_declares_come_before_the_text(self, platform: Platform) -> None:
        message = {"text": f"{TOKEN} {URL}", "links": ["https://gate.example/1"]}

        assert await self.links(platform, message, links="links") == ("https://gate.example/1",)

    async def test_where_it_declares_none_the_text_counts(self, platform: Platform) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} {URL}", "links": []}, links="links") == (URL,)

    async def test_addresses_in_a_pages_text_count(self, platform: Platform) -> None:
        platform.on_look = lambda _: html_reply(f"<article><p>{TOKEN} https://shop.example/x</p></article>")
        read = look(format="html", messages="article", text="p", linkify=True)

        assert (await shown(platform, surface(read=read))).links == ("https://shop.example/x",)


async def test_without_a_look_before_an_old_message_is_not_taken_for_the_new(platform: Platform) -> None:
    platform.on_look = lambda _: json_reply([{"text": URL}]) if len(platform.looks) > 1 else (500, [], b"")
    seen = await shown(platform, surface(text="{url}", read=look()))

    assert not seen.arrived
    assert seen.failure is not None


async def test_a_wait_the_platform_asks_for_is_not_waited_for(platform: Platform) -> None:
    platform.on_send = lambda _: (429, [("retry-after", "20")], b"")
    api = surface(read=look(), accepted=Accepted())
    sent, seen = await send_and_read(platform.network, Vantage(), api, TARGET, token=TOKEN, environ={})

    assert (sent.outcome, seen, len(platform.sends)) == ("rate-limited", None, 1)
    assert sent.seconds < 5
