"""That the doubles refuse what the services' documentation says is refused: without it they would prove nothing."""

import json
import time

import httpx
import pytest

from tests.hosted import bluesky, dingtalk, discord, feishu, lemmy, line, mastodon, matrix, rocket_chat, weibo
from tests.hosted.double import Double
from tests.hosted.right import (
    AGENT,
    BLUESKY,
    DINGTALK,
    DISCORD,
    FACET,
    FEISHU,
    LEMMY,
    LINE,
    LINK,
    MASTODON,
    MATRIX,
    MATTERMOST,
    RECORD,
    ROCKET_CHAT,
    SESSION,
    SLACK,
    TELEGRAM,
    WEBHOOK,
    WECOM,
    WEIBO,
    ZULIP,
    Request,
    bearer,
    dingtalk_at,
    feishu_at,
)

RIGHT = (
    TELEGRAM, SLACK, DISCORD, WEBHOOK, MASTODON, SESSION, BLUESKY, LEMMY, MATTERMOST, ROCKET_CHAT, ZULIP, LINE,
    DINGTALK, FEISHU, FEISHU._replace(double=feishu.Lark), WECOM, WEIBO, MATRIX,
)  # fmt: skip


def record(**changed: object) -> Request:
    return BLUESKY._replace(json={**(BLUESKY.json or {}), "record": {**RECORD, **changed}})


def facet(start: object, end: object) -> Request:
    return record(facets=[{**FACET, "index": {"byteStart": start, "byteEnd": end}}])


def text_of(characters: str) -> dict[str, str]:
    return {"content": characters}


SONG, READS = {"msgtype": "song"}, {"method": "GET", "json": None}
GONE = {"chat_id": "@linktests", "message_id": 1}
DELETED = TELEGRAM.path.replace("send", "delete")
STRANGER = {"username_or_email": "sender", "password": "x"}
DELETION = {"repo": bluesky.DID, "collection": bluesky.POST, "rkey": "at://x/y/z"}

