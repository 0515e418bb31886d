"""YAML text to plain data: what scalars mean, where things stand, and what is refused."""

import contextlib
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.scenario import ScenarioError
from linkprobe.scenario.document import DEEPEST, LONGEST_TEXT, parse


def refusal(text: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("1.5", 1.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("2.", 2.0),
    ],
)
def test_plain_scalars_become_values(text: str, value: object) -> None:
    found = parse(f"a: {text}").data["a"]

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    "text",
    [
        *("yes", "No", "on", "OFF", "True", "TRUE"),
        *("2021-11-29", "2021-11-29T10:00:00Z", "12:30"),
        *("007", "1_000", "0x1F", ".inf", "1.2.3", "9" * 25, "e5", "."),
    ],
)
def test_what_yaml_1_1_would_convert_stays_text(text: str) -> None:
    assert parse(f"a: {text}").data == {"a": text}


@pytest.mark.parametrize("text", ['"true"', "'1'", "|\n  1", ">-\n  true"])
def test_quoted_and_block_scalars_are_text(text: str) -> None:
    assert isinstance(parse(f"a: {text}").data["a"], str)


def test_keys_are_text_whatever_they_look_like() -> None:
    assert parse("on: 1\n404: 2\ntrue: 3\n").data == {"on": 1, "404": 2, "true": 3}


plain = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["C"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcxyz é微", min_size=1), inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(plain)
def test_texts_written_in_quotes_come_back_unchanged(data: Any) -> None:
    text = yaml.safe_dump({"data": data}, default_style='"', allow_unicode=True)

    assert parse(text).data == {"data": data}


def test_the_line_of_an_entry_is_the_line_of_its_key() -> None:
    document = parse("a: 1\nb:\n  - x: 1\n    y:\n      - 2\n      - 3\n")

    assert [document.line(at) for at in [("a",), ("b",), ("b", 0), ("b", 0, "y"), ("b", 0, "y", 1)]] == [1, 2, 3, 4, 6]


def test_the_line_of_what_is_missing_is_the_line_of_what_holds_it() -> None:
    assert parse("a: 1\nb:\n  c: 1\n").line(("b", "d", 3)) == 2


def test_an_alias_stands_for_its_anchor_and_keeps_its_own_line() -> None:
    document = parse("a: &x\n  k: 1\nb: *x\nc: &y 5\nd: *y\n")

    assert document.data == {"a": {"k": 1}, "b": {"k": 1}, "c": 5, "d": 5}
    assert document.line(("b",)) == 3


def test_a_document_may_be_a_list_or_a_scalar() -> None:
    assert (parse("- 1\n- 2\n").data, parse("word").data) == ([1, 2], "word")


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands here twice; it is on line 1 already"),
        ("a: 1\nb: {c: 1, c: 2}\n", 2, "the key 'c' stands here twice"),
        ("a: x: y\n", 1, "not valid YAML"),
        ("a: 1\n b: 2\n", 2, "not valid YAML"),
        ("a: [1,\n", 2, "not valid YAML"),
        ("a: @x\n", 1, "not valid YAML"),
        ("\ta: 1\n", 1, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "a second document in one file"),
        ("base: &b {x: 1}\nc:\n  <<: *b\n", 3, "merge keys ('<<') are not part of YAML 1.2"),
        ("a: !!python/object/apply:os.system [x]\n", 1, "the tag"),
        ("a: 1\nb: !secret x\n", 2, "the tag '!secret' is not understood"),
        ("a: 1\nb: *nothing\n", 2, "the alias '*nothing' has no anchor before it"),
        ("a: &a [*a]\n", 1, "the alias '*a' has no anchor before it"),
        ("? [a]\n: 1\n", 1, "a list or mapping stands where a key belongs"),
        ("a: &x k\n*x : 1\n", 2, "an alias stands where a key belongs"),
    ],
)
def test_bad_yaml_is_refused_with_its_line(text: str, line: int, part: str) -> None:
    error = refusal(text)

    assert error.line == line
    assert part in str(error)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("a: \x00", "a character that YAML does not allow"),
        ("a: " + "x" * LONGEST_TEXT, "more than"),
    ],
)
def test_what_has_no_line_is_refused_without_one(text: str, part: str) -> None:
    error = refusal(text)

    assert error.line is None
    assert part in str(error)


def test_aliases_of_aliases_do_not_blow_up() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))

    assert "more than 100000 values" in str(refusal(bomb))


def test_nesting_is_bounded() -> None:
    assert f"nested deeper than {DEEPEST} levels" in str(refusal("[" * 100_000))


@settings(deadline=None)
@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@`,? \n\t~0.é微\x00\x85\ufeff"), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ScenarioError):
        parse(text)
