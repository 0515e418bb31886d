"""Telegram's Bot API and a channel's public page, after https://core.telegram.org/bots/api.

The page is no documented interface: its classes are those that public readers of it look for. No refusal of a link
in a text is documented; the one of a link in a medium stands for it.
"""

import html
import json
import re
import time
from typing import Any, ClassVar

from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, must, route

BOT = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
CHANNEL = "linktests"
TOKEN = re.compile(r"\d+:[\w-]{20,}")


def failed(code: int, description: str, **more: Any) -> Answer:
    return Answer(code, {"ok": False, "error_code": code, "description": description, **more})


def bad(what: str) -> Answer:
    return failed(400, f"Bad Request: {what}")


class Telegram(Double):
    hosts = ("api.telegram.org", "t.me")
    environ: ClassVar = {"LINKPROBE_TELEGRAM_BOT": BOT, "LINKPROBE_TELEGRAM_CHANNEL": CHANNEL}

    def routes(self) -> list[Route]:
        return [
            route("/bot{token}/sendMessage", self.send, "GET", "POST"),
            route("/bot{token}/deleteMessage", self.delete, "GET", "POST"),
            route("/bot{token}/getMe", self.me, "GET", "POST"),
            route("/s/{channel}", self.page),
        ]

    def too_fast(self) -> Answer:
        return failed(429, "Too Many Requests: retry after 35", parameters={"retry_after": 35})

    def refusal(self) -> Answer:
        return bad("wrong HTTP URL specified")

    def send(self, asked: Asked) -> Any:
        given = self._parameters(asked)
        must(given.get("chat_id"), bad("chat_id is empty"))
        must(given["chat_id"] == f"@{CHANNEL}", bad("chat not found"))
        text = given.get("text")
        must(isinstance(text, str) and text.strip(), bad("message text is empty"))
        must(isinstance(given.get("link_preview_options", {}), dict), bad("object expected as link preview options"))
        message = self.take(str(text), off=given.get("link_preview_options", {}).get("is_disabled", False))
        chat = {"id": -1001, "title": "Link tests", "username": CHANNEL, "type": "channel"}
        entities = [{"type": "url", "offset": str(text).find(message.link), "length": len(message.link)}]
        result = {"message_id": int(message.id), "chat": chat, "date": int(time.time()), "text": text}
        return {"ok": True, "result": {**result, "entities": entities if message.link else []}}

    def delete(self, asked: Asked) -> Any:
        given = self._parameters(asked)
        must(given.get("chat_id") == f"@{CHANNEL}", bad("chat not found"))
        must(str(given.get("message_id", "")).isdecimal(), bad("message identifier is not specified"))
        must(self.remove(str(given["message_id"])), bad("message to delete not found"))
        return {"ok": True, "result": True}

    def me(self, asked: Asked) -> Any:
        self._parameters(asked)
        return {"ok": True, "result": {"id": 110201543, "is_bot": True, "first_name": "T", "username": "t_bot"}}

    def page(self, asked: Asked) -> Any:
        must(asked.part("channel") == CHANNEL, Answer(302, "", {"location": f"https://t.me/{asked.part('channel')}"}))
        shown = "".join(map(self._widget, self.messages[-20:]))
        return HTMLResponse(f'<!doctype html><main class="tgme_main"><section>{shown}</section></main>')

    def _widget(self, message: Message) -> str:
        text = html.escape(message.text)
        if message.link:
            shown = html.escape(message.link)
            text = text.replace(shown, f'<a href="{shown}" target="_blank" rel="noopener">{shown}</a>')
        card = self._card(message) if message.has_card(STEP) and not message.extra["off"] else ""
        return (
            '<div class="tgme_widget_message_wrap js-widget_message_wrap">'
            f'<div class="tgme_widget_message js-widget_message" data-post="{CHANNEL}/{message.id}">'
            f'<div class="tgme_widget_message_bubble"><div class="tgme_widget_message_text js-message_text" dir="auto">'
            f"{text}</div>{card}</div></div></div>"
        )

    def _card(self, message: Message) -> str:
        offer = self.offer
        return (
            f'<a class="tgme_widget_message_link_preview" href="{html.escape(message.link)}">'
            f'<i class="link_preview_right_image" style="background-image:url(\'{offer.image}\')"></i>'
            '<div class="link_preview_site_name accent_color" dir="auto">shop.example</div>'
            f'<div class="link_preview_title" dir="auto">{offer.title}</div>'
            f'<div class="link_preview_description" dir="auto">{offer.description}</div></a>'
        )

    def _parameters(self, asked: Asked) -> dict[str, Any]:
        """Query, form or JSON, as the documentation allows; structures in the former two are written in JSON."""
        token = asked.part("token")
        must(TOKEN.fullmatch(token), failed(404, "Not Found"))
        must(token == BOT, failed(401, "Unauthorized"))
        given: dict[str, Any] = asked.query
        match asked.content_type:
            case "application/json":
                try:
                    given |= asked.json
                except ValueError:
                    raise bad("can't parse JSON object") from None
            case "application/x-www-form-urlencoded":
                given |= asked.form
        if isinstance(given.get("link_preview_options"), str):
            given["link_preview_options"] = json.loads(given["link_preview_options"])
        return given
