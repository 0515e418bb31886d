"""That the doubles refuse what the services' documentation says is refused: without it they would prove nothing."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx
import pytest

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


class Wrong(NamedTuple):
    """A request that is wrong in one thing, and how it is refused: the status, and a part of the body."""

    what: str
    double: type[Double]
    path: str
    status: int
    says: str
    json: Any = None
    form: dict[str, str] | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    content: bytes | None = None
    method: str = "POST"

    def __str__(self) -> str:
        return f"{self.double.__name__}: {self.what}"


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def plain(**more: str) -> dict[str, str]:
    return {"Content-Type": "text/plain", **more}


def dingtalk_at(seconds: float, secret: str = dingtalk.SECRET, path: str = "/robot/send") -> str:
    """The webhook's address, signed as if it were `seconds` from now."""
    stamp = str(int((time.time() + seconds) * 1000))
    made = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    query = httpx.QueryParams(
        {"access_token": dingtalk.TOKEN, "timestamp": stamp, "sign": base64.b64encode(made).decode()}
    )
    return f"{path}?{query}"


def feishu_at(seconds: float, secret: str = feishu.SECRET, **more: Any) -> dict[str, Any]:
    """A text message, signed as if it were `seconds` from now."""
    stamp = str(int(time.time() + seconds))
    made = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
    said = {"msg_type": "text", "content": {"text": "x"}, **more}
    return {"timestamp": stamp, "sign": base64.b64encode(made).decode(), **said}


TG, TME = telegram.Telegram, f"/bot{telegram.BOT}"
DISCORD_URL = f"/api/v10/channels/{discord.CHANNEL}/messages"
AGENT = {"User-Agent": "DiscordBot (https://bot.example, 1.0)"}
BOT = {"Authorization": f"Bot {discord.BOT}", **AGENT}
RECORD, SESSION = "/xrpc/com.atproto.repo.createRecord", "/xrpc/com.atproto.server.createSession"
SKY = bearer(bluesky.ACCOUNTS["sender.bsky.social"][2])
LEMMY = {"name": "abc", "community_id": lemmy.COMMUNITY, "url": "https://x.example/"}
ROCKET = {"X-User-Id": rocket_chat.SENDER, "X-Auth-Token": rocket_chat.ACCOUNTS[rocket_chat.SENDER]}
ZULIP = {"type": "stream", "to": zulip.CHANNEL, "topic": "t", "content": "c"}
BASIC = {"Authorization": f"Basic {zulip.SENDER}"}
PUSH = {"to": line.USER, "messages": [{"type": "text", "text": "x"}]}
DING, HOOK = {"msgtype": "text", "text": {"content": "x"}}, f"/open-apis/bot/v2/hook/{feishu.HOOK}"
WORK = {"msgtype": "text", "text": {"content": "x"}}
ROOM = f"/_matrix/client/v3/rooms/{matrix.ROOM}/send/m.room.message"


def without(given: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name not in names}


def record(**changed: Any) -> dict[str, Any]:
    made = {"$type": bluesky.POST, "text": "see https://x.example/", "createdAt": "2026-11-22T06:00:00.000Z", **changed}
    return {"repo": bluesky.DID, "collection": bluesky.POST, "record": made}


def facet(start: Any, end: Any) -> dict[str, Any]:
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://x.example/"}
    return record(facets=[{"index": {"byteStart": start, "byteEnd": end}, "features": [link]}])


