"""What a declared API holds a request's account against."""

import base64
import hmac
import time
from datetime import UTC, datetime, timedelta

import pytest

from linkprobe.lab.message.declared import Holes, Mismatch
from linkprobe.lab.message.entry import Entry
from linkprobe.model import HttpCall, Login, MessageApi, Signature, Signing

HERE = ("p", "s")
CALL = HttpCall(url="https://p.example/")
PLAIN = MessageApi(send=CALL)
LOGIN = Login(call=CALL, takes={"token": "data.token"})


def signing(by: Signing) -> MessageApi:
    return MessageApi(send=CALL, sign=Signature(by=by, secret="${SECRET}"))


def refused(surface: MessageApi, holes: Holes, entry: Entry | None = None) -> bool:
    try:
        (entry or Entry({"SECRET": "key"})).check(HERE, surface, holes)
    except Mismatch:
        return True
    return False


def test_a_token_is_good_for_the_surface_and_the_end_it_was_given_to() -> None:
    entry = Entry({})
    token = entry.give(HERE, "login", LOGIN)["data.token"]

    assert not refused(PLAIN, {"login.token": token}, entry)
    assert refused(PLAIN, {"reader.token": token}, entry)
    assert refused(PLAIN, {"login.token": "made-up"}, entry)
    with pytest.raises(Mismatch):
        entry.check(("p", "other"), PLAIN, {"login.token": token})


@pytest.mark.parametrize(("by", "unit"), [(Signing.DINGTALK, 1000), (Signing.FEISHU, 1)])
@pytest.mark.parametrize(("late", "good"), [(0, True), (3000, True), (4000, False), (-4000, False)])
def test_a_signature_counts_for_an_hour(by: Signing, unit: int, late: int, good: bool) -> None:
    stamp = str(int((time.time() - late) * unit))
    line = f"{stamp}\nkey".encode()
    made = hmac.digest(b"key", line, "sha256") if by is Signing.DINGTALK else hmac.digest(line, b"", "sha256")

    assert refused(signing(by), {"timestamp": stamp, "sign": base64.b64encode(made).decode()}) is not good


@pytest.mark.parametrize("holes", [{"sign": "x"}, {"sign": "x", "timestamp": "now"}, {"sign": "", "timestamp": "0"}])
def test_anything_else_is_no_signature(holes: Holes) -> None:
    assert refused(signing(Signing.FEISHU), holes)


def test_the_other_kind_of_signature_is_none() -> None:
    stamp = str(int(time.time()))
    made = base64.b64encode(hmac.digest(b"key", f"{stamp}\nkey".encode(), "sha256")).decode()

    assert refused(signing(Signing.FEISHU), {"timestamp": stamp, "sign": made})


@pytest.mark.parametrize(("hours", "good"), [(0, True), (2, False)])
def test_a_message_bears_the_time_of_day(hours: int, good: bool) -> None:
    written = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()

    assert refused(PLAIN, {"now": written}) is not good


def test_a_time_that_is_none_is_refused() -> None:
    assert refused(PLAIN, {"now": "yesterday"})


@pytest.mark.parametrize(
    ("start", "end", "good"), [("3", "20", True), ("4", "20", False), ("0", "20", False), ("x", "20", False)]
)
def test_offsets_mark_a_link(start: str, end: str, good: bool) -> None:
    holes = {"text": "ü https://a.example/ x", "link_start": start, "link_end": end}

    assert refused(PLAIN, holes) is not good
