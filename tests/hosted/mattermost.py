"""Mattermost's API, version 4, after https://developers.mattermost.com/api-documentation/ (posts, users) and its
source (server/channels/app/ratelimit.go, server/public/model/post_embed.go)."""

from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, json_object, must, route

SENDER, READER, CHANNEL = "q5x8dmkr1trnmq4xuuhdujaocr", "wx7k1u8yx7g9pxcdwzhuzgbn7h", "4yp9jtdkqiy6ufjrqjbxkwmaxh"


def error(status: int, id: str, message: str) -> Answer:
    body = {"id": id, "message": message, "detailed_error": "", "request_id": "x", "status_code": status}
    return Answer(status, body)


NOT_FOUND = error(404, "app.post.get.app_error", "Unable to get the post.")
WRONG_BODY = error(400, "api.context.invalid_body_param.app_error", "Invalid or missing post in request body.")


class Mattermost(Double):
    hosts = ("mattermost.example",)
    environ: ClassVar = {
        "LINKPROBE_MATTERMOST": "https://mattermost.example",
        "LINKPROBE_MATTERMOST_TOKEN": SENDER,
        "LINKPROBE_MATTERMOST_CHANNEL": CHANNEL,
        "LINKPROBE_MATTERMOST_READER": READER,
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/v4/posts", self.send, "POST"),
            route("/api/v4/posts/{id}", self.read),
            route("/api/v4/posts/{id}", self.delete, "DELETE"),
            route("/api/v4/users/me", self.me),
        ]

    def too_fast(self) -> Answer:
        headers = {
            "X-RateLimit-Limit": "10",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": "1",
            "Retry-After": "1",
        }
        return Answer(429, "limit exceeded\n", headers)

    def refusal(self) -> Answer:
        """A plug-in's word: the stock server refuses no link."""
        return error(400, "plugin.message_will_be_posted.dismiss_post", "Post rejected by plugin. Link not allowed.")

    def number(self) -> str:
        return f"{self.sends:026}"

    def send(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        # The server decodes whatever comes as JSON, whatever it is called.
        given = json_object(asked, WRONG_BODY, WRONG_BODY)
        no_channel = error(403, "api.context.permissions.app_error", "You do not have the appropriate permissions.")
        must(given.get("channel_id") == CHANNEL, no_channel)
        must(isinstance(given.get("message"), str), WRONG_BODY)
        message = self.take(given["message"])
        return Answer(201, self._post(message, sending=True)).response

    def read(self, asked: Asked) -> Any:
        self._account(asked, SENDER, READER)
        message = self.find(asked.part("id"))
        if message is None:
            raise NOT_FOUND
        return self._post(message)

    def delete(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        must(self.remove(asked.part("id")), NOT_FOUND)
        return {"status": "OK"}

    def me(self, asked: Asked) -> Any:
        who = self._account(asked, SENDER, READER)
        return {"id": "u" * 26, "username": "sender" if who == SENDER else "reader"}

    def _account(self, asked: Asked, *known: str) -> str:
        expired = "Invalid or expired session, please login again."
        must(asked.bearer in (SENDER, READER), error(401, "api.context.session_expired.app_error", expired))
        must(asked.bearer in known, error(403, "api.context.permissions.app_error", "No permission."))
        return asked.bearer

    def _post(self, message: Message, *, sending: bool = False) -> dict[str, Any]:
        embeds = []
        if message.link and not sending and message.has_card(STEP):
            embeds = [{"type": "opengraph", "url": message.link, "data": self._data(message)}]
        elif message.link:
            embeds = [{"type": "link", "url": message.link}]
        shown = {"id": message.id, "channel_id": CHANNEL, "user_id": "u" * 26, "type": "", "message": message.text}
        return {**shown, "create_at": 1795000000000, "delete_at": 0, "metadata": {"embeds": embeds} if embeds else {}}

    def _data(self, message: Message) -> dict[str, Any]:
        offer = self.offer
        picture = {"url": offer.image, "secure_url": "", "type": "", "width": 0, "height": 0}
        found = {"type": "website", "url": message.link, "title": offer.title, "description": offer.description}
        return {**found, "site_name": "", "images": [picture]}
