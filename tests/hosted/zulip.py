"""Zulip's REST API, after https://zulip.com/api/send-message, …/get-messages, …/delete-message,
…/get-own-user, …/rest-error-handling and …/http-headers. Requests are forms, and so are the answers' refusals JSON.
Web addresses become anchors in the rendered content; previews of web sites are off by default."""

import base64
import html
import json
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import Answer, Asked, Double, Message, must, route

CHANNEL = "link tests"
SENDER = base64.b64encode(b"sender-bot@zulip.example:a0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5").decode()
READER = base64.b64encode(b"reader-bot@zulip.example:ffffc2d3e4f5a6b7c8d9e0f1a2b3c4d5").decode()


def error(msg: str, code: str = "BAD_REQUEST", status: int = 400, **more: Any) -> Answer:
    return Answer(status, {"result": "error", "msg": msg, "code": code, **more})


def missing(name: str) -> Answer:
    return error(f"Missing '{name}' argument", "REQUEST_VARIABLE_MISSING", var_name=name)


class Zulip(Double):
    hosts = ("zulip.example",)
    environ: ClassVar = {
        "LINKPROBE_ZULIP": "https://zulip.example",
        "LINKPROBE_ZULIP_CHANNEL": CHANNEL,
        "LINKPROBE_ZULIP_BASIC": SENDER,
        "LINKPROBE_ZULIP_READER": READER,
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/v1/messages", self.send, "POST"),
            route("/api/v1/messages", self.read),
            route("/api/v1/messages/{id}", self.delete, "DELETE"),
            route("/api/v1/users/me", self.me),
        ]

    def too_fast(self) -> Answer:
        body = {
            "result": "error",
            "msg": "API usage exceeded rate limit",
            "code": "RATE_LIMIT_HIT",
            "retry-after": 28.7,
        }
        return Answer(429, body, {"Retry-After": "28.7", "X-RateLimit-Remaining": "0"})

    def refusal(self) -> Answer:
        """The stock server refuses no link: a server's own word."""
        return error("Message contains a link that is not allowed")

    def send(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        given = asked.form if asked.content_type == "application/x-www-form-urlencoded" else {}
        for name in ("type", "to", "content"):
            must(given.get(name), missing(name))
        must(given["type"] in ("stream", "channel"), error("Invalid type"))
        must(given.get("topic"), error("Missing topic"))
        must(given["to"] == CHANNEL, error(f"Channel '{given['to']}' does not exist", "STREAM_DOES_NOT_EXIST"))
        message = self.take(given["content"], topic=given["topic"])
        return {"result": "success", "msg": "", "id": int(message.id)}

    def read(self, asked: Asked) -> Any:
        self._account(asked, SENDER, READER)
        for name in ("anchor", "num_before", "num_after"):
            must(name in asked.query, missing(name))
        must(asked.query["anchor"] == "newest", error("Invalid anchor"))
        try:
            narrow = [(term["operator"], term["operand"]) for term in json.loads(asked.query.get("narrow", "[]"))]
        except (ValueError, KeyError, TypeError):
            raise error("narrow is not valid JSON") from None
        wanted = dict(narrow)
        must(wanted.get("stream", wanted.get("channel", CHANNEL)) == CHANNEL, error("Invalid narrow operator: channel"))
        topic = wanted.get("topic")
        found = [each for each in self.messages if topic in (None, each.extra["topic"])]
        shown = [self._message(each) for each in found[-int(asked.query["num_before"]) :]]
        return {"result": "success", "msg": "", "messages": shown, "found_newest": True, "anchor": 10**16}

    def delete(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        must(self.remove(asked.part("id")), error("Invalid message(s)"))
        return {"result": "success", "msg": ""}

    def me(self, asked: Asked) -> Any:
        self._account(asked, SENDER, READER)
        return {"result": "success", "msg": "", "is_bot": True, "user_id": 1}

    def _account(self, asked: Asked, *known: str) -> None:
        scheme, _, given = asked.request.headers.get("authorization", "").partition(" ")
        nobody = error("Not logged in: API authentication or user session required", "UNAUTHORIZED", 401)
        must(scheme == "Basic", nobody)
        must(given in (SENDER, READER), error("Invalid API key", "INVALID_API_KEY", 401))
        must(given in known, error("Insufficient permission", "UNAUTHORIZED_PRINCIPAL"))

    def _message(self, message: Message) -> dict[str, Any]:
        content = html.escape(message.text)
        if message.link:
            link = html.escape(message.link)
            content = content.replace(link, f'<a href="{link}">{link}</a>')
        shown = {"id": int(message.id), "type": "stream", "display_recipient": CHANNEL, "content": f"<p>{content}</p>"}
        return {**shown, "content_type": "text/html", "subject": message.extra["topic"], "sender_full_name": "sender"}
