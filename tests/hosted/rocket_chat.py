"""Rocket.Chat's REST API, after https://developer.rocket.chat/apidocs (chat.postMessage, channels.messages,
chat.delete, me) and its source (apps/meteor/app/api/server). The message's `urls` gain `meta` after it is saved."""

from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, json_object, must, route

ROOM = "ByehQjC44FwMeiLbX"
ACCOUNTS = {
    "aobEdbYhXfu5hkeqG": "9HqLlyZOugoStsXCUfD_0YdwnNnunAJF8V47U3QHXSq",
    "rbAXPnMktTFbNpwtJ": "reader-OugoStsXCUfD",
}
SENDER, READER = ACCOUNTS


def failure(error: str, kind: str, status: int = 400) -> Answer:
    return Answer(status, {"success": False, "error": error, "errorType": kind})


INVALID = failure("must have required property 'roomId' [invalid-params]", "invalid-params")


class RocketChat(Double):
    hosts = ("rocket.example",)
    environ: ClassVar = {
        "LINKPROBE_ROCKET_CHAT": "https://rocket.example",
        "LINKPROBE_ROCKET_CHAT_ROOM": ROOM,
        "LINKPROBE_ROCKET_CHAT_USER": SENDER,
        "LINKPROBE_ROCKET_CHAT_TOKEN": ACCOUNTS[SENDER],
        "LINKPROBE_ROCKET_CHAT_READER": READER,
        "LINKPROBE_ROCKET_CHAT_READER_TOKEN": ACCOUNTS[READER],
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/v1/chat.postMessage", self.send, "POST"),
            route("/api/v1/chat.delete", self.delete, "POST"),
            route("/api/v1/channels.messages", self.read),
            route("/api/v1/me", self.me),
        ]

    def too_fast(self) -> Answer:
        text = "Error, too many requests. Please slow down. You must wait 23 seconds before trying this endpoint again."
        return Answer(429, {"success": False, "error": f"{text} [error-too-many-requests]"})

    def refusal(self) -> Answer:
        """An app's word: the stock server refuses no link."""
        return failure("Message not allowed [error-app-prevented-sending]", "error-app-prevented-sending")

    def number(self) -> str:
        return f"7aDSXtjMA3KPL{self.sends:04}"

    def send(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        given = json_object(asked, INVALID, INVALID)
        must("roomId" in given or "channel" in given, INVALID)
        room = given.get("roomId") or given.get("channel")
        must(room in (ROOM, "#tests"), failure("[invalid-channel]", "invalid-channel"))
        must(isinstance(given.get("text"), str), INVALID)
        message = self.take(given["text"])
        return {"ts": 1795000000000, "channel": room, "message": self._message(message, sending=True), "success": True}

    def read(self, asked: Asked) -> Any:
        self._account(asked, SENDER, READER)
        missing = failure("The parameter is required [error-room-param-not-provided]", "error-room-param-not-provided")
        must(asked.query.get("roomId"), missing)
        must(asked.query["roomId"] == ROOM, failure("Not found [error-room-not-found]", "error-room-not-found"))
        found = [self._message(message) for message in reversed(self.messages)][: int(asked.query.get("count", "50"))]
        return {"messages": found, "count": len(found), "offset": 0, "total": len(self.messages), "success": True}

    def delete(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        given = json_object(asked, INVALID, INVALID)
        must(given.get("roomId") == ROOM and given.get("msgId"), INVALID)
        none = failure(f'No message found with the id of "{given["msgId"]}".', "")
        must(self.remove(str(given["msgId"])), none)
        return {"_id": given["msgId"], "ts": 1795000000000, "success": True}

    def me(self, asked: Asked) -> Any:
        return {"_id": self._account(asked, SENDER, READER), "status": "online", "success": True}

    def _account(self, asked: Asked, *known: str) -> str:
        user, token = (asked.request.headers.get(name, "") for name in ("x-user-id", "x-auth-token"))
        nobody = Answer(401, {"status": "error", "message": "You must be logged in to do this."})
        must(user in ACCOUNTS and ACCOUNTS[user] == token, nobody)
        must(user in known, failure("Not allowed [error-not-allowed]", "error-not-allowed"))
        return user

    def _message(self, message: Message, *, sending: bool = False) -> dict[str, Any]:
        urls: list[dict[str, Any]] = [{"url": message.link}] if message.link else []
        if not sending and message.has_card(STEP):
            offer = self.offer
            found = {"ogTitle": offer.title, "twitterDescription": offer.description, "ogImage": offer.image}
            urls[0] |= {"meta": {**found, "pageTitle": "A page | The shop"}, "headers": {}}
        shown = {"_id": message.id, "rid": ROOM, "msg": message.text, "ts": "2026-11-22T06:00:00.000Z"}
        return {**shown, "u": {"_id": SENDER, "username": "sender"}, "urls": urls, "mentions": [], "channels": []}
