"""Discord's HTTP API for bots and webhooks, after https://discord.com/developers/docs/resources/message,
…/resources/webhook, …/topics/rate-limits and …/topics/opcodes-and-status-codes.

Embeds are empty at first and filled about a second later. A bot without the message content intent gets them, and
the content of others, empty.
"""

import re
from typing import Any, ClassVar

from starlette.responses import Response
from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, json_object, must, route

BOT, READER = "MTk4NjIyNDgzNDcxOTI1MjQ4.sender", "MTk4NjIyNDgzNDcxOTI1MjQ5.reader"
CHANNEL, HOOK = (
    "290926798999357250",
    "223704706495545344/3d89bb7572e0fb30d8128367b3b1b44fecd1726de135cbe28a41f8b2f777c372ba2939e72279b94526ff5d1bd4358d65cf11",
)
AGENT = re.compile(r"DiscordBot \(https?://\S+, \S+\)( .*)?")


def error(status: int, code: int, message: str, **more: Any) -> Answer:
    return Answer(status, {"message": message, "code": code, **more})


UNAUTHORISED = error(401, 0, "401: Unauthorized")
UNKNOWN_MESSAGE = error(404, 10008, "Unknown Message")
WRONG_FORM = error(400, 50035, "Invalid Form Body", errors={"content": {"_errors": [{"code": "BASE_TYPE_REQUIRED"}]}})
WRONG_TYPE = error(400, 50035, 'Expected "Content-Type" header to be one of {"application/json"}.')


class Discord(Double):
    hosts = ("discord.com",)
    environ: ClassVar = {
        "LINKPROBE_DISCORD_BOT": BOT,
        "LINKPROBE_DISCORD_CHANNEL": CHANNEL,
        "LINKPROBE_DISCORD_READER": READER,
        "LINKPROBE_DISCORD_WEBHOOK": HOOK,
        "LINKPROBE_DISCORD_WEBHOOK_CHANNEL": CHANNEL,
    }
    reader_has_content = True

    def routes(self) -> list[Route]:
        channel, hook = "/api/v10/channels/{channel}/messages", "/api/v10/webhooks/{id}/{token}"
        return [
            route(channel, self.send, "POST"),
            route(channel + "/{message}", self.read),
            route(channel + "/{message}", self.delete, "DELETE"),
            route("/api/v10/users/@me", self.me),
            route(hook, self.hook),
            route(hook, self.send_by_hook, "POST"),
            route(hook + "/messages/{message}", self.read_by_hook),
            route(hook + "/messages/{message}", self.delete_by_hook, "DELETE"),
            route("/{path:path}", self.nowhere, "GET", "POST", "DELETE"),
        ]

    def too_fast(self) -> Answer:
        headers = {"Retry-After": "1", "X-RateLimit-Limit": "5", "X-RateLimit-Remaining": "0"}
        body = {"message": "You are being rate limited.", "retry_after": 0.65, "global": False}
        return Answer(429, body, headers)

    def refusal(self) -> Answer:
        return error(400, 240000, "Message blocked by harmful links filter")

    def send(self, asked: Asked) -> Any:
        self._bot(asked, BOT)
        return self._message(self._posted(asked))

    def read(self, asked: Asked) -> Any:
        who = self._bot(asked, BOT, READER)
        message = self._found(asked)
        return self._message(message, full=who == BOT or self.reader_has_content)

    def delete(self, asked: Asked) -> Any:
        self._bot(asked, BOT)
        return self._deleted(asked)

    def me(self, asked: Asked) -> Any:
        who = self._bot(asked)
        return {"id": "1", "username": "sender" if who == BOT else "reader", "bot": True}

    def hook(self, asked: Asked) -> Any:
        self._hook(asked)
        return {"id": asked.part("id"), "type": 1, "channel_id": CHANNEL, "token": asked.part("token")}

    def send_by_hook(self, asked: Asked) -> Any:
        self._hook(asked)
        message = self._posted(asked)
        return self._message(message) if asked.query.get("wait") == "true" else Response(status_code=204)

    def read_by_hook(self, asked: Asked) -> Any:
        self._hook(asked)
        return self._message(self._found(asked))

    def delete_by_hook(self, asked: Asked) -> Any:
        self._hook(asked)
        return self._deleted(asked)

    def nowhere(self, _: Asked) -> Any:
        raise error(404, 0, "404: Not Found")

    def _bot(self, asked: Asked, *known: str) -> str:
        must(AGENT.match(asked.request.headers.get("user-agent", "")), error(403, 40333, "internal network error"))
        scheme, _, token = asked.request.headers.get("authorization", "").partition(" ")
        must(scheme == "Bot" and token in (BOT, READER), UNAUTHORISED)
        must(asked.request.path_params.get("channel", CHANNEL) == CHANNEL, error(404, 10003, "Unknown Channel"))
        must(not known or token in known, error(403, 50013, "Missing Permissions"))
        return token

    def _hook(self, asked: Asked) -> None:
        must(AGENT.match(asked.request.headers.get("user-agent", "")), error(403, 40333, "internal network error"))
        id, token = HOOK.split("/")
        must(asked.part("id") == id, error(404, 10015, "Unknown Webhook"))
        must(asked.part("token") == token, error(401, 50027, "Invalid Webhook Token"))

    def _posted(self, asked: Asked) -> Message:
        given = json_object(asked, WRONG_TYPE, error(400, 50109, "The request body contains invalid JSON."))
        content = given.get("content", "")
        must(isinstance(content, str), WRONG_FORM)
        must(content, error(400, 50006, "Cannot send an empty message"))
        must(len(content) <= 2000, WRONG_FORM)
        return self.take(content, suppressed=bool(int(given.get("flags", 0)) & 1 << 2))

    def _found(self, asked: Asked) -> Message:
        found = self.find(asked.part("message"))
        if found is None:
            raise UNKNOWN_MESSAGE
        return found

    def _deleted(self, asked: Asked) -> Response:
        must(self.remove(asked.part("message")), UNKNOWN_MESSAGE)
        return Response(status_code=204)

    def _message(self, message: Message, *, full: bool = True) -> dict[str, Any]:
        embeds = [self._embed(message)] if message.has_card(STEP) and not message.extra["suppressed"] and full else []
        return {
            "id": message.id,
            "channel_id": CHANNEL,
            "author": {"id": "1", "username": "sender", "bot": True},
            "content": message.text if full else "",
            "timestamp": "2026-11-22T06:00:00.000000+00:00",
            "attachments": [],
            "embeds": embeds,
            "type": 0,
            "flags": 0,
        }

    def _embed(self, message: Message) -> dict[str, Any]:
        offer = self.offer
        picture = {"url": offer.image, "proxy_url": "https://images-ext-1.discordapp.net/1", "width": 1, "height": 1}
        return {
            "type": "article",
            "url": message.link,
            "title": offer.title,
            "description": offer.description,
            "thumbnail": picture,
        }
