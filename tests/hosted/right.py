"""One right request a service, by its documentation, and how wrong ones are made of it."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

import httpx

from tests.hosted import (
    bluesky,
    dingtalk,
    discord,
    feishu,
    lemmy,
    line,
    mastodon,
    matrix,
    mattermost,
    rocket_chat,
    slack,
    telegram,
    wecom,
    weibo,
    zulip,
)
from tests.hosted.double import Double

NOTHING: Mapping[str, str] = {}


class Request(NamedTuple):
    """A request to a double: how the service answers it, by status and a part of the body."""

    double: type[Double]
    path: str
    json: Any = None
    form: dict[str, str] | None = None
    headers: Mapping[str, str] = NOTHING
    method: str = "POST"
    content: bytes | None = None
    what: str = "right"
    status: int = 200
    says: str = ""

    def __str__(self) -> str:
        return f"{self.double.__name__}: {self.what}"

    def but(self, what: str, status: int, says: str, **changed: Any) -> "Request":
        """The same with one thing wrong, and how that is refused."""
        return self._replace(what=what, status=status, says=says, **changed)

    def as_plain_text(self, status: int, says: str) -> "Request":
        """The same body under another content type."""
        headers = {**self.headers, "Content-Type": "text/plain"}
        content = httpx.Request("POST", "https://x", json=self.json, data=self.form).content
        return self.but("a wrong type", status, says, headers=headers, content=content, json=None, form=None)

    def without(self, name: str, status: int, says: str) -> "Request":
        """The same without one field."""
        kept = {key: value for key, value in self.body.items() if key != name}
        return self.but(f"no {name}", status, says, **{self.place: kept})

    def with_(self, name: str, value: Any, status: int, says: str) -> "Request":
        """The same with another value in one field."""
        changed = {**self.body, name: value}
        # A time in a test's name would give every worker another name.
        named = "another time" if name == "timestamp" else f"another {name}: {value}"
        return self.but(named[:60], status, says, **{self.place: changed})

    @property
    def place(self) -> str:
        return "form" if self.form else "json"

    @property
    def body(self) -> dict[str, Any]:
        return dict(self.form or self.json)

    def by(self, status: int, says: str, **headers: str) -> "Request":
        """The same by another account, or by none."""
        return self.but(f"by {headers or 'nobody'}"[:60], status, says, headers=headers)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def dingtalk_at(seconds: float, secret: str = dingtalk.SECRET) -> str:
    """The webhook's address, signed as if it were `seconds` from now."""
    stamp = str(int((time.time() + seconds) * 1000))
    made = base64.b64encode(hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest())
    return (
        f"/robot/send?{httpx.QueryParams({'access_token': dingtalk.TOKEN, 'timestamp': stamp, 'sign': made.decode()})}"
    )


def feishu_at(seconds: float, secret: str = feishu.SECRET) -> dict[str, Any]:
    """A text message, signed as if it were `seconds` from now."""
    stamp = str(int(time.time() + seconds))
    made = base64.b64encode(hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest())
    return {"timestamp": stamp, "sign": made.decode(), "msg_type": "text", "content": {"text": LINK}}


LINK = "https://x.example/"
AGENT = {"User-Agent": "DiscordBot (https://bot.example, 1.0)"}
ROCKET = {"X-User-Id": rocket_chat.SENDER, "X-Auth-Token": rocket_chat.ACCOUNTS[rocket_chat.SENDER]}
FACET = {
    "index": {"byteStart": 4, "byteEnd": 22},
    "features": [{"$type": "app.bsky.richtext.facet#link", "uri": LINK}],
}
RECORD = {"$type": bluesky.POST, "text": f"see {LINK}", "createdAt": "2026-11-22T06:00:00.000Z", "facets": [FACET]}
SKY = bearer(bluesky.ACCOUNTS["sender.bsky.social"][2])

TELEGRAM = Request(telegram.Telegram, f"/bot{telegram.BOT}/sendMessage", {"chat_id": "@linktests", "text": LINK})
SLACK = Request(
    slack.Slack, "/api/chat.postMessage", {"channel": slack.CHANNEL, "text": LINK}, headers=bearer(slack.BOT)
)
DISCORD = Request(
    discord.Discord,
    f"/api/v10/channels/{discord.CHANNEL}/messages",
    {"content": LINK},
    headers={"Authorization": f"Bot {discord.BOT}", **AGENT},
)
WEBHOOK = Request(discord.Discord, f"/api/v10/webhooks/{discord.HOOK}?wait=true", {"content": LINK}, headers=AGENT)
MASTODON = Request(mastodon.Mastodon, "/api/v1/statuses", {"status": LINK}, headers=bearer(mastodon.SENDER))
SESSION = Request(
    bluesky.Bluesky,
    "/xrpc/com.atproto.server.createSession",
    {"identifier": "sender.bsky.social", "password": "abcd-efgh-ijkl-mnop"},
)
BLUESKY = Request(
    bluesky.Bluesky,
    "/xrpc/com.atproto.repo.createRecord",
    {"repo": bluesky.DID, "collection": bluesky.POST, "record": RECORD},
    headers=SKY,
)
LEMMY = Request(
    lemmy.Lemmy,
    "/api/v3/post",
    {"name": "abc", "community_id": lemmy.COMMUNITY, "url": LINK},
    headers=bearer(lemmy.SENDER),
)
MATTERMOST = Request(
    mattermost.Mattermost,
    "/api/v4/posts",
    {"channel_id": mattermost.CHANNEL, "message": LINK},
    headers=bearer(mattermost.SENDER),
    status=201,
)
ROCKET_CHAT = Request(
    rocket_chat.RocketChat, "/api/v1/chat.postMessage", {"roomId": rocket_chat.ROOM, "text": LINK}, headers=ROCKET
)
ZULIP = Request(
    zulip.Zulip,
    "/api/v1/messages",
    form={"type": "stream", "to": zulip.CHANNEL, "topic": "t", "content": LINK},
    headers={"Authorization": f"Basic {zulip.SENDER}"},
)
LINE = Request(
    line.Line,
    "/v2/bot/message/push",
    {"to": line.USER, "messages": [{"type": "text", "text": LINK}]},
    headers=bearer(line.TOKEN),
)
DINGTALK = Request(dingtalk.DingTalk, dingtalk_at(0), {"msgtype": "text", "text": {"content": LINK}}, says='"ok"')
FEISHU = Request(feishu.Feishu, f"/open-apis/bot/v2/hook/{feishu.HOOK}", feishu_at(0), says="success")
WECOM = Request(
    wecom.WeCom,
    f"/cgi-bin/webhook/send?key={wecom.KEY}",
    {"msgtype": "text", "text": {"content": LINK}},
    says='"ok"',
)
WEIBO = Request(weibo.Weibo, "/2/statuses/share.json", form={"access_token": weibo.SENDER, "status": LINK})
ROOM = f"/_matrix/client/v3/rooms/{matrix.ROOM}/send/m.room.message/1"
MATRIX = Request(matrix.Matrix, ROOM, {"msgtype": "m.text", "body": LINK}, headers=bearer(matrix.SENDER), method="PUT")