WRONG = (
    Wrong("a token that is none", TG, "/bot1/sendMessage", 404, "Not Found", {"chat_id": "@linktests", "text": "x"}),
    Wrong("an unknown token", TG, "/bot1:" + "a" * 35 + "/getMe", 401, "Unauthorized", method="GET"),
    Wrong("no text", TG, TME + "/sendMessage", 400, "message text is empty", {"chat_id": "@linktests"}),
    Wrong("another chat", TG, TME + "/sendMessage", 400, "chat not found", {"chat_id": "@other", "text": "x"}),
    Wrong("another type", TG, TME + "/sendMessage", 400, "chat_id is empty", content=b"text=x", headers=plain()),
    Wrong(
        "an unknown message",
        TG,
        TME + "/deleteMessage",
        400,
        "to delete not found",
        {"chat_id": "@linktests", "message_id": 1},
    ),
    Wrong("no token", slack.Slack, "/api/chat.postMessage", 200, "not_authed", {"channel": slack.CHANNEL, "text": "x"}),
    Wrong("another token", slack.Slack, "/api/auth.test", 200, "invalid_auth", headers=bearer("xoxb-other")),
    Wrong(
        "no channel",
        slack.Slack,
        "/api/chat.postMessage",
        200,
        "channel_not_found",
        {"text": "x"},
        headers=bearer(slack.BOT),
    ),
    Wrong(
        "no text",
        slack.Slack,
        "/api/chat.postMessage",
        200,
        "no_text",
        {"channel": slack.CHANNEL},
        headers=bearer(slack.BOT),
    ),
    Wrong(
        "a wrong type",
        slack.Slack,
        "/api/chat.postMessage",
        200,
        "invalid_form_data",
        content=b"{}",
        headers=plain(**bearer(slack.BOT)),
    ),
    Wrong(
        "json for a look",
        slack.Slack,
        "/api/conversations.history",
        200,
        "invalid_form_data",
        {"channel": slack.CHANNEL},
        headers=bearer(slack.BOT),
    ),
    Wrong(
        "no user agent",
        discord.Discord,
        DISCORD_URL,
        403,
        "40333",
        {"content": "x"},
        headers={**BOT, "User-Agent": "curl/8"},
    ),
    Wrong(
        "a bearer token",
        discord.Discord,
        DISCORD_URL,
        401,
        "401: Unauthorized",
        {"content": "x"},
        headers={**AGENT, **bearer(discord.BOT)},
    ),
    Wrong("an empty message", discord.Discord, DISCORD_URL, 400, "50006", {}, headers=BOT),
    Wrong("a number for a text", discord.Discord, DISCORD_URL, 400, "50035", {"content": 1}, headers=BOT),
    Wrong("a wrong type", discord.Discord, DISCORD_URL, 400, "Expected", content=b"{}", headers=plain(**BOT)),
    Wrong(
        "a reader that posts",
        discord.Discord,
        DISCORD_URL,
        403,
        "50013",
        {"content": "x"},
        headers={**BOT, "Authorization": f"Bot {discord.READER}"},
    ),
    Wrong(
        "an unknown webhook", discord.Discord, "/api/v10/webhooks/1/x", 404, "10015", {"content": "x"}, headers=AGENT
    ),
    Wrong(
        "a webhook's wrong token",
        discord.Discord,
        "/api/v10/webhooks/223704706495545344/x",
        401,
        "50027",
        {"content": "x"},
        headers=AGENT,
    ),
    Wrong("no token", mastodon.Mastodon, "/api/v1/statuses", 401, "access token is invalid", {"status": "x"}),
    Wrong("no text", mastodon.Mastodon, "/api/v1/statuses", 422, "can't be blank", {}, headers=bearer(mastodon.SENDER)),
    Wrong(
        "a wrong type",
        mastodon.Mastodon,
        "/api/v1/statuses",
        422,
        "can't be blank",
        content=b'{"status": "x"}',
        headers=plain(**bearer(mastodon.SENDER)),
    ),
    Wrong(
        "an unknown visibility",
        mastodon.Mastodon,
        "/api/v1/statuses",
        422,
        "Visibility",
        {"status": "x", "visibility": "secret"},
        headers=bearer(mastodon.SENDER),
    ),
    Wrong(
        "another's right",
        mastodon.Mastodon,
        "/api/v1/statuses",
        403,
        "scopes",
        {"status": "x"},
        headers=bearer(mastodon.READER),
    ),
    Wrong(
        "a wrong password",
        bluesky.Bluesky,
        SESSION,
        401,
        "AuthenticationRequired",
        {"identifier": "sender.bsky.social", "password": "x"},
    ),
    Wrong("no password", bluesky.Bluesky, SESSION, 400, "InvalidRequest", {"identifier": "sender.bsky.social"}),
    Wrong("no session", bluesky.Bluesky, RECORD, 401, "AuthMissing", record()),
    Wrong("another's session", bluesky.Bluesky, RECORD, 400, "InvalidToken", record(), headers=bearer("x")),
    Wrong("a wrong type", bluesky.Bluesky, RECORD, 400, "Content-Type", content=b"{}", headers=plain(**SKY)),
    Wrong(
        "a date without zone",
        bluesky.Bluesky,
        RECORD,
        400,
        "createdAt",
        record(createdAt="2026-11-22T06:00:00"),
        headers=SKY,
    ),
    Wrong("offsets as texts", bluesky.Bluesky, RECORD, 400, "must be an integer", facet("4", "22"), headers=SKY),
    Wrong("offsets beside the link", bluesky.Bluesky, RECORD, 400, "does not cover", facet(3, 22), headers=SKY),
    Wrong(
        "another's repository", bluesky.Bluesky, RECORD, 400, "repo", {**record(), "repo": "did:plc:other"}, headers=SKY
    ),
    Wrong(
        "an address for a key",
        bluesky.Bluesky,
        "/xrpc/com.atproto.repo.deleteRecord",
        400,
        "Record Key",
        {"repo": bluesky.DID, "collection": bluesky.POST, "rkey": "at://x/y/z"},
        headers=SKY,
    ),
    Wrong(
        "a wrong password",
        lemmy.Lemmy,
        "/api/v3/user/login",
        401,
        "incorrect_login",
        {"username_or_email": "sender", "password": "x"},
    ),
    Wrong(
        "a community as text",
        lemmy.Lemmy,
        "/api/v3/post",
        400,
        "expected i32",
        {**LEMMY, "community_id": str(lemmy.COMMUNITY)},
        headers=bearer(lemmy.SENDER),
    ),
    Wrong("no login", lemmy.Lemmy, "/api/v3/post", 401, "not_logged_in", LEMMY),
    Wrong(
        "no name",
        lemmy.Lemmy,
        "/api/v3/post",
        400,
        "missing field",
        without(LEMMY, "name"),
        headers=bearer(lemmy.SENDER),
    ),
    Wrong(
        "a wrong type",
        lemmy.Lemmy,
        "/api/v3/post",
        400,
        "Content type",
        content=b"{}",
        headers=plain(**bearer(lemmy.SENDER)),
    ),
    Wrong(
        "an id as text",
        lemmy.Lemmy,
        "/api/v3/post/delete",
        400,
        "expected i32",
        {"post_id": "1", "deleted": True},
        headers=bearer(lemmy.SENDER),
    ),
    Wrong(
        "no token",
        mattermost.Mattermost,
        "/api/v4/posts",
        401,
        "session_expired",
        {"channel_id": mattermost.CHANNEL, "message": "x"},
    ),
    Wrong(
        "another channel",
        mattermost.Mattermost,
        "/api/v4/posts",
        403,
        "permissions",
        {"channel_id": "x", "message": "x"},
        headers=bearer(mattermost.SENDER),
    ),
    Wrong(
        "a form",
        mattermost.Mattermost,
        "/api/v4/posts",
        400,
        "invalid_body_param",
        form={"message": "x"},
        headers=bearer(mattermost.SENDER),
    ),
    Wrong(
        "no message",
        mattermost.Mattermost,
        "/api/v4/posts",
        400,
        "invalid_body_param",
        {"channel_id": mattermost.CHANNEL},
        headers=bearer(mattermost.SENDER),
    ),
    Wrong(
        "a bearer token",
        rocket_chat.RocketChat,
        "/api/v1/chat.postMessage",
        401,
        "must be logged in",
        {"roomId": rocket_chat.ROOM, "text": "x"},
        headers=bearer("x"),
    ),
    Wrong(
        "no room",
        rocket_chat.RocketChat,
        "/api/v1/chat.postMessage",
        400,
        "invalid-params",
        {"text": "x"},
        headers=ROCKET,
    ),
    Wrong(
        "another room",
        rocket_chat.RocketChat,
        "/api/v1/chat.postMessage",
        400,
        "invalid-channel",
        {"roomId": "x", "text": "x"},
        headers=ROCKET,
    ),
    Wrong(
        "a form",
        rocket_chat.RocketChat,
        "/api/v1/chat.postMessage",
        400,
        "invalid-params",
        form={"text": "x"},
        headers=ROCKET,
    ),
    Wrong("no login", zulip.Zulip, "/api/v1/messages", 401, "UNAUTHORIZED", form=ZULIP),
    Wrong(
        "another key",
        zulip.Zulip,
        "/api/v1/messages",
        401,
        "INVALID_API_KEY",
        form=ZULIP,
        headers={"Authorization": "Basic eDp5"},
    ),
    Wrong(
        "no topic", zulip.Zulip, "/api/v1/messages", 400, "Missing topic", form=without(ZULIP, "topic"), headers=BASIC
    ),
    Wrong("json for a form", zulip.Zulip, "/api/v1/messages", 400, "REQUEST_VARIABLE_MISSING", ZULIP, headers=BASIC),
    Wrong(
        "another channel",
        zulip.Zulip,
        "/api/v1/messages",
        400,
        "STREAM_DOES_NOT_EXIST",
        form={**ZULIP, "to": "x"},
        headers=BASIC,
    ),
    Wrong("no token", line.Line, "/v2/bot/message/push", 401, "Authentication failed", PUSH),
    Wrong(
        "another user", line.Line, "/v2/bot/message/push", 400, "'to'", {**PUSH, "to": "x"}, headers=bearer(line.TOKEN)
    ),
    Wrong(
        "no text",
        line.Line,
        "/v2/bot/message/push",
        400,
        "May not be empty",
        {**PUSH, "messages": [{"type": "text"}]},
        headers=bearer(line.TOKEN),
    ),
    Wrong(
        "no messages",
        line.Line,
        "/v2/bot/message/push",
        400,
        "between 1 and 5",
        {"to": line.USER, "messages": []},
        headers=bearer(line.TOKEN),
    ),
    Wrong(
        "a wrong type",
        line.Line,
        "/v2/bot/message/push",
        415,
        "Unsupported",
        content=b"{}",
        headers=plain(**bearer(line.TOKEN)),
    ),
    Wrong(
        "a retry key that is none",
        line.Line,
        "/v2/bot/message/push",
        400,
        "retry key",
        PUSH,
        headers={**bearer(line.TOKEN), "X-Line-Retry-Key": "1"},
    ),
    Wrong("another token", dingtalk.DingTalk, "/robot/send?access_token=x", 200, "400101", DING),
    Wrong("no signature", dingtalk.DingTalk, f"/robot/send?access_token={dingtalk.TOKEN}", 200, "310000", DING),
    Wrong("another's signature", dingtalk.DingTalk, dingtalk_at(0, "SECother"), 200, "sign not match", DING),
    Wrong("a stale time", dingtalk.DingTalk, dingtalk_at(-3700), 200, "invalid timestamp", DING),
    Wrong("a time to come", dingtalk.DingTalk, dingtalk_at(3700), 200, "invalid timestamp", DING),
    Wrong("a wrong type", dingtalk.DingTalk, dingtalk_at(0), 200, "43004", content=b"{}", headers=plain()),
    Wrong("an unknown kind", dingtalk.DingTalk, dingtalk_at(0), 200, "400105", {"msgtype": "song"}),
    Wrong("no content", dingtalk.DingTalk, dingtalk_at(0), 200, "40035", {"msgtype": "text"}),
    Wrong("another hook", feishu.Feishu, "/open-apis/bot/v2/hook/x", 200, "19001", feishu_at(0)),
    Wrong("no signature", feishu.Feishu, HOOK, 200, "19021", without(feishu_at(0), "sign")),
    Wrong("another's signature", feishu.Feishu, HOOK, 200, "19021", feishu_at(0, "other")),
    Wrong("a stale time", feishu.Feishu, HOOK, 200, "19021", feishu_at(-3700)),
    Wrong(
        "milliseconds", feishu.Feishu, HOOK, 200, "19021", {**feishu_at(0), "timestamp": str(int(time.time() * 1000))}
    ),
    Wrong("a wrong type", feishu.Feishu, HOOK, 200, "9499", content=b"{}", headers=plain()),
    Wrong("no kind", feishu.Feishu, HOOK, 200, "19002", without(feishu_at(0), "msg_type")),
    Wrong("no content", feishu.Lark, HOOK, 200, "9499", without(feishu_at(0), "content")),
    Wrong("another key", wecom.WeCom, "/cgi-bin/webhook/send?key=x", 200, "93000", WORK),
    Wrong("an unknown kind", wecom.WeCom, f"/cgi-bin/webhook/send?key={wecom.KEY}", 200, "40008", {"msgtype": "song"}),
    Wrong(
        "no content",
        wecom.WeCom,
        f"/cgi-bin/webhook/send?key={wecom.KEY}",
        200,
        "44004",
        {"msgtype": "text", "text": {}},
    ),
    Wrong(
        "a text too long",
        wecom.WeCom,
        f"/cgi-bin/webhook/send?key={wecom.KEY}",
        200,
        "40058",
        {"msgtype": "text", "text": {"content": "长" * 683}},
    ),
    Wrong(
        "a wrong type",
        wecom.WeCom,
        f"/cgi-bin/webhook/send?key={wecom.KEY}",
        200,
        "47001",
        content=b"{}",
        headers=plain(),
    ),
    Wrong("no token", weibo.Weibo, "/2/statuses/share.json", 400, "10006", form={"status": "https://x.example/"}),
    Wrong(
        "another token", weibo.Weibo, "/2/statuses/share.json", 403, "21332", form={"access_token": "x", "status": "x"}
    ),
    Wrong(
        "no link",
        weibo.Weibo,
        "/2/statuses/share.json",
        400,
        "text not find domain",
        form={"access_token": weibo.SENDER, "status": "x"},
    ),
    Wrong("no text", weibo.Weibo, "/2/statuses/share.json", 400, "10016", form={"access_token": weibo.SENDER}),
    Wrong(
        "json for a form",
        weibo.Weibo,
        "/2/statuses/share.json",
        400,
        "10006",
        {"access_token": weibo.SENDER, "status": "x"},
    ),
    Wrong(
        "no token", matrix.Matrix, ROOM + "/1", 401, "M_MISSING_TOKEN", {"msgtype": "m.text", "body": "x"}, method="PUT"
    ),
    Wrong(
        "another token",
        matrix.Matrix,
        ROOM + "/1",
        401,
        "M_UNKNOWN_TOKEN",
        {"msgtype": "m.text", "body": "x"},
        headers=bearer("x"),
        method="PUT",
    ),
    Wrong(
        "no body",
        matrix.Matrix,
        ROOM + "/1",
        400,
        "M_BAD_JSON",
        {"msgtype": "m.text"},
        headers=bearer(matrix.SENDER),
        method="PUT",
    ),
    Wrong(
        "no json",
        matrix.Matrix,
        ROOM + "/1",
        400,
        "M_NOT_JSON",
        content=b"x",
        headers=bearer(matrix.SENDER),
        method="PUT",
    ),
    Wrong(
        "another room",
        matrix.Matrix,
        "/_matrix/client/v3/rooms/!x:y/event/$1",
        403,
        "M_FORBIDDEN",
        headers=bearer(matrix.READER),
        method="GET",
    ),
    Wrong(
        "a post for a put",
        matrix.Matrix,
        ROOM + "/1",
        405,
        "Not Allowed",
        {"msgtype": "m.text", "body": "x"},
        headers=bearer(matrix.SENDER),
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_a_wrong_request_is_refused_as_documented(wrong: Wrong) -> None:
    double = wrong.double()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=double.app), base_url="https://double") as client:
        answer = await client.request(
            wrong.method, wrong.path, json=wrong.json, data=wrong.form, headers=wrong.headers, content=wrong.content
        )

    body = (
        answer.text
        if not answer.headers.get("content-type", "").startswith("application/json")
        else json.dumps(answer.json(), ensure_ascii=False)
    )
    assert (answer.status_code, wrong.says in body) == (wrong.status, True), body
    assert double.sends == 0
