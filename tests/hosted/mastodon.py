"""Mastodon's client API, after https://docs.joinmastodon.org/methods/statuses/, …/methods/accounts/ and
…/api/rate-limits/. A card is null until the server has fetched it. The stock server refuses no link; a validation
that fails stands for one that does."""

import html
from typing import Any, ClassVar

from starlette.routing import Route

from tests.hosted.double import STEP, Answer, Asked, Double, Message, must, route

SENDER, READER = "ZA-Yj3aBD8U8Cm7lKUp-lm9O9BmDgdhHzDeqsY8tlL0", "hKW9oS1Pb2lnMvqd-reader"
VISIBILITIES = (None, "public", "unlisted", "private", "direct")


def error(status: int, what: str) -> Answer:
    return Answer(status, {"error": what})


NOT_FOUND = error(404, "Record not found")


class Mastodon(Double):
    hosts = ("mastodon.example",)
    environ: ClassVar = {
        "LINKPROBE_MASTODON": "https://mastodon.example",
        "LINKPROBE_MASTODON_TOKEN": SENDER,
        "LINKPROBE_MASTODON_READER": READER,
    }

    def routes(self) -> list[Route]:
        return [
            route("/api/v1/statuses", self.send, "POST"),
            route("/api/v1/statuses/{id}", self.read),
            route("/api/v1/statuses/{id}", self.delete, "DELETE"),
            route("/api/v1/accounts/verify_credentials", self.verify),
        ]

    def too_fast(self) -> Answer:
        headers = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0"}
        return Answer(429, {"error": "Too many requests"}, headers)

    def refusal(self) -> Answer:
        return error(422, "Validation failed: Text contains a link that is not allowed")

    def send(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        given = self._given(asked)
        text = given.get("status")
        must(isinstance(text, str) and text, error(422, "Validation failed: Text can't be blank"))
        must(len(str(text)) <= 500, error(422, "Validation failed: Text character limit of 500 exceeded"))
        visible = given.get("visibility")
        must(visible in VISIBILITIES, error(422, "Validation failed: Visibility is not included in the list"))
        return self._status(self.take(str(text), visibility=visible or "public"), sending=True)

    def read(self, asked: Asked) -> Any:
        if asked.request.headers.get("authorization"):
            self._account(asked, SENDER, READER)
        message = self.find(asked.part("id"))
        if message is None or message.extra["visibility"] == "direct":
            raise NOT_FOUND
        return self._status(message)

    def delete(self, asked: Asked) -> Any:
        self._account(asked, SENDER)
        message = self.find(asked.part("id"))
        if message is None:
            raise NOT_FOUND
        self.remove(message.id)
        return {**self._status(message), "text": message.text}

    def verify(self, asked: Asked) -> Any:
        who = self._account(asked, SENDER, READER)
        return {"id": "1", "username": "sender" if who == SENDER else "reader"}

    def _account(self, asked: Asked, *known: str) -> str:
        must(asked.bearer in (SENDER, READER), error(401, "The access token is invalid"))
        must(asked.bearer in known, error(403, "This action is outside the authorized scopes"))
        return asked.bearer

    def _given(self, asked: Asked) -> dict[str, Any]:
        if asked.content_type == "application/x-www-form-urlencoded":
            return dict(asked.form)
        try:
            return dict(asked.json) if asked.content_type == "application/json" else {}
        except ValueError:
            raise error(400, "Error parsing request body") from None

    def _status(self, message: Message, *, sending: bool = False) -> dict[str, Any]:
        content = html.escape(message.text)
        if message.link:
            link = html.escape(message.link)
            scheme, _, rest = link.partition("://")
            shown = f'<span class="invisible">{scheme}://</span><span class="">{rest}</span>'
            anchor = f'<a href="{link}" target="_blank" rel="nofollow noopener" translate="no">{shown}</a>'
            content = content.replace(link, anchor)
        return {
            "id": message.id,
            "created_at": "2026-11-22T06:00:00.000Z",
            "visibility": message.extra["visibility"],
            "uri": f"https://mastodon.example/users/sender/statuses/{message.id}",
            "url": f"https://mastodon.example/@sender/{message.id}",
            "content": f"<p>{content}</p>",
            "account": {"id": "1", "username": "sender"},
            "media_attachments": [],
            "card": None if sending or not message.has_card(STEP) else self._card(message),
        }

    def _card(self, message: Message) -> dict[str, Any]:
        offer = self.offer
        card = {"url": message.link, "title": offer.title, "description": offer.description, "type": "link"}
        return {**card, "provider_name": "", "html": "", "image": offer.image, "embed_url": "", "blurhash": None}
