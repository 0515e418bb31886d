import asyncio
from typing import Any

import pytest

from linkprobe.lab.message.declared import Mismatch, Reading, Wrong
from linkprobe.lab.request import Asked
from linkprobe.model import HttpCall

JSON = HttpCall(
    url="https://api.a.example/rooms/{token}/send?key=${KEY}",
    headers={"Authorization": "Bearer ${TOKEN}"},
    json={"kind": "text", "content": {"text": "say: {text}", "tags": ["a", "{url}"]}, "silent": True},
)
HOLES = HttpCall(
    url="https://api.a.example/u/{login.user-id}?s={sign}",
    headers={"Authorization": "Bearer {login.token}"},
    json={"to": "int:{login.room}", "from": "{link_start}", "again": "{login.user-id}", "at": "{now}"},
)
FORM = HttpCall(url="https://api.a.example/post", form={"body": "{text}", "subscribe": "no"})
ENVIRON = {"KEY": "k1", "TOKEN": "t1"}
GOOD: dict[str, Any] = {
    "body": b'{"kind":"text","content":{"text":"say: hi\\nhttps://b.example/?a=1","tags":["a","u"]},"silent":true}',
    "headers": {"content-type": "application/json", "authorization": "Bearer t1"},
}


def asked(path: str = "/rooms/r1/send", query: str = "key=k1", method: str = "POST", **more: Any) -> Asked:
    headers = {"content-type": "application/json", **more.get("headers", {})}
    body = more.get("body", b"")
    return Asked(
        method, "https", more.get("host", "api.a.example"), path, query, headers, body, None, asyncio.Transport()
    )


def test_the_declared_request_gives_what_stands_in_its_holes() -> None:
    holes = Reading(JSON, ENVIRON).holes(asked(**GOOD))

    assert holes == {"token": "r1", "text": "hi\nhttps://b.example/?a=1", "url": "u"}


@pytest.mark.parametrize(
    ("path", "host", "declared"),
    [
        ("/rooms/r1/send", "api.a.example", True),
        ("/rooms/a/b/send", "api.a.example", False),
        ("/rooms/r1/send", "b.example", False),
    ],
)
def test_an_address_is_recognised_by_host_and_path(path: str, host: str, declared: bool) -> None:
    assert Reading(JSON, ENVIRON).is_address(asked(path, host=host)) is declared


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"method": "GET"}, Wrong.METHOD),
        ({"headers": {"authorization": "Bearer other"}}, Wrong.ACCOUNT),
        ({"query": "key=other"}, Wrong.ACCOUNT),
        ({"query": ""}, Wrong.ACCOUNT),
        ({"headers": {"content-type": "text/plain", "authorization": "Bearer t1"}}, Wrong.TYPE),
        ({"body": b"{"}, Wrong.BODY),
        ({"body": b"[]"}, Wrong.BODY),
        ({"body": b'{"kind":"text"}'}, Wrong.BODY),
        ({"body": GOOD["body"].replace(b"true", b"false")}, Wrong.BODY),
        ({"body": GOOD["body"].replace(b'["a","u"]', b'["a"]')}, Wrong.BODY),
        ({"body": GOOD["body"].replace(b'"say: hi', b'"hi')}, Wrong.BODY),
        ({"body": GOOD["body"].replace(b'"text",', b"1,")}, Wrong.BODY),
    ],
)
def test_any_other_request_is_refused_for_what_is_wrong_with_it(change: dict[str, Any], wrong: Wrong) -> None:
    with pytest.raises(Mismatch) as refusal:
        Reading(JSON, ENVIRON).holes(asked(**{**GOOD, **change}))

    assert refusal.value.wrong is wrong


@pytest.mark.parametrize(
    ("body", "kind", "wrong"),
    [
        (b"body=hi", "application/x-www-form-urlencoded", Wrong.BODY),
        (b"body=hi&subscribe=yes", "application/x-www-form-urlencoded", Wrong.BODY),
        (b"body=hi&subscribe=no", "application/json", Wrong.TYPE),
    ],
)
def test_a_form_is_held_to_its_fields(body: bytes, kind: str, wrong: Wrong) -> None:
    with pytest.raises(Mismatch) as refusal:
        Reading(FORM, {}).holes(asked("/post", "", body=body, headers={"content-type": kind}))

    assert refusal.value.wrong is wrong


def test_a_form_gives_its_holes() -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    holes = Reading(FORM, {}).holes(asked("/post", "", body=b"body=a%20b&subscribe=no", headers=headers))

    assert holes == {"text": "a b"}


def holed(body: bytes, query: str = "s=a%2Bb%3D") -> Asked:
    headers = {"authorization": "Bearer t-1", "content-type": "application/json"}
    return asked("/u/u7", query, body=body, headers=headers)


def test_holes_of_logins_signatures_and_numbers_are_read() -> None:
    body = b'{"to":12,"from":3,"again":"u7","at":"2026-01-01T00:00:00Z"}'

    assert Reading(HOLES, {}).holes(holed(body)) == {
        "login.user-id": "u7",
        "sign": "a+b=",
        "login.token": "t-1",
        "login.room": "12",
        "link_start": "3",
        "now": "2026-01-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    "body",
    [
        b'{"to":12,"from":3,"again":"other","at":"x"}',
        b'{"to":true,"from":3,"again":"u7","at":"x"}',
        b'{"to":12,"from":[3],"again":"u7","at":"x"}',
        b'{"to":12,"again":"u7","at":"x"}',
    ],
)
def test_what_stands_twice_must_agree_and_a_number_be_one(body: bytes) -> None:
    with pytest.raises(Mismatch):
        Reading(HOLES, {}).holes(holed(body))
