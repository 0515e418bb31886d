"""Text of others does nothing to a terminal, a page or a reader."""

import json
import unicodedata

import pytest
import wcwidth
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.matrix.plain import code_span, json_safe, markdown, plain, shortened, wrapped

HOSTILE = {
    "colour": "\x1b[31mred",
    "window-title": "\x1b]0;owned\x07",
    "eight-bit-csi": "\x9b31m",
    "right-to-left-override": "moc.\u202elive",
    "isolate": "\u2066a\u2069",
    "zero-width": "pay\u200bpal",
    "bell": "\x07",
    "lone-surrogate": "\ud800",
    "tag": "\U000e0041",
    "backspace": "good\b\b\b\bevil",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_steering_characters_are_spelled_out(text: str) -> None:
    shown = plain(text)
    assert "\\u" in shown
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown)


@given(st.text())
def test_plain_text_is_one_printable_line(text: str) -> None:
    assert plain(text).isprintable()


@pytest.mark.parametrize("text", ["已停止访问该网页", "naïve", "a b", "●◐✕"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\t", "\u2028", "\x85"])
def test_line_ends_become_blanks(end: str) -> None:
    assert plain(f"one{end}two") == "one two"


@given(st.text(), st.integers(2, 40))
def test_shortened_text_fits(text: str, columns: int) -> None:
    assert wcwidth.width(shortened(plain(text), columns)) <= columns


def test_shortening_counts_wide_characters_twice() -> None:
    assert shortened("停止访问该网页", 8) == "停止访…"


def test_what_fits_is_not_shortened() -> None:
    assert shortened("停止", 4) == "停止"


@given(st.text(max_size=300))
def test_wrapped_lines_fit(text: str) -> None:
    assert all(wcwidth.width(line) <= 40 for line in wrapped(plain(text), 40, "    "))


def test_a_code_span_cannot_be_left() -> None:
    assert code_span("`![](https://spy.example/)`").strip("`").count("`") == 0


@pytest.mark.parametrize("text", ["a|b", "<script>", "[x](y)", "@someone", "*a*", "a_b_c"])
def test_markdown_markup_is_escaped(text: str) -> None:
    assert markdown(text).replace("\\", "") == text
    assert markdown(text) != text


@given(st.text())
def test_json_stays_the_same_value_and_steers_nothing(text: str) -> None:
    shown = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(shown) == text
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown)