WRONG = (
    TELEGRAM.but("a token that is none", 404, "Not Found", path="/bot1/sendMessage"),
    TELEGRAM.but("an unknown token", 401, "Unauthorized", path=f"/bot1:{'a' * 35}/sendMessage"),
    TELEGRAM.without("text", 400, "message text is empty"),
    TELEGRAM.with_("chat_id", "@other", 400, "chat not found"),
    TELEGRAM.as_plain_text(400, "chat_id is empty"),
    TELEGRAM.but("an unknown message", 400, "to delete not found", path=DELETED, json=GONE),
    TELEGRAM.but("no such method", 404, "Not Found", path=TELEGRAM.path.replace("Message", "Nothing")),
    SLACK.by(200, "not_authed"),
    SLACK.by(200, "invalid_auth", Authorization="Bearer xoxb-other"),
    SLACK.without("channel", 200, "channel_not_found"),
    SLACK.without("text", 200, "no_text"),
    SLACK.as_plain_text(200, "invalid_form_data"),
    SLACK.but("json for a look", 200, "invalid_form_data", path="/api/conversations.history"),
    DISCORD.but("no user agent of its kind", 403, "40333", headers={**DISCORD.headers, "User-Agent": "curl/8"}),
    DISCORD.by(401, "401: Unauthorized", **AGENT, **bearer(discord.BOT)),
    DISCORD.by(403, "50013", **AGENT, Authorization=f"Bot {discord.READER}"),
    DISCORD.without("content", 400, "50006"),
    DISCORD.with_("content", 1, 400, "50035"),
    DISCORD.as_plain_text(400, "Expected"),
    WEBHOOK.but("an unknown webhook", 404, "10015", path="/api/v10/webhooks/1/x"),
    WEBHOOK.but("a webhook's wrong token", 401, "50027", path="/api/v10/webhooks/223704706495545344/x"),
    MASTODON.by(401, "access token is invalid"),
    MASTODON.by(403, "scopes", **bearer(mastodon.READER)),
    MASTODON.without("status", 422, "can't be blank"),
    MASTODON.with_("visibility", "secret", 422, "Visibility"),
    MASTODON.with_("status", "x" * 501, 422, "limit of 500"),
    MASTODON.as_plain_text(422, "can't be blank"),
    SESSION.with_("password", "x", 401, "AuthenticationRequired"),
    SESSION.without("password", 400, "InvalidRequest"),
    BLUESKY.by(401, "AuthMissing"),
    BLUESKY.by(400, "InvalidToken", **bearer("x")),
    BLUESKY.with_("repo", "did:plc:other", 400, "repo"),
    BLUESKY.as_plain_text(400, "Content-Type"),
    record(createdAt="2026-11-22T06:00:00").but("a date without zone", 400, "createdAt"),
    record(text=1).but("a number for a text", 400, "text"),
    facet("4", "22").but("offsets as texts", 400, "must be an integer"),
    facet(3, 22).but("offsets beside the link", 400, "does not cover"),
    facet(4, 99).but("offsets beyond the text", 400, "out of the text"),
    BLUESKY.but("an address for a key", 400, "Record Key", path="/xrpc/com.atproto.repo.deleteRecord", json=DELETION),
    LEMMY.by(401, "not_logged_in"),
    LEMMY.with_("community_id", str(lemmy.COMMUNITY), 400, "expected i32"),
    LEMMY.with_("community_id", 1, 404, "not_found"),
    LEMMY.without("name", 400, "missing field"),
    LEMMY.as_plain_text(400, "Content type"),
    LEMMY.but("an id as text", 400, "expected i32", path="/api/v3/post/delete", json={"post_id": "1", "deleted": True}),
    LEMMY.but("a wrong password", 401, "incorrect_login", path="/api/v3/user/login", json=STRANGER),
    MATTERMOST.by(401, "session_expired"),
    MATTERMOST.with_("channel_id", "x", 403, "permissions"),
    MATTERMOST.without("message", 400, "invalid_body_param"),
    MATTERMOST.as_plain_text(400, "invalid_body_param"),
    ROCKET_CHAT.by(401, "must be logged in", **bearer("x")),
    ROCKET_CHAT.by(401, "must be logged in", **{"X-User-Id": rocket_chat.READER, "X-Auth-Token": "x"}),
    ROCKET_CHAT.without("roomId", 400, "invalid-params"),
    ROCKET_CHAT.with_("roomId", "x", 400, "invalid-channel"),
    ROCKET_CHAT.as_plain_text(400, "invalid-params"),
    ZULIP.by(401, "UNAUTHORIZED"),
    ZULIP.by(401, "INVALID_API_KEY", Authorization="Basic eDp5"),
    ZULIP.without("topic", 400, "Missing topic"),
    ZULIP.without("content", 400, "REQUEST_VARIABLE_MISSING"),
    ZULIP.with_("to", "x", 400, "STREAM_DOES_NOT_EXIST"),
    ZULIP.but("json for a form", 400, "REQUEST_VARIABLE_MISSING", form=None, json=ZULIP.form),
    LINE.by(401, "Authentication failed"),
    LINE.with_("to", "x", 400, "'to'"),
    LINE.with_("messages", [{"type": "text"}], 400, "May not be empty"),
    LINE.with_("messages", [], 400, "between 1 and 5"),
    LINE.as_plain_text(415, "Unsupported"),
    LINE.by(400, "retry key", **bearer(line.TOKEN), **{"X-Line-Retry-Key": "1"}),
    DINGTALK.but("another token", 200, "400101", path="/robot/send?access_token=x"),
    DINGTALK.but("no signature", 200, "310000", path=f"/robot/send?access_token={dingtalk.TOKEN}"),
    DINGTALK.but("another's signature", 200, "sign not match", path=dingtalk_at(0, "SECother")),
    DINGTALK.but("a stale time", 200, "invalid timestamp", path=dingtalk_at(-3700)),
    DINGTALK.but("a time to come", 200, "invalid timestamp", path=dingtalk_at(7200)),
    DINGTALK.as_plain_text(200, "43004"),
    DINGTALK.but("an unknown kind", 200, "400105", json=SONG),
    DINGTALK.without("text", 200, "40035"),
    FEISHU.but("another hook", 200, "19001", path="/open-apis/bot/v2/hook/x"),
    FEISHU.without("sign", 200, "19021"),
    FEISHU.but("another's signature", 200, "19021", json=feishu_at(0, "other")),
    FEISHU.but("a stale time", 200, "19021", json=feishu_at(-3700)),
    FEISHU.with_("timestamp", str(int(time.time() * 1000)), 200, "19021"),
    FEISHU.as_plain_text(200, "9499"),
    FEISHU.without("msg_type", 200, "19002"),
    FEISHU.without("content", 200, "9499"),
    WECOM.but("another key", 200, "93000", path="/cgi-bin/webhook/send?key=x"),
    WECOM.but("an unknown kind", 200, "40008", json=SONG),
    WECOM.without("text", 200, "44004"),
    WECOM.with_("text", text_of("长" * 683), 200, "40058"),
    WECOM.as_plain_text(200, "47001"),
    WEIBO.without("access_token", 400, "10006"),
    WEIBO.with_("access_token", "x", 403, "21332"),
    WEIBO.with_("access_token", weibo.READER, 403, "10014"),
    WEIBO.with_("status", "x", 400, "text not find domain"),
    WEIBO.without("status", 400, "10016"),
    WEIBO.but("json for a form", 400, "10006", form=None, json=WEIBO.form),
    MATRIX.by(401, "M_MISSING_TOKEN"),
    MATRIX.by(401, "M_UNKNOWN_TOKEN", **bearer("x")),
    MATRIX.by(403, "M_FORBIDDEN", **bearer(matrix.READER)),
    MATRIX.without("body", 400, "M_BAD_JSON"),
    MATRIX.but("no json", 400, "M_NOT_JSON", json=None, content=LINK.encode()),
    MATRIX.but("another room", 403, "M_FORBIDDEN", path="/_matrix/client/v3/rooms/!x:y/event/$1", **READS),
    MATRIX.but("a post for a put", 405, "Not Allowed", method="POST"),
)  # fmt: skip


async def answered(double: Double, request: Request) -> tuple[int, str]:
    """Status and body, JSON with its characters as they are."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=double.app), base_url="https://double") as client:
        answer = await client.request(
            request.method,
            request.path,
            json=request.json,
            data=request.form,
            headers=dict(request.headers),
            content=request.content,
        )
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    return answer.status_code, json.dumps(answer.json(), ensure_ascii=False) if is_json else answer.text


@pytest.mark.parametrize("right", RIGHT, ids=str)
async def test_a_right_request_is_taken(right: Request) -> None:
    double = right.double()
    status, body = await answered(double, right)

    assert (status, right.says in body) == (right.status, True), body
    assert double.sends == (0 if right is SESSION else 1)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_a_wrong_request_is_refused_as_documented(wrong: Request) -> None:
    double = wrong.double()
    status, body = await answered(double, wrong)

    assert (status, wrong.says in body) == (wrong.status, True), body
    assert double.sends == 0
