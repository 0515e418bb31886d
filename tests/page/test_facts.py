"""Facts of whole pages, and their properties."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.model import Capture
from linkprobe.page import Facts, read
from linkprobe.page.parts import MarkKind
from tests.page.pages import capture, facts

PAGE = """<!doctype html><html lang="en-GB"><head><title>A pond</title><meta name="description" content="Of ducks">
<link rel="canonical" href="https://target.example/pond"></head><body><h1>The pond</h1><p id="p1">Ducks swim here.</p>
<a class="c1 btn" href="/more" title="m">More</a><form action="/find" method="get"><input name="q" type="search"></form>
<img src="a.png" alt="duck"><iframe src="https://frames.example/f" width="300"></iframe>
<script>var t = 1</script><script src="/s.js"></script></body></html>"""


def told(page: Facts) -> dict[str, object]:
    """Everything a judge may ask of a page."""
    return {
        name: getattr(page, name)
        for name in (
            "title", "text", "words", "card", "canonical", "language", "headings", "forms", "links", "controls",
            "jumps", "frames", "scripts", "images", "elements", "state_text", "noscript_text", "link_hosts", "said",
            "readable", "drawn_by_script", "has_password", "is_html",
        )
    }  # fmt: skip


def test_a_page_is_read_whole() -> None:
    page = facts(PAGE)

    assert (page.title, page.headings, page.language, page.images) == ("A pond", ("The pond",), "en", 1)
    assert page.frames == ("https://frames.example/f",)
    assert page.scripts == ("https://target.example/s.js",)
    assert (page.host, page.domain) == ("target.example", "target.example")
    assert len(page.shingles) == 4
    assert page.elements > 5


def test_the_same_capture_is_read_once() -> None:
    one = capture(PAGE)

    assert read(one) is read(capture(PAGE))


def test_a_digest_is_made_where_there_is_none() -> None:
    assert len(facts("<p>x").digest) == 64


@pytest.mark.parametrize(
    ("body", "content_type", "is_html"),
    [
        ("<p>x", "text/html; charset=utf-8", True),
        ("plain", "text/html", True),
        ("<!DOCTYPE html><p>", "", True),
        ("  <iframe src=x>", "text/plain", True),
        ("plain", "", False),
        ("{}", "application/json", False),
        ("%PDF", "application/pdf", False),
    ],
)
def test_a_body_is_a_page_by_type_or_look(body: str, content_type: str, is_html: bool) -> None:
    assert facts(body, content_type=content_type).is_html is is_html


def test_words_of_an_answer_that_is_no_page_are_read() -> None:
    assert facts('{"message": "not found"}', content_type="application/json").text == '{"message": "not found"}'
    assert facts("binary", content_type="image/png").text == ""


@pytest.mark.parametrize("frame", ["width=0", "height=1", "style='display: none'", "style='visibility:hidden'"])
def test_a_frame_nobody_sees_is_none(frame: str) -> None:
    assert facts(f"<iframe src=https://f.example/ {frame}></iframe>").frames == ()


def test_a_frame_without_an_address_of_its_own_is_none() -> None:
    assert facts("<iframe src='about:blank'></iframe>").frames == ()


@pytest.mark.parametrize(
    ("body", "drawn"),
    [
        ("<div id=root></div><script src=/app.js></script>", True),
        (f"<div id=root></div><script>{'draw(); ' * 20}</script>", True),
        ("<div id=root></div>", False),
        ("<img src=x><script src=/app.js></script>", False),
        ("<iframe src=https://f.example/></iframe><script src=/app.js></script>", False),
        ("<script>location='https://x.example/'</script><script src=/app.js></script>", False),
        (f"<p>{'words ' * 20}</p><script src=/app.js></script>", False),
    ],
)
def test_a_page_is_drawn_by_script_if_nothing_else_shows(body: str, drawn: bool) -> None:
    assert facts(body).drawn_by_script is drawn


def test_what_is_said_leaves_noscript_to_pages_without_text() -> None:
    assert facts("<title>t</title><body><noscript>turn on</noscript>").said == "t turn on"
    assert facts("<title>t</title><body><noscript>turn on</noscript><p>x").said == "t x"


def test_a_page_names_an_address_in_its_text() -> None:
    page = facts("<p>https://there.example/a%20b</p>")

    assert page.names("https://there.example/a%20b/")
    assert not page.has(MarkKind.COPY)


def test_a_page_of_nothing_has_no_facts() -> None:
    page = facts(b"")

    assert (page.text, page.title, page.links, page.marks, page.readable) == ("", "", (), (), 0)


def test_two_words_long_text_leaves_state_out_of_what_is_read() -> None:
    page = facts(f"<p>{'word ' * 60}</p><script>var s={{'a':'two words'}}</script>")

    assert page.readable == len(page.text)


@given(st.binary(max_size=600))
def test_any_bytes_give_facts(body: bytes) -> None:
    told(facts(body))


MARKUP = [
    "<p>",
    "</p>",
    "<a href='x'>",
    "<script>",
    "</script>",
    "{",
    "}",
    "location=",
    "'",
    '"',
    "<form>",
    "<input type=",
    "<!--",
    "-->",
    "<iframe src=",
    ">",
    "&#",
    ";",
    "x",
    " ",
    "<meta http-equiv=refresh content=",
    "0;url=",
    "\\",
    "\x00",
]


@given(st.lists(st.sampled_from(MARKUP), max_size=60))
def test_any_soup_gives_facts(pieces: list[str]) -> None:
    told(facts("".join(pieces)))


@given(st.lists(st.sampled_from(MARKUP), max_size=60))
def test_reading_is_deterministic(pieces: list[str]) -> None:
    body = "".join(pieces)
    first = told(facts(body))
    read.cache_clear()

    assert told(facts(body)) == first


ATTRIBUTES = ["class='c1 btn'", "href='/more'", "title='m'", "id='x'"]


@given(st.permutations(ATTRIBUTES))
def test_the_order_of_attributes_does_not_matter(order: list[str]) -> None:
    usual = facts(f"<p>a</p><a {' '.join(ATTRIBUTES)}>More</a>")

    assert told(facts(f"<p>a</p><a {' '.join(order)}>More</a>")) == told(usual)


@given(st.text(alphabet=" \n\t", min_size=1, max_size=5))
def test_white_space_between_elements_does_not_matter(space: str) -> None:
    assert told(facts(PAGE.replace("\n", space))) == told(facts(PAGE))


@given(st.integers(0, 10**9), st.integers(10, 23), st.text("abcdef0123456789", min_size=8, max_size=32))
def test_ids_times_and_tokens_do_not_change_the_words(number: int, hour: int, token: str) -> None:
    def page(number: int, hour: int, token: str) -> Facts:
        return facts(
            f"<p id=n{number} data-t='{token}'>Seen at {hour}:30 by {number} people</p><script>t='{token}'</script>"
        )

    assert page(number, hour, token).words == page(1, 10, "0" * 8).words
    assert page(number, hour, token).shape == page(1, 10, "0" * 8).shape


HOSTILE = [
    "<" * 300_000,
    "<a href='" * 40_000,
    "<div>" * 60_000,
    "<script>" + "location=" * 30_000 + "</script>",
    "<script>" + "'" * 200_000 + "</script>",
    "<script>" + "\"\\" * 100_000 + "</script>",
    "<script>var a = {" * 20_000,
    "<script>" + "setTimeout(" * 20_000 + "</script>",
    "a" * 900_000,
    "<p>" + "x1" * 300_000,
    "<script>" + "--setInterval(" * 15_000 + "</script>",
    "://" * 200_000,
    "<meta charset=" * 30_000,
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE, ids=lambda body: re.sub(r"\s+", " ", body[:16]))
def test_a_hostile_page_is_read_in_bounded_time(body: str) -> None:
    started = time.process_time()

    told(facts(body))
    assert facts(body).marks is not None

    assert time.process_time() - started < 6


@settings(max_examples=30)
@given(st.sampled_from(["text/html", "", "text/plain", "application/json", "image/png", "☃"]), st.integers(100, 599))
def test_any_type_and_status_gives_facts(content_type: str, status: int) -> None:
    made = read(Capture(url="☃", status=status, content_type=content_type, body=PAGE.encode()))

    told(made)
