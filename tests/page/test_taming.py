"""Sources that would cost a parser too much."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from linkprobe.page.taming import DEEPEST, tame

HOSTILE = {
    "nesting": "<div>" * 200_000,
    "nesting behind stray end tags": "<span><div></span></div>" * 40_000,
    "nesting behind end tags that match nothing": "<div></x>" * 60_000,
    "unclosed formatting": "<p>" + "".join(f"<b id={n}>" for n in range(30_000)) + "</p>" + "<p>x" * 60_000,
    "attributes": "<a " + " ".join(f"a{n}" for n in range(150_000)) + ">",
    "attributes with brackets in quotes": "<a " + " ".join(f"a{n}='>'" for n in range(90_000)) + ">",
    "a quote without end": '<a x="' + "b " * 300_000,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_source_is_parsed_soon(source: str) -> None:
    started = time.process_time()

    LexborHTMLParser(tame(source))

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "source",
    [
        "<p>x</p>" * 9000,
        "<ul>" + "<li>x" * 30_000,
        "<table>" + "<tr><td>x" * 12_000,
        "<svg>" + "<path d='M0'/>" * 20_000 + "</svg>",
        "<p><b>x</b> <br>" * 300,
        "<script>" + "if (a < b && c) { d = 'e' } " * 2000 + "</script><p>x</p>",
        "<img src='data:image/png;base64," + "A" * 60_000 + "'><p>x</p>",
        "<style>" + "a{b:c}" * 4000,
        "x > y " * 4000 + "< z",
    ],
    ids=range(9),
)
def test_an_ordinary_source_is_left_alone(source: str) -> None:
    assert tame(source) == source


def test_a_closed_inner_element_does_not_count_as_open() -> None:
    source = "<div><p>x</div>" * 17_000

    assert tame(source) == source


def test_formatting_is_taken_out_where_there_is_too_much_of_it() -> None:
    source = "<p><b class=x>y</b></p>" * 1000

    assert "<b" not in tame(source)
    assert tame(source).count("<p>") == 1000


def test_a_source_is_cut_where_it_nests_too_deep() -> None:
    assert tame("<div>" * 20_000) == "<div>" * DEEPEST
