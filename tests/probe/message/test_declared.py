"""Declared message and preview APIs against a real server."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from linkprobe.model import (
    Accepted,
    Card,
    CardFields,
    FailureKind,
    HttpCall,
    MessageApi,
    PreviewApi,
    SendOutcome,
    Sent,
    Shown,
    Vantage,
)
from linkprobe.probe.message.declared import missing_accounts, preview, send_and_read
from tests.loopback import Reply, raw
from tests.probe.conftest import Net
from tests.probe.message.conftest import CARD, TARGET, URL, Asked, Platform, html_reply, json_reply, look, surface

TOKEN = "f3a9c1"
HERE = Vantage()


async def send(
    platform: Platform, api: MessageApi, environ: Mapping[str, str] | None = None
) -> tuple[Sent, Shown | None]:
    return await send_and_read(platform.network, HERE, api, TARGET, token=TOKEN, environ=environ or {})


async def shown(platform: Platform, api: MessageApi) -> Shown:
    _, seen = await send(platform, api)
    assert seen is not None
    return seen


class TestFilling:
    async def test_text_url_and_token_are_filled_into_json_at_any_depth(self, platform: Platform) -> None:
        call = HttpCall(url="https://api.example/send", json={"text": "{text}", "deep": [{"u": "{url}"}, 1, None]})
        await send(platform, surface(send=call))

        assert platform.sends[0].json == {"text": f"{TOKEN} {URL}", "deep": [{"u": URL}, 1, None]}

    async def test_they_are_percent_encoded_in_an_address(self, platform: Platform) -> None:
        call = HttpCall(url="https://api.example/send?u={url}", method="GET")
        await send(platform, surface(send=call))

        assert platform.sends[0].query == "u=https%3A%2F%2Fshop.example%2Fitem%3Fid%3D1%26ref%3D%C3%BC"

    async def test_a_form_is_sent_as_one(self, platform: Platform) -> None:
        call = HttpCall(url="https://api.example/send", form={"content": "{url}", "t": "{token}"})
        await send(platform, surface(send=call))

        assert platform.sends[0].headers["content-type"] == "application/x-www-form-urlencoded"
        assert platform.sends[0].body.endswith(b"&t=f3a9c1")

    async def test_accounts_come_from_the_environment(self, platform: Platform) -> None:
        call = HttpCall(
            url="https://api.example/send?key=${BOT_KEY}",
            headers={"Authorization": "Bearer ${BOT_TOKEN}"},
            json={"text": "{text}"},
        )
        await send(platform, surface(send=call), {"BOT_KEY": "k3y", "BOT_TOKEN": "t0ken\n"})

        assert platform.sends[0].query == "key=k3y"
        assert platform.sends[0].headers["authorization"] == "Bearer t0ken"

    async def test_a_hole_inside_a_value_stays_as_it_is(self, platform: Platform) -> None:
        call = HttpCall(url="https://api.example/send", json={"text": "${BOT} {url}"})
        await send(platform, surface(send=call), {"BOT": "[x]"})

        assert platform.sends[0].json["text"] == f"[x] {URL}"

    async def test_a_vantages_headers_are_sent(self, platform: Platform) -> None:
        vantage = Vantage(headers={"X-Country": "CN"})
        await send_and_read(platform.network, vantage, surface(), TARGET, token=TOKEN, environ={})

        assert platform.sends[0].headers["x-country"] == "CN"

    def test_every_variable_that_is_named_must_be_set(self) -> None:
        call = HttpCall(url="https://api.example/${A}", headers={"x": "${B}"}, json={"c": ["${C}"]})
        api = surface(send=call, read=look(url="https://api.example/${D}"), accounts=("E",))

        assert missing_accounts(api, {"B": "b", "C": ""}) == ("E", "A", "C", "D")


class TestAcceptance:
    async def outcome(self, platform: Platform, reply: Reply, accepted: Accepted | None = None) -> Sent:
        platform.on_send = lambda _: reply
        sent, seen = await send(platform, surface(accepted=accepted, read=look()))
        assert (seen is not None) == (sent.outcome is SendOutcome.ACCEPTED)
        return sent

    async def test_a_field_that_equals_is_accepted(self, platform: Platform) -> None:
        assert (await self.outcome(platform, json_reply({"errcode": 0}))).outcome is SendOutcome.ACCEPTED

    async def test_a_refusal_inside_a_200_is_a_refusal(self, platform: Platform) -> None:
        sent = await self.outcome(platform, json_reply({"errcode": 430101, "errmsg": "unsafe link"}))

        assert sent.outcome is SendOutcome.REFUSED
        assert (sent.status, sent.code, sent.wording) == (200, "430101", "unsafe link")

    async def test_an_accepting_body_under_another_status_is_none(self, platform: Platform) -> None:
        assert (await self.outcome(platform, json_reply({"errcode": 0}, 403))).outcome is SendOutcome.REFUSED

    async def test_true_is_not_one(self, platform: Platform) -> None:
        sent = await self.outcome(platform, json_reply({"ok": True}), Accepted(field="ok", equals=1))

        assert sent.outcome is SendOutcome.REFUSED

    async def test_a_declared_code_means_too_fast(self, platform: Platform) -> None:
        assert (await self.outcome(platform, json_reply({"errcode": 130101}))).outcome is SendOutcome.RATE_LIMITED

    async def test_a_declared_code_means_a_wrong_account(self, platform: Platform) -> None:
        assert (await self.outcome(platform, json_reply({"errcode": 310000}))).outcome is SendOutcome.UNAUTHORISED

    @pytest.mark.parametrize(("status", "outcome"), [(429, SendOutcome.RATE_LIMITED), (401, SendOutcome.UNAUTHORISED)])
    async def test_what_statuses_mean_everywhere_needs_no_declaration(
        self, platform: Platform, status: int, outcome: SendOutcome
    ) -> None:
        assert (await self.outcome(platform, (status, [], b""), Accepted())).outcome is outcome

    async def test_a_status_can_be_declared_too(self, platform: Platform) -> None:
        rule = Accepted(unauthorised=("403",))

        assert (await self.outcome(platform, (403, [], b""), rule)).outcome is SendOutcome.UNAUTHORISED

    async def test_a_bare_403_is_a_refusal(self, platform: Platform) -> None:
        assert (await self.outcome(platform, (403, [], b"no"), Accepted())).outcome is SendOutcome.REFUSED

    @pytest.mark.parametrize("status", [302, 500, 502, 503])
    async def test_somebody_before_the_api_refuses_nothing(self, platform: Platform, status: int) -> None:
        assert (await self.outcome(platform, (status, [], b"<h1>oops</h1>"))).outcome is SendOutcome.FAILED

    async def test_a_page_in_place_of_an_answer_is_no_refusal(self, platform: Platform) -> None:
        reply = html_reply("<h1>Just a moment</h1>")

        assert (await self.outcome(platform, reply)).outcome is SendOutcome.FAILED

    async def test_a_message_id_is_kept(self, platform: Platform) -> None:
        rule = Accepted(message_id="data.0.id")
        sent = await self.outcome(platform, json_reply({"data": [{"id": 77}]}), rule)

        assert sent.message_id == "77"


class TestFailures:
    async def test_a_platform_that_is_down_is_a_value(self, net: Net) -> None:
        platform = Platform(net.network)
        sent, seen = await send(platform, surface(read=look()))

        assert sent.outcome is SendOutcome.FAILED
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.DNS
        assert seen is None

    async def test_nothing_is_sent_twice_when_the_answer_is_lost(self, net: Net) -> None:
        heads: list[bytes] = []

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            heads.append(await reader.readuntil(b"\r\n\r\n"))
            writer.close()

        async with raw(talk) as port:
            net.lead("api.example", 80, port)
            call = HttpCall(url="http://api.example/send", method="GET")
            sent, _ = await send(Platform(net.network), surface(send=call))

        assert sent.outcome is SendOutcome.FAILED
        assert len(heads) == 1

    async def test_after_a_lost_answer_the_message_is_looked_for(self, platform: Platform) -> None:
        platform.on_send = lambda _: (200, [("content-encoding", "gzip")], b"broken")
        sent, seen = await send(platform, surface(read=look()))

        assert sent.failure is not None
        assert seen is not None
        assert seen.arrived

    async def test_a_look_that_fails_is_a_failure_and_no_drop(self, platform: Platform) -> None:
        platform.on_look = lambda _: (500, [], b"")
        seen = await shown(platform, surface(read=look()))

        assert not seen.arrived
        assert seen.failure is not None
        assert seen.failure.detail == "the look failed: status 500"

    async def test_a_look_at_something_else_than_json_is_a_failure(self, platform: Platform) -> None:
        platform.on_look = lambda _: html_reply("log in")

        assert (await shown(platform, surface(read=look()))).failure is not None


class TestLooking:
    async def test_without_a_look_nothing_is_claimed(self, platform: Platform) -> None:
        assert await shown(platform, surface()) == Shown(looked=False)

    async def test_a_message_is_recognised_by_its_token(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply(
            {"data": {"items": [{"text": f"other {URL}"}, {"text": platform.texts[0]}]}}
        )
        seen = await shown(platform, surface(read=look(messages="data.items")))

        assert seen.text == f"{TOKEN} {URL}"

    async def test_a_message_that_never_comes_is_not_there(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": f"other {URL}"}])
        seen = await shown(platform, surface(read=look()))

        assert not seen.arrived
        assert seen.failure is None
        assert seen.waited >= 0.3

    async def test_one_that_comes_late_is_waited_for(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": text} for text in platform.texts if len(platform.looks) > 2])

        assert (await shown(platform, surface(read=look(within=5.0)))).arrived

    async def test_a_look_at_one_message_asks_by_its_id(self, platform: Platform) -> None:
        platform.on_send = lambda _: json_reply({"id": "m/1"})
        platform.on_look = lambda _: json_reply({"text": "replaced by the platform"})
        api = surface(read=look(url="https://api.example/messages?id={message}"), accepted=Accepted(message_id="id"))
        seen = await shown(platform, api)

        assert platform.looks[0].query == "id=m%2F1"
        assert seen.text == "replaced by the platform"

    async def test_an_unknown_message_is_not_there(self, platform: Platform) -> None:
        platform.on_send = lambda _: json_reply({"id": 1})
        platform.on_look = lambda _: (404, [], b"")
        api = surface(read=look(url="https://api.example/messages/{message}"), accepted=Accepted(message_id="id"))
        seen = await shown(platform, api)

        assert (seen.looked, seen.arrived, seen.failure) == (True, False, None)

    async def test_without_an_id_such_a_look_is_impossible(self, platform: Platform) -> None:
        seen = await shown(platform, surface(read=look(url="https://api.example/messages/{message}")))

        assert not seen.looked

    async def test_an_id_recognises_a_message_whose_text_was_replaced(self, platform: Platform) -> None:
        platform.on_send = lambda _: json_reply({"id": 5})
        platform.on_look = lambda _: json_reply([{"id": 4, "text": "older"}, {"id": 5, "text": "gone"}])
        seen = await shown(platform, surface(read=look(), accepted=Accepted(message_id="id")))

        assert seen.text == "gone"

    async def test_where_there_is_no_token_an_old_message_is_not_taken_for_the_new(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": URL}])

        assert not (await shown(platform, surface(text="{url}", read=look()))).arrived

    async def test_where_there_is_no_token_the_new_message_is_the_one_that_was_not_there(
        self, platform: Platform
    ) -> None:
        platform.on_look = lambda _: json_reply([{"text": URL}] * (1 + len(platform.sends)))

        assert (await shown(platform, surface(text="{url}", read=look()))).arrived

    async def test_a_second_look_finds_it_again(self, platform: Platform) -> None:
        assert (await shown(platform, surface(read=look(later=0.05)))).still_there is True

    async def test_a_second_look_does_not_find_what_was_removed(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": text} for text in platform.texts if len(platform.looks) < 2])
        seen = await shown(platform, surface(read=look(later=0.05)))

        assert seen.arrived
        assert seen.still_there is False

    async def test_without_a_second_look_nothing_is_known_of_later(self, platform: Platform) -> None:
        assert (await shown(platform, surface(read=look()))).still_there is None


class TestLinks:
    async def links(self, platform: Platform, message: Any, **more: Any) -> tuple[str, ...]:
        platform.on_look = lambda _: json_reply([message])
        return (await shown(platform, surface(read=look(**more)))).links

    async def test_plain_text_has_none(self, platform: Platform) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} {URL}"}) == ()

    async def test_anchors_in_html_text_count(self, platform: Platform) -> None:
        text = f'<p>{TOKEN} <a href="https://t.example/x?a=1&amp;b=2">{URL}</a></p>'

        assert await self.links(platform, {"text": text}) == ("https://t.example/x?a=1&b=2",)

    @pytest.mark.parametrize(
        "anchor", ["<a>x</a>", '<a href="javascript:go()">x</a>', '<a href="weixin://x">x</a>', "<a href>x</a>"]
    )
    async def test_anchors_that_lead_nowhere_do_not(self, platform: Platform, anchor: str) -> None:
        assert await self.links(platform, {"text": f"{TOKEN} {anchor}"}) == ()

    async def test_relative_anchors_lead_through_the_platform(self, platform: Platform) -> None:
        text = f'{TOKEN} <a href="/go?u=1">x</a>'

        assert await self.links(platform, {"text": text}) == ("https://api.example/go?u=1",)

    async def test_a_declared_path_says_where_they_are(self, platform: Platform) -> None:
        message = {"text": TOKEN, "entities": [{"type": "url", "u": URL}, {"type": "bold"}]}

        assert await self.links(platform, message, links="entities.*.u") == (URL,)

    async def test_where_a_path_is_declared_anchors_do_not_count(self, platform: Platform) -> None:
        message = {"text": f'{TOKEN} <a href="https://x.example/">x</a>', "entities": []}

        assert await self.links(platform, message, links="entities.*.u") == ()

    async def test_the_text_is_shown_without_tags(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply([{"text": f"<p>{TOKEN} &amp; <b>more</b></p>"}])

        assert (await shown(platform, surface(read=look()))).text == f"{TOKEN} & more"


class TestCards:
    async def card(self, platform: Platform, message: dict[str, Any]) -> Shown:
        platform.on_look = lambda _: json_reply([{"text": TOKEN} | message])
        return await shown(platform, surface(read=look(card=CARD)))

    async def test_a_cards_fields_are_read(self, platform: Platform) -> None:
        seen = await self.card(platform, {"card": {"title": "T", "description": "D", "image": "/i.png", "url": URL}})

        assert seen.card == Card("T", "D", "https://api.example/i.png", URL)

    @pytest.mark.parametrize("card", [None, {}, [], {"title": "", "image": None}])
    async def test_an_empty_card_is_none(self, platform: Platform, card: Any) -> None:
        seen = await self.card(platform, {"card": card})

        assert seen.arrived
        assert seen.card is None
        assert seen.card_expected

    async def test_a_card_that_comes_later_is_waited_for(self, platform: Platform) -> None:
        platform.on_look = lambda _: json_reply(
            [{"text": TOKEN, "card": {"title": "T"} if len(platform.looks) > 2 else None}]
        )
        seen = await shown(platform, surface(read=look(card=CARD, within=5.0)))

        assert seen.card == Card("T")

    async def test_where_no_card_is_declared_none_is_expected(self, platform: Platform) -> None:
        assert not (await shown(platform, surface(read=look()))).card_expected


class TestHtml:
    PAGE = """<main><article class="m"><div class="t">older</div></article>
      <article class="m"><div class="t">TOKEN see <a href="/go?x=1">this</a></div>
      <div class="c"><b class="h">Title</b><i>Words</i><img src="/i.png"><a class="u" href="https://shop.example/">s</a>
      </div></article></main>"""
    READ = look(
        format="html",
        messages="article.m",
        text=".t",
        card=CardFields(at=".c", title=".h", description="i", image="img", url=".u"),
    )

    async def test_messages_links_and_cards_are_found_by_selectors(self, platform: Platform) -> None:
        platform.on_look = lambda _: html_reply(self.PAGE.replace("TOKEN", TOKEN))
        seen = await shown(platform, surface(read=self.READ))

        assert seen.text == f"{TOKEN} see this"
        assert seen.links == ("https://api.example/go?x=1",)
        assert seen.card == Card("Title", "Words", "https://api.example/i.png", "https://shop.example/")

    async def test_a_selector_can_say_what_is_a_link(self, platform: Platform) -> None:
        platform.on_look = lambda _: html_reply(self.PAGE.replace("TOKEN", TOKEN))
        seen = await shown(platform, surface(read=look(format="html", messages="article.m", text=".t", links="a.u")))

        assert seen.links == ("https://shop.example/",)

    async def test_without_selectors_the_page_is_the_message(self, platform: Platform) -> None:
        platform.on_look = lambda _: html_reply(f'<p>{TOKEN} <a href="https://x.example/">x</a></p>')
        seen = await shown(platform, surface(read=look(format="html")))

        assert seen.links == ("https://x.example/",)


class TestSecrets:
    ENVIRON: ClassVar = {"BOT_KEY": "s3cret/kéy", "BOT_TOKEN": "t0ps3cret"}

    async def test_what_the_platform_echoes_is_blotted_out(self, platform: Platform) -> None:
        call = HttpCall(
            url="https://api.example/send?key=${BOT_KEY}",
            headers={"Authorization": "${BOT_TOKEN}"},
            json={"text": "{text}"},
        )

        def echo(asked: Asked) -> Reply:
            said = f"key {asked.query} {self.ENVIRON['BOT_KEY']} token {asked.headers['authorization']}"
            return json_reply({"errcode": 0, "errmsg": said, "id": self.ENVIRON["BOT_TOKEN"]})

        platform.on_send = echo
        platform.on_look = lambda _: json_reply(
            [{"text": f"{TOKEN} t0ps3cret", "links": ["https://x.example/?t0ps3cret"], "card": {"title": "t0ps3cret"}}]
        )
        read = look(links="links", card=CARD)
        result = await send(platform, surface(send=call, read=read), self.ENVIRON)

        assert result[0].outcome is SendOutcome.ACCEPTED
        assert result[1] is not None
        assert result[1].arrived
        assert not [secret for secret in ("t0ps3cret", "s3cret/k", "s3cret%2Fk") if secret in repr(result)]

    async def test_a_failures_address_shows_no_account(self, net: Net) -> None:
        call = HttpCall(url="https://api.example/send?key=${BOT_TOKEN}")
        result = await send(Platform(net.network), surface(send=call), self.ENVIRON)

        assert result[0].failure is not None
        assert "t0ps3cret" not in repr(result)

    async def test_short_values_do_not_blot_out_words(self, platform: Platform) -> None:
        platform.on_send = lambda _: json_reply({"errcode": 1, "errmsg": "an a is an a"})
        sent, _ = await send(platform, surface(accounts=("A",)), {"A": "a"})

        assert sent.wording == "an a is an a"


class TestPreview:
    async def shown(self, platform: Platform, reply: Reply, **more: Any) -> Shown:
        platform.on_look = lambda _: reply
        call = HttpCall(url="https://api.example/preview?url={url}&k=${KEY}", method="GET")
        api = PreviewApi(call=call, card=CARD, accounts=("KEY",), **more)
        return await preview(platform.network, HERE, api, TARGET, environ={"KEY": "t0ps3cret"})

    async def test_the_card_is_read(self, platform: Platform) -> None:
        seen = await self.shown(platform, json_reply({"card": {"title": "T"}}))

        assert seen.card == Card("T")
        assert seen.card_expected
        assert seen.arrived

    async def test_the_link_is_asked_for(self, platform: Platform) -> None:
        await self.shown(platform, json_reply({}))

        assert platform.looks[0].query.startswith("url=https%3A%2F%2Fshop.example%2F")

    async def test_an_answer_without_card_is_a_look_without_card(self, platform: Platform) -> None:
        seen = await self.shown(platform, json_reply({"card": None}))

        assert (seen.card, seen.failure) == (None, None)

    async def test_a_refusal_is_a_look_without_card(self, platform: Platform) -> None:
        rule = Accepted(field="ok", equals=True, code="code")
        seen = await self.shown(platform, json_reply({"ok": False, "code": "unsafe t0ps3cret"}), accepted=rule)

        assert (seen.arrived, seen.card, seen.failure) == (False, None, None)
        assert seen.text == "unsafe [redacted]"

    @pytest.mark.parametrize("reply", [(429, [], b""), (401, [], b""), (503, [], b""), html_reply("<p>wait</p>")])
    async def test_what_is_no_answer_is_a_failure(self, platform: Platform, reply: Reply) -> None:
        assert (await self.shown(platform, reply)).failure is not None

    async def test_a_platform_that_is_down_is_a_failure(self, net: Net) -> None:
        call = HttpCall(url="https://gone.example/", method="GET")
        seen = await preview(net.network, HERE, PreviewApi(call=call), TARGET, environ={})

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.DNS
