"""Secrets are found however they are written, and plain text stays."""

import base64
import html
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.accounts import HIDDEN, Redaction
from linkprobe.model import Arm, Capture, Executor, Hop, Observation, Screenshot, SendOutcome, Sent, Visit

SECRETS = ("xoxb-1234/abc+def=", 'Geheim & "ünd" \\ 你好', "p4ssw0rd")


def written(secret: str) -> dict[str, str]:
    raw = secret.encode()
    return {
        "plain": secret,
        "in capitals": secret.upper() if secret.isascii() else secret,
        "percent": quote(secret, safe=""),
        "percent in small letters": quote(secret, safe="").lower(),
        "percent in part": quote(secret),
        "percent twice": quote(quote(secret, safe=""), safe=""),
        "form": quote_plus(secret),
        "json": json.dumps(secret)[1:-1],
        "json in utf-8": json.dumps(secret, ensure_ascii=False)[1:-1],
        "json of json": json.dumps(json.dumps(secret))[3:-3],
        "html": html.escape(secret),
        "entities": "".join(f"&#{ord(character)};" for character in secret),
        "hex entities": "".join(f"&#x{ord(character):x};" for character in secret),
        "base64": base64.b64encode(raw).decode(),
        "basic": base64.b64encode(b"me:" + raw).decode(),
        "basic of a longer name": base64.b64encode(b"name:" + raw + b":x").decode(),
        "url-safe base64": base64.urlsafe_b64encode(b"m:" + raw).decode(),
        "base64 in a url": quote(base64.b64encode(raw).decode(), safe=""),
    }


FORMS = [(secret, how) for secret in SECRETS for how in written(secret)]


@pytest.mark.parametrize(("secret", "how"), FORMS, ids=[f"{n}-{how}" for n, (_, how) in enumerate(FORMS)])
@pytest.mark.parametrize("padding", ["", "lorem ipsum %41 " * 300], ids=["short", "long"])
def test_a_secret_is_found_as_it_is_written(secret: str, how: str, padding: str) -> None:
    form = written(secret)[how]

    clean = Redaction(SECRETS).bytes(f"{padding}<a>{form}</a>".encode())

    assert form.encode() not in clean
    assert HIDDEN.encode() in clean


@given(st.text(alphabet="abcdefgh <>/%&;:=\n", max_size=4000))
def test_what_holds_no_secret_stays_as_it_is(text: str) -> None:
    assert Redaction(SECRETS).bytes(text.encode()) == text.encode()


def test_the_beginning_of_one_is_taken_out_where_a_long_text_was_cut() -> None:
    told = f"ReadError: {'x' * 100} https://x.example/"

    assert Redaction(["xoxb-5f3a9c77"]).text(f"{told}xoxb-5f3") == f"{told}{HIDDEN}"
    assert Redaction(["channel-42"]).text("A channel") == "A channel"


def test_a_word_of_three_letters_is_no_secret() -> None:
    assert Redaction(["you", ""]).text("you") == "you"
    assert not Redaction(["you", ""])


def visit(url: str, body: bytes) -> Observation:
    page = Capture(url, 200, "text/html", (("x-echo", url),), body)
    shot = Screenshot("d", b"jpeg")
    return Observation(
        arm=Arm.SUBJECT,
        url="https://a.example/",
        sent=Sent(SendOutcome.ACCEPTED, wording=body.decode()),
        visit=Visit(requested=url, executor=Executor.HTTP, hops=(Hop(url),), page=page, screenshot=shot),
    )


def test_an_observation_holds_none_and_no_picture_of_one() -> None:
    seen = Redaction(["p4ssw0rd"]).observation(visit("https://x.example/?k=p4ssw0rd", b"<p>p4ssw0rd</p>"))

    assert "p4ssw0rd" not in repr(seen)
    assert seen.visit is not None
    assert seen.visit.screenshot is None
    assert seen.visit.page is not None
    assert seen.visit.page.body == b"<p>[redacted]</p>"


def test_a_page_without_secrets_keeps_its_picture_and_its_digest() -> None:
    seen = visit("https://x.example/", b"<p>hello</p>")

    assert Redaction(["p4ssw0rd"]).observation(seen) == seen


def test_a_short_name_is_taken_out_of_answers_and_not_of_pages() -> None:
    seen = Redaction(["room"]).observation(visit("https://x.example/chatrooms", b"<p>room</p>"))

    assert seen.sent is not None
    assert seen.sent.wording == "<p>[redacted]</p>"
    assert seen.visit is not None
    assert seen.visit.landed == "https://x.example/chatrooms"


def test_without_secrets_nothing_is_touched() -> None:
    seen = visit("https://x.example/", b"<p>hello</p>")

    assert Redaction().observation(seen) is seen
    assert repr(Redaction(["p4ssw0rd"])) == "Redaction(1 secrets)"


def test_an_error_tells_where_and_not_the_secret() -> None:
    try:
        try:
            raise ValueError("bad port in https://x:p4ssw0rd/")
        except ValueError as cause:
            raise KeyError("no") from cause
    except KeyError as error:
        told = Redaction(["p4ssw0rd"]).error(error)

    assert "p4ssw0rd" not in str(told)
    assert "test_redaction.py" in str(told)
    assert "ValueError: bad port" in str(told)


def test_an_error_without_secrets_stays_itself() -> None:
    error = ValueError("no")

    assert Redaction(["p4ssw0rd"]).error(error) is error
