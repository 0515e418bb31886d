"""Reading script without running it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.page.script import after_block, analysed, enclosing, unquote


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (r'"https:\/\/x"', "https://x"),
        (r"'\u4f60\x41\u{1F600}'", "你A😀"),
        (r"'a\nb\t'", "a\nb\t"),
        (r"'&amp;&#x2f;'", "&/"),
        (r"'\q'", "q"),
        (r"'\ud800'", "\ufffd"),
        (r"'\u{ffffff}'", "\ufffd"),
        ("'a\\\r\nb'", "ab"),
    ],
)
def test_a_literal_s_escapes_are_resolved(literal: str, value: str) -> None:
    assert unquote(literal) == value


def test_the_first_value_of_a_variable_is_kept() -> None:
    assert analysed("var n = 5; n = 3; s = 'x'").values == {"n": "5", "s": "x"}


def test_strings_and_comments_hide_their_braces() -> None:
    script = analysed("f('{'); // {\n/* { */ here")

    assert enclosing(script, script.source.index("here")) == ()


def test_blocks_around_a_place_are_named_innermost_first() -> None:
    script = analysed("function a() { if (b) { c } { here } }")

    assert enclosing(script, script.source.index("here"))[-1].endswith("function a()")
    assert len(enclosing(script, script.source.index("here"))) == 2


def test_a_brace_too_many_is_passed_over() -> None:
    script = analysed("} here")

    assert enclosing(script, script.source.index("here")) == ()
    assert after_block(script, 2, 0) == ""


def test_what_follows_a_block_is_found() -> None:
    script = analysed("t(function() { if (x) { here } }, 5)")

    assert after_block(script, script.source.index("here"), 1) == ", 5)"


@given(st.text(alphabet="\"'`{}\\/*a=;\n(", max_size=200))
def test_any_script_can_be_read(source: str) -> None:
    script = analysed(source)

    assert len(script.bare) == len(script.source)
    assert isinstance(enclosing(script, len(source)), tuple)
