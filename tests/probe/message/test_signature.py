"""Signatures of robots' requests, against HMACs written out by hand."""

import base64
import hashlib
from datetime import UTC, datetime

import pytest

from linkprobe.model import HttpCall, Signature, Signing
from linkprobe.probe.message.fill import Fill
from linkprobe.probe.message.signature import sign, signature_holes, timestamp_of

NOW = datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)
SECRET = "SECabc/+=ключ"
ENVIRON = {"SECRET": SECRET}


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """HMAC by its definition (RFC 2104), without the library the code under test uses."""
    block = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()


def declared(by: Signing) -> Signature:
    return Signature(by=by, secret="${SECRET}")


def test_dingtalk_keys_by_the_secret_and_signs_timestamp_newline_secret() -> None:
    expected = hmac_sha256(SECRET.encode(), b"1767323045678\n" + SECRET.encode())

    assert base64.b64decode(sign(Signing.DINGTALK, SECRET, "1767323045678")) == expected


def test_feishu_keys_by_timestamp_newline_secret_and_signs_nothing() -> None:
    expected = hmac_sha256(b"1767323045\n" + SECRET.encode(), b"")

    assert base64.b64decode(sign(Signing.FEISHU, SECRET, "1767323045")) == expected


@pytest.mark.parametrize(
    ("by", "timestamp", "signature"),
    [
        # printf '1599360473000\nthis is secret' | openssl dgst -sha256 -hmac 'this is secret' -binary | base64
        (Signing.DINGTALK, "1599360473000", "hXZTWifRGHclNuZSKxoXc//sh51SWfVfRIhcdeKs63I="),
        # printf '' | openssl dgst -sha256 -mac HMAC -macopt hexkey:(timestamp, newline, secret) -binary | base64
        (Signing.FEISHU, "1599360473", "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw="),
    ],
)
def test_a_known_answer(by: Signing, timestamp: str, signature: str) -> None:
    assert sign(by, "this is secret", timestamp) == signature


@pytest.mark.parametrize(("by", "written"), [(Signing.DINGTALK, "1767323045678"), (Signing.FEISHU, "1767323045")])
def test_the_time_is_written_as_each_asks(by: Signing, written: str) -> None:
    assert timestamp_of(by, NOW) == written


def test_a_sign_is_percent_encoded_once_in_an_address() -> None:
    holes = {"timestamp": "1", "sign": "a+b/c="}
    url = Fill({}, holes).url("https://d.example/send?timestamp={timestamp}&sign={sign}")

    assert url == "https://d.example/send?timestamp=1&sign=a%2Bb%2Fc%3D"


def test_in_a_body_it_stands_as_it_is() -> None:
    holes = signature_holes(declared(Signing.FEISHU), ENVIRON, NOW)
    call = HttpCall(url="https://f.example/hook", json={"timestamp": "{timestamp}", "sign": "{sign}", "a": 1})

    assert Fill({}, holes).call(call).json == {"timestamp": "1767323045", "sign": holes["sign"], "a": 1}


@pytest.mark.parametrize("environ", [{}, {"SECRET": ""}, {"SECRET": " \n"}])
def test_without_a_secret_nothing_is_signed(environ: dict[str, str]) -> None:
    assert signature_holes(declared(Signing.DINGTALK), environ, NOW) == {}


def test_what_is_not_signed_is_left_out_of_address_headers_and_body() -> None:
    call = HttpCall(
        url="https://d.example/send?access_token=t&timestamp={timestamp}&sign={sign}",
        headers={"X-Sign": "{sign}", "X-Other": "o"},
        json={"sign": "{sign}", "deep": [{"timestamp": "{timestamp}", "n": None}, "{sign}"]},
    )
    filled = Fill({}).call(call)

    assert filled.url == "https://d.example/send?access_token=t"
    assert filled.headers == {"X-Other": "o"}
    assert filled.json == {"deep": [{"n": None}]}


def test_an_address_of_nothing_but_a_signature_loses_its_query() -> None:
    assert Fill({}).url("https://d.example/send?timestamp={timestamp}&sign={sign}") == "https://d.example/send"


def test_a_form_leaves_it_out_too() -> None:
    call = HttpCall(url="https://d.example/", form={"sign": "{sign}", "text": "x"})

    assert Fill({}).call(call).form == {"text": "x"}
