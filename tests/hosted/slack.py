"""Slack's Web API, after https://docs.slack.dev/reference/methods/chat.postMessage and its neighbours.

Every refusal but the one for haste comes inside a 200. No code is documented that is about a link, so the double has
an undocumented one.
"""

import html
import re
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, must, route

BOT, READER, CHANNEL = "xoxb-17653672481-sender", "xoxb-17653672481-reader", "C123ABC456"
URL = re.compile(r"https?://\S+")
FORM = "application/x-www-form-urlencoded"


def no(error: str) -> Answer:
    return Answer(200, {"ok": False, "error": error})


class Slack(Double):
    hosts = ("slack.com",)
    environ: ClassVar = {
        "LINKPROBE_SLACK_BOT": BOT,
        "LINKPROBE_SLACK_CHANNEL": CHANNEL,
        "LINKPROBE_SLACK_READER": READER,
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/chat.postMessage", self.send, "POST"),
            route("/api/chat.delete", self.delete, "POST"),
            route("/api/conversations.history", self.history, "GET", "POST"),
            route("/api/auth.test", self.test, "GET", "POST"),
            route("/api/{method}", self.unknown, "GET", "POST"),
        ]

    def too_fast(self) -> Answer:
        return Answer(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "30"})

    def refusal(self) -> Answer:
        return no("message_blocked_by_policy")

    def number(self) -> str:
        return f"1503435956.{self.sends:06}"

    def send(self, asked: Asked) -> Any:
        self._account(asked, BOT)
        given = self._arguments(asked)
        must(given.get("channel") == CHANNEL, no("channel_not_found"))
        text = given.get("text")
        must(text, no("no_text"))
        must(isinstance(text, str), no("invalid_arguments"))
        must(len(str(text)) <= 40_000, no("msg_too_long"))
        message = self.take(str(text), unfurl=given.get("unfurl_links") in (True, "true"))
        return {"ok": True, "channel": CHANNEL, "ts": message.id, "message": self._message(message)}

    def history(self, asked: Asked) -> Any:
        """Newest first, between `oldest` and `latest`, which only count themselves with `inclusive`."""
        self._account(asked, BOT, READER)
        must(asked.content_type in ("", FORM), no("invalid_form_data"))
        given = asked.query | (asked.form if asked.content_type == FORM else {})
        must(given.get("channel") == CHANNEL, no("channel_not_found"))
        latest, oldest = given.get("latest", "9999999999.0"), given.get("oldest", "0")
        inclusive = given.get("inclusive") in ("true", "1")
        found = [
            message
            for message in reversed(self.messages)
            if oldest < message.id < latest or (inclusive and message.id in (oldest, latest))
        ][: int(given.get("limit", "100"))]
        return {"ok": True, "messages": [self._message(message) for message in found], "has_more": False}

    def delete(self, asked: Asked) -> Any:
        self._account(asked, BOT)
        given = self._arguments(asked)
        must(given.get("channel") == CHANNEL, no("channel_not_found"))
        must(self.remove(str(given.get("ts"))), no("message_not_found"))
        return {"ok": True, "channel": CHANNEL, "ts": given["ts"]}

    def test(self, asked: Asked) -> Any:
        self._account(asked, BOT, READER)
        return {"ok": True, "url": "https://tests.slack.com/", "team": "Tests", "user": "bot", "user_id": "U1"}

    def unknown(self, _: Asked) -> Any:
        raise no("unknown_method")

    def _account(self, asked: Asked, *known: str) -> None:
        must(asked.bearer, no("not_authed"))
        must(asked.bearer in known, no("invalid_auth"))

    def _arguments(self, asked: Asked) -> dict[str, Any]:
        if asked.content_type == FORM:
            return dict(asked.form)
        must(asked.content_type == "application/json", no("invalid_form_data"))
        try:
            return dict(asked.json)
        except ValueError:
            raise no("invalid_json") from None

    def _message(self, message: Message) -> dict[str, Any]:
        """Addresses stand in angle brackets, and &, < and > are escaped, as the documentation of formatting says."""
        text = URL.sub(lambda found: f"<{found[0]}>", html.escape(message.text, quote=False))
        shown = {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": text, "ts": message.id}
        if not message.has_card(STEP) or not message.extra["unfurl"]:
            return shown
        link, offer = message.link, self.offer
        card = {"id": 1, "from_url": link, "original_url": link, "title": offer.title, "title_link": link}
        return {**shown, "attachments": [{**card, "text": offer.description, "image_url": offer.image}]}
