"""Visible text and words."""

from hypothesis import given
from hypothesis import strategies as st

from linkprobe.page.text import LIMIT, MOST_WORDS, one_line, shingles, words
from tests.page.pages import facts


def test_what_no_reader_sees_is_not_text() -> None:
    page = facts(
        "<title>t</title><body><script>var a=1</script><style>p{}</style><noscript>n</noscript><template>m</template>"
        "<iframe src=x>f</iframe><p hidden>h</p><p style='display: none'>d</p><p style='visibility:HIDDEN'>v</p>"
        "<select><option>o</select><svg><text>s</text></svg><p>seen</p>"
    )

    assert page.text == "seen"


def test_a_body_that_its_script_reveals_is_read() -> None:
    assert facts("<body style='display:none'><p>seen</p></body>").text == "seen"


def test_inline_elements_do_not_glue_words() -> None:
    assert facts("<table><tr><td>one</td><td>two</td></table>").text == "one two"


def test_a_frameset_has_no_visible_text() -> None:
    assert facts("<html><frameset><frame src=a></frameset><noframes>x</noframes></html>").text == ""


def test_words_are_folded_and_those_with_digits_masked() -> None:
    assert words("Straße 12 a1b x_y Z") == ("strasse", "0", "0", "0", "z")


def test_chinese_and_japanese_are_taken_sign_by_sign() -> None:
    assert words("访问 abc の") == ("访", "问", "abc", "の")


def test_text_and_words_are_bounded() -> None:
    assert len(one_line("a " * LIMIT)) == LIMIT
    assert len(words("a " * (MOST_WORDS + 5))) == MOST_WORDS


def test_a_short_sequence_is_one_run() -> None:
    assert len(shingles(("a", "b"), 3)) == 1
    assert shingles((), 3) == frozenset()


@given(st.lists(st.sampled_from("abc"), min_size=3, max_size=30))
def test_there_are_as_many_runs_as_different_neighbourhoods(sequence: list[str]) -> None:
    runs = {tuple(sequence[at : at + 3]) for at in range(len(sequence) - 2)}

    assert len(shingles(tuple(sequence), 3)) == len(runs)
