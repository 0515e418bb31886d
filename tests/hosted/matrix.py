"""A Matrix homeserver, after https://spec.matrix.org/v1.11/client-server-api/: sending, one event, redaction, whoami,
previews, errors and rate limiting. A refused message is forbidden, as Synapse's modules against spam make it."""

from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Fate, must, route

SENDER, READER, ROOM = "syt_c2VuZGVy_sender_1", "syt_cmVhZGVy_reader_1", "!jEsUZKDJdhlrceRyVU:matrix.example"


def error(status: int, code: str, said: str, **more: Any) -> Answer:
    return Answer(status, {"errcode": code, "error": said, **more})


NOT_FOUND = error(404, "M_NOT_FOUND", "Event not found.")


class Matrix(Double):
    hosts = ("matrix.example",)
    environ: ClassVar = {
        "LINKPROBE_MATRIX_HOMESERVER": "https://matrix.example",
        "LINKPROBE_MATRIX_ROOM": ROOM,
        "LINKPROBE_MATRIX_TOKEN": SENDER,
        "LINKPROBE_MATRIX_READER": READER,
    }

    def __init__(self, fates: dict[str, Fate] | None = None) -> None:
        super().__init__(fates)
        self.transactions: dict[str, str] = {}

    def routes(self) -> list[Route]:
        room = "/_matrix/client/v3/rooms/{room}"
        return [
            route(room + "/send/m.room.message/{transaction}", self.send, "PUT"),
            route(room + "/event/{event}", self.read),
            route(room + "/redact/{event}/{transaction}", self.delete, "PUT"),
            route("/_matrix/client/v3/account/whoami", self.whoami),
            route("/_matrix/client/v1/media/preview_url", self.preview),
        ]

    def too_fast(self) -> Answer:
        limited = error(429, "M_LIMIT_EXCEEDED", "Too many requests", retry_after_ms=2000)
        return Answer(429, limited.body, {"Retry-After": "2"})

    def refusal(self) -> Answer:
        return error(403, "M_FORBIDDEN", "This message had a link that is not allowed")

    def number(self) -> str:
        return f"$Rqnc-F-dvnEYJTyHq_iKxU2bZ1CI92-kuZq3a5lr5{self.sends:02}"

    def send(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        given = self._body(asked)
        known = self.transactions.get(asked.part("transaction"))
        if known:
            return {"event_id": known}
        must(given.get("msgtype") == "m.text", error(400, "M_BAD_JSON", "'msgtype' not in content"))
        must(isinstance(given.get("body"), str), error(400, "M_BAD_JSON", "'body' not in content"))
        message = self.take(given["body"])
        self.transactions[asked.part("transaction")] = message.id
        return {"event_id": message.id}

    def read(self, asked: Asked) -> Any:
        """A redacted event is still there, without its content."""
        self._account(asked, SENDER, READER)
        id = asked.part("event")
        event = {"type": "m.room.message", "room_id": ROOM, "event_id": id, "sender": "@sender:matrix.example"}
        if id in self.deleted:
            return {**event, "content": {}, "unsigned": {"redacted_because": {}}}
        found = self.find(id)
        if found is None:
            raise NOT_FOUND
        return {**event, "content": {"msgtype": "m.text", "body": found.text}, "origin_server_ts": 1795000000000}

    def delete(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        self._body(asked)
        must(self.remove(asked.part("event")), NOT_FOUND)
        return {"event_id": "$redaction"}

    def whoami(self, asked: Asked) -> Any:
        who = self._account(asked, SENDER, READER)
        return {"user_id": "@sender:matrix.example" if who == SENDER else "@reader:matrix.example"}

    def preview(self, asked: Asked) -> Any:
        self._account(asked, SENDER, READER)
        url = asked.query.get("url", "")
        must(url, error(400, "M_MISSING_PARAM", "Missing string query parameter b'url'"))
        sent = next((message for message in self.messages if message.link == url), None)
        if sent is None or not sent.has_card(STEP):
            return {}
        offer = self.offer
        found = {"og:title": offer.title, "og:description": offer.description, "og:url": url}
        return {**found, "og:image": "mxc://matrix.example/ascERGshawAWawugaAcauga", "matrix:image:size": 102400}

    def _body(self, asked: Asked) -> dict[str, Any]:
        try:
            given = asked.json
        except ValueError:
            raise error(400, "M_NOT_JSON", "Content not JSON.") from None
        must(isinstance(given, dict), error(400, "M_BAD_JSON", "Content must be a JSON object."))
        return dict(given)

    def _account(self, asked: Asked, *known: str) -> str:
        must(asked.request.headers.get("authorization"), error(401, "M_MISSING_TOKEN", "Missing access token"))
        must(asked.bearer in (SENDER, READER), error(401, "M_UNKNOWN_TOKEN", "Invalid access token passed."))
        room = asked.request.path_params.get("room", ROOM)
        must(room == ROOM, error(403, "M_FORBIDDEN", "User not in room"))
        must(asked.bearer in known, error(403, "M_FORBIDDEN", "You don't have permission to post to the room."))
        return asked.bearer
