"""What is blotted out, and what must not be."""

import json
from html import escape
from urllib.parse import quote, quote_plus

import pytest

from linkprobe.accounts import HIDDEN
from linkprobe.model import Card, SendOutcome, Sent, Shown
from linkprobe.probe.message.redaction import Redaction

SECRET = 's3cret/"ké y&<'
LINK = "https://shop.example/item?id=test1"


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote(SECRET, safe="").lower(),
        quote_plus(SECRET),
        escape(SECRET),
        json.dumps(SECRET)[1:-1],
        json.dumps(SECRET, ensure_ascii=False)[1:-1],
    ],
)
def test_a_secret_is_found_however_it_is_written(written: str) -> None:
    assert Redaction([SECRET]).clean(f"a {written} b") == f"a {HIDDEN} b"


def test_every_text_of_a_value_is_cleaned_at_any_depth() -> None:
    shown = Shown(text="t0ps3cret", links=("https://x.example/t0ps3cret",), card=Card("t0ps3cret", url="t0ps3cret"))

    assert "t0ps3cret" not in repr(Redaction(["t0ps3cret"]).struct((Sent(SendOutcome.FAILED, code="t0ps3cret"), shown)))


def test_the_link_that_is_sent_stays_whole() -> None:
    clean = Redaction(["test1", "shop"], public=[LINK]).clean

    assert clean(f"key test1 at {LINK}, shop") == f"key {HIDDEN} at {LINK}, {HIDDEN}"


def test_its_host_and_its_encoded_form_stay_as_well() -> None:
    clean = Redaction(["shop"], public=[LINK]).clean
    gate = f"https://go.example/?to={quote(LINK, safe='')}&from=https://shop.example/"

    assert clean(gate) == gate


def test_further_secrets_are_added_to_the_first() -> None:
    assert Redaction(["first"]).also(["second"]).clean("first second third") == f"{HIDDEN} {HIDDEN} third"


@pytest.mark.parametrize("value", ["", "abc", "   "])
def test_what_is_too_short_blots_out_nothing(value: str) -> None:
    assert Redaction([value]).clean("abc   abc") == "abc   abc"
