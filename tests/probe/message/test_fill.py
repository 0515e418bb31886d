"""Placeholders of declared requests."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from linkprobe.model import HttpCall
from linkprobe.probe.message.fill import Fill, id_holes, iso, message_holes

URL = "https://shop.example/?q=ü"
NOW = datetime(2026, 1, 2, 3, 4, 5, 678900, tzinfo=UTC)


def holes(text: str) -> dict[str, str]:
    return message_holes(text, URL, "f3a9c1", NOW)


def test_the_time_is_utc_to_the_millisecond() -> None:
    assert iso(NOW.astimezone(timezone(timedelta(hours=8)))) == "2026-01-02T03:04:05.678Z"


@pytest.mark.parametrize("text", ["{token} {url}", "看：{url}。", "{url}", "😀 {url} {url}", "ä{token}ö{url}"])
def test_offsets_are_those_of_the_links_bytes(text: str) -> None:
    filled = holes(text)
    said = filled["text"].encode()

    assert said[int(filled["link_start"]) : int(filled["link_end"])].decode() == URL


def test_an_offset_that_stands_alone_in_json_is_a_number() -> None:
    fill = Fill({}, holes("ü {url}"))
    call = HttpCall(url="https://api.example/", json={"index": {"a": "{link_start}", "b": ["{link_end}"]}})

    assert fill.call(call).json == {"index": {"a": 3, "b": [3 + len(URL.encode())]}}


def test_an_offset_among_other_text_is_text() -> None:
    fill = Fill({}, holes("ü {url}"))

    assert fill.json({"at": "from {link_start}"}) == {"at": "from 3"}


def test_an_offset_in_a_form_is_text() -> None:
    fill = Fill({}, holes("{url}"))

    assert fill.call(HttpCall(url="https://api.example/", form={"start": "{link_start}"})).form == {"start": "0"}


def test_what_logins_gave_is_filled_in_encoded_as_its_place_asks() -> None:
    fill = Fill({}, {"login.token": "a/b c", "reader.user-id": "7"})
    call = HttpCall(
        url="https://api.example/u/{reader.user-id}?t={login.token}",
        headers={"Authorization": "Bearer {login.token}"},
        json={"by": "{reader.user-id}"},
    )
    filled = fill.call(call)

    assert filled.url == "https://api.example/u/7?t=a%2Fb%20c"
    assert filled.headers == {"Authorization": "Bearer a/b c"}
    assert filled.json == {"by": "7"}


@pytest.mark.parametrize("value", ["{login.token}", "{sign}", "${OTHER}", "{link_start}"])
def test_a_value_that_looks_like_a_placeholder_is_not_filled_again(value: str) -> None:
    fill = Fill({"OTHER": "secret"}, {"text": value, "login.token": "secret", "link_start": "9"})

    assert fill.json({"text": "{text}"}) == {"text": value}


def test_an_accounts_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert Fill({"KEY": "{url}"}, {"url": URL}).text("${KEY} {url}") == f"{{url}} {URL}"


def test_further_holes_leave_the_first_as_they_are() -> None:
    first = Fill({}, {"url": "u"})

    assert first.further({"message": "m"}).text("{url}{message}") == "um"
    assert first.text("{url}{message}") == "u"


def test_braces_that_are_no_placeholder_stay() -> None:
    assert Fill({}, {}).text("{other} {login} {0}") == "{other} {login} {0}"


@pytest.mark.parametrize(("message", "sent"), [("1847", 1847), ("18a47", "18a47"), ("", "")])
def test_what_is_declared_as_a_number_is_one_in_json(message: str, sent: int | str) -> None:
    assert Fill({}, id_holes(message)).json({"post_id": "int:{message}"}) == {"post_id": sent}


def test_an_accounts_value_can_be_a_number_in_json() -> None:
    assert Fill({"COMMUNITY": "12"}).json(["int:${COMMUNITY}"]) == [12]


def test_a_messages_name_is_what_stands_after_its_ids_last_slash() -> None:
    filled = Fill({}, id_holes("at://did:plc:x/app.bsky.feed.post/3k4duaz5vfs2b"))

    assert filled.text("{message_name}") == "3k4duaz5vfs2b"


def test_an_id_without_a_slash_is_its_own_name() -> None:
    assert Fill({}, id_holes("42")).text("{message_name}") == "42"
