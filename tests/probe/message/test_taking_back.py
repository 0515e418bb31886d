"""Taking a message back when it has been looked at, against a real server."""

from typing import Any

import pytest

from linkprobe.model import Accepted, HttpCall, MessageApi, SendOutcome, Sent, Shown, Vantage
from linkprobe.probe.message.declared import send_and_read
from tests.loopback import Reply
from tests.probe.message.conftest import TARGET, Asked, Platform, html_reply, json_reply, look, surface

DELETE = HttpCall(url="https://api.example/messages/{message}", method="DELETE")
RULE = Accepted(field="errcode", equals=0, code="errcode", wording="errmsg", message_id="id")


def deletable(**more: Any) -> MessageApi:
    return surface(**{"accepted": RULE, "read": look(), "delete": DELETE, **more})


async def send(platform: Platform, api: MessageApi) -> tuple[Sent, Shown | None]:
    return await send_and_read(platform.network, Vantage(), api, TARGET, token="f3a9c1", environ={})


def ready(platform: Platform, reply: Reply) -> None:
    platform.on_send = lambda _: json_reply({"errcode": 0, "id": "m7"})
    platform.on["/messages/m7"] = lambda _: reply


async def test_a_message_is_deleted_once_after_the_looks(platform: Platform) -> None:
    ready(platform, (204, [], b""))
    looked_before: list[int] = []

    def deleted(_: Asked) -> Reply:
        looked_before.append(len(platform.looks))
        return 204, [], b""

    platform.on["/messages/m7"] = deleted
    sent, shown = await send(platform, deletable(read=look(later=0.05)))

    assert sent.taken_back is True
    assert shown is not None
    assert shown.still_there is True
    assert [asked.method for asked in platform.others] == ["DELETE"]
    assert looked_before == [len(platform.looks)]


async def test_without_a_declared_deletion_nothing_is_said(platform: Platform) -> None:
    ready(platform, (204, [], b""))
    sent, _ = await send(platform, deletable(delete=None))

    assert (sent.taken_back, platform.others) == (None, [])


@pytest.mark.parametrize(
    "reply",
    [(500, [], b""), (404, [], b""), (403, [], b"no"), json_reply({"errcode": 9}), html_reply("<p>log in</p>")],
)
async def test_a_deletion_that_fails_changes_nothing_else(platform: Platform, reply: Reply) -> None:
    ready(platform, reply)
    sent, shown = await send(platform, deletable())

    assert (sent.outcome, sent.taken_back, sent.failure) == (SendOutcome.ACCEPTED, False, None)
    assert shown is not None
    assert (shown.arrived, shown.failure) == (True, None)
    assert len(platform.others) == 1


async def test_a_message_is_taken_back_where_the_look_failed(platform: Platform) -> None:
    ready(platform, json_reply({"errcode": 0}))
    platform.on_look = lambda _: (500, [], b"")
    sent, shown = await send(platform, deletable())

    assert sent.taken_back is True
    assert shown is not None
    assert shown.failure is not None


async def test_a_message_is_taken_back_where_nobody_can_look(platform: Platform) -> None:
    ready(platform, json_reply({"errcode": 0}))
    sent, _ = await send(platform, deletable(read=None))

    assert sent.taken_back is True


async def test_what_was_refused_is_not_deleted(platform: Platform) -> None:
    platform.on_send = lambda _: json_reply({"errcode": 430101, "id": "m7"})
    sent, _ = await send(platform, deletable())

    assert (sent.outcome, sent.taken_back, platform.others) == (SendOutcome.REFUSED, None, [])


async def test_a_message_nobody_named_stays(platform: Platform) -> None:
    sent, _ = await send(platform, deletable())

    assert (sent.outcome, sent.taken_back, platform.others) == (SendOutcome.ACCEPTED, False, [])


async def test_a_deletion_that_needs_no_name_is_tried_also_where_the_answer_was_lost(platform: Platform) -> None:
    platform.on_send = lambda _: (200, [("content-encoding", "gzip")], b"broken")
    platform.on["/undo"] = lambda _: json_reply({"errcode": 0})
    undo = HttpCall(url="https://api.example/undo", json={"token": "{token}"})
    sent, _ = await send(platform, deletable(delete=undo))

    assert (sent.outcome, sent.taken_back) == (SendOutcome.FAILED, True)
    assert platform.others[0].json == {"token": "f3a9c1"}


async def test_a_platform_of_pages_confirms_by_a_page(platform: Platform) -> None:
    ready(platform, html_reply("<p>Deleted.</p>"))
    platform.on_look = lambda _: html_reply(f"<p>{platform.texts[0]}</p>")
    sent, _ = await send(platform, deletable(read=look(format="html")))

    assert sent.taken_back is True
