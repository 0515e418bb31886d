"""A reader who may not see a message is told from one who sees that nothing came."""

import pytest

from linkprobe.model import Accepted, SendOutcome, Shown, Vantage
from linkprobe.probe.message.declared import send_and_read
from tests.probe.message.conftest import TARGET, Platform, json_reply, look, surface

HERE = Vantage()

RULE = Accepted(field="ok", equals=True, code="error", message_id="id")


async def shown(platform: Platform, reply: object) -> Shown:
    platform.on_send = lambda _: json_reply({"ok": True, "id": "m1"})
    platform.on_look = lambda _: json_reply(reply)
    api = surface(accepted=RULE, read=look(url="https://api.example/messages?id={message}", messages="messages"))
    sent, seen = await send_and_read(platform.network, HERE, api, TARGET, token="0123456789ab", environ={})

    assert sent.outcome is SendOutcome.ACCEPTED
    assert seen is not None
    return seen


async def test_a_refusal_inside_a_success_is_a_look_that_failed(platform: Platform) -> None:
    seen = await shown(platform, {"ok": False, "error": "not_allowed"})

    assert not seen.arrived
    assert seen.failure is not None


async def test_an_empty_list_is_a_look_that_found_nothing(platform: Platform) -> None:
    seen = await shown(platform, {"ok": True, "messages": []})

    assert (seen.arrived, seen.failure) == (False, None)


@pytest.mark.parametrize("text", ["", "  "])
async def test_a_message_that_is_there_without_anything_in_it_says_nothing(platform: Platform, text: str) -> None:
    seen = await shown(platform, {"ok": True, "messages": [{"id": "m1", "text": text}]})

    assert seen.arrived
    assert seen.failure is not None
