"""Lemmy's HTTP API, version 3, after its source (src/api_routes_v3.rs, crates/utils/src/error.rs,
crates/api_common/src/post.rs) and https://join-lemmy.org/api/. Ids are numbers: a text in their place is refused.
What is embedded of a link is fetched after the post is made."""

from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, json_object, must, route

COMMUNITY = 1847
ACCOUNTS = {
    "sender": ("correct horse battery", "eyJ0eXAi.lemmy.sender"),
    "reader": ("staple staple", "eyJ0eXAi.lemmy.r"),
}
SENDER, READER = (token for _, token in ACCOUNTS.values())


def error(status: int, name: str, message: str = "") -> Answer:
    return Answer(status, {"error": name, "message": message} if message else {"error": name})


def wrong(what: str) -> Answer:
    return error(400, "unknown", f"Json deserialize error: {what}")


NOT_LOGGED_IN = error(401, "not_logged_in")


class Lemmy(Double):
    hosts = ("lemmy.example",)
    environ: ClassVar = {
        "LINKPROBE_LEMMY": "https://lemmy.example",
        "LINKPROBE_LEMMY_COMMUNITY": str(COMMUNITY),
        "LINKPROBE_LEMMY_USER": "sender",
        "LINKPROBE_LEMMY_PASSWORD": "correct horse battery",
        "LINKPROBE_LEMMY_READER": "reader",
        "LINKPROBE_LEMMY_READER_PASSWORD": "staple staple",
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/v3/user/login", self.login, "POST"),
            route("/api/v3/user/validate_auth", self.validate),
            route("/api/v3/post", self.send, "POST"),
            route("/api/v3/post/list", self.read),
            route("/api/v3/post/delete", self.delete, "POST"),
            route("/api/v3/post/site_metadata", self.metadata),
        ]

    def too_fast(self) -> Answer:
        return error(400, "rate_limit_error")

    def refusal(self) -> Answer:
        return error(400, "blocked_url")

    def login(self, asked: Asked) -> Any:
        given = self._input(asked, "username_or_email", "password")
        known, token = ACCOUNTS.get(given["username_or_email"], ("", ""))
        must(known and given["password"] == known, error(401, "incorrect_login"))
        return {"jwt": token, "registration_created": False, "verify_email_sent": False}

    def validate(self, asked: Asked) -> Any:
        self._account(asked)
        return {"success": True}

    def send(self, asked: Asked) -> Any:
        given = self._input(asked, "name")
        self._account(asked, SENDER)
        must(type(given.get("community_id")) is int, wrong("invalid type: string, expected i32"))
        must(given["community_id"] == COMMUNITY, error(404, "not_found"))
        must(3 <= len(given["name"]) <= 200, error(400, "invalid_post_title"))
        url = given.get("url")
        must(isinstance(url, str) and url.startswith("http"), error(400, "invalid_url"))
        return {"post_view": self._view(self.take(given["name"], str(url), title=given["name"]), sending=True)}

    def read(self, asked: Asked) -> Any:
        """Newest first; without a login the whole site's."""
        if asked.request.headers.get("authorization"):
            self._account(asked)
        must(asked.query.get("sort", "Active") in ("Active", "Hot", "New", "Old"), error(400, "unknown", "sort"))
        must(asked.query.get("type_", "Local") in ("All", "Local", "Subscribed"), error(400, "unknown", "type_"))
        must(asked.query.get("community_id") == str(COMMUNITY), error(404, "not_found"))
        limit = int(asked.query.get("limit", "10"))
        must(1 <= limit <= 50, error(400, "invalid_fetch_limit"))
        return {"posts": [self._view(message) for message in reversed(self.messages)][:limit], "next_page": None}

    def delete(self, asked: Asked) -> Any:
        given = self._input(asked)
        self._account(asked, SENDER)
        must(type(given.get("post_id")) is int, wrong("invalid type: string, expected i32"))
        must(given.get("deleted") is True, wrong("missing field `deleted`"))
        message = self.find(str(given["post_id"]))
        if message is None:
            raise error(404, "not_found")
        self.remove(message.id)
        return {"post_view": self._view(message)}

    def metadata(self, asked: Asked) -> Any:
        self._account(asked)
        must(asked.query.get("url", "").startswith("http"), error(400, "invalid_url"))
        offer = self.offer
        found = {"title": offer.title, "description": offer.description, "image": offer.image}
        return {"metadata": {**found, "content_type": "text/html; charset=utf-8"}}

    def _view(self, message: Message, *, sending: bool = False) -> dict[str, Any]:
        post = {"id": int(message.id), "name": message.extra["title"], "community_id": COMMUNITY, "removed": False}
        if message.link:
            post["url"] = message.link
        if not sending and message.has_card(STEP):
            offer = self.offer
            post |= {"embed_title": offer.title, "embed_description": offer.description, "thumbnail_url": offer.image}
        return {"post": post, "creator": {"id": 1, "name": "sender"}, "community": {"id": COMMUNITY}}

    def _input(self, asked: Asked, *texts: str) -> dict[str, Any]:
        given = json_object(asked, wrong("Content type error"), wrong("expected value at line 1 column 1"))
        for name in texts:
            must(isinstance(given.get(name), str), wrong(f"missing field `{name}`"))
        return given

    def _account(self, asked: Asked, *known: str) -> None:
        must(asked.bearer in (known or (SENDER, READER)), NOT_LOGGED_IN)
