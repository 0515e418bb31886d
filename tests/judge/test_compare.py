"""Whether two captures show the same page."""

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.judge.compare import Comparison, compare
from linkprobe.page import Facts, read
from tests.page.pages import capture, facts

WORDS = ("pond", "duck", "reed", "water", "leaf", "wind", "bird", "stone", "path", "bench", "tree", "cloud", "frog")


SHELL = (
    "<header><img><h2>p</h2></header><div><nav><ul><li><a>a</a><li><i>b</i></ul></nav><main><h1>x</h1><p>{}</p></main>"
    "<aside><dl><dt>c<dd>d</dl></aside><footer><p>f<span>g</span></footer></div>"
)


def prose(seed: int, length: int = 200) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(WORDS) + dice.choice("aeiou") for _ in range(length))


def page(
    title: str = "The pond in autumn",
    text: str = "",
    *,
    shell: str = SHELL,
    head: str = "",
    url: str = "https://target.example/pond",
) -> Facts:
    return facts(f"<title>{title}</title>{head}<body>{shell.format(text or prose(1))}", url=url)


BLOCKED = facts("<title>Stop</title><body><center><h2>Access denied</h2></center>", url="https://target.example/pond")


def test_equal_bodies_are_the_same_page() -> None:
    found = compare(page(), page(url="https://www.target.example/pond/"))

    assert (found.same_page, found.reason, found.replaced) == (True, "the bodies are equal", False)
    assert (found.same_domain, found.same_host, found.same_path) == (True, False, True)


def test_a_page_with_other_numbers_is_the_same() -> None:
    found = compare(page(text=prose(1) + " seen 1204 times"), page(text=prose(1) + " seen 31 times"))

    assert (found.same_page, found.text, found.structure) == (True, 1.0, None)


def test_a_front_page_with_other_news_is_the_same() -> None:
    assert compare(page(text=prose(2)), page(text=prose(3))).same_page is True


def test_another_page_in_its_place_is_another_and_replaces_it() -> None:
    found = compare(BLOCKED, page())

    assert (found.same_page, found.replaced) == (False, True)
    assert "another title and another text" in found.reason


def test_the_same_title_over_a_stub_is_not_the_same_page() -> None:
    found = compare(facts("<title>The pond in autumn</title><body><p>No."), page())

    assert (found.same_page, found.replaced) == (False, False)


def test_another_title_over_the_same_text_is_the_same_page() -> None:
    assert compare(page("News: rain"), page("Weather report")).same_page is True


def test_half_the_text_under_another_title_needs_the_canonical_address() -> None:
    head = "<link rel=canonical href=/pond>"
    text = prose(1, 100) + prose(2, 40)
    other = prose(1, 100) + prose(3, 40)

    assert compare(page("Rain", text), page("Weather report", other)).same_page is False
    assert compare(page("Rain", text, head=head), page("Weather report", other, head=head)).same_page is True


def test_an_error_page_in_the_site_s_own_frame_is_a_variant() -> None:
    found = compare(page("Not found", "This page does not exist."), page())

    assert (found.same_page, found.replaced) == (False, False)


def test_pages_without_titles_are_told_by_text_and_structure() -> None:
    assert compare(page("", prose(1)), page("", prose(1, 150))).same_page is True
    assert compare(page("", prose(8)), page("", "mare " * 150)).same_page is False


def test_a_title_and_the_text_hold_over_another_structure() -> None:
    text = prose(1, 60)
    one = page(text=text + prose(4, 60), shell="<table><tr><td><font>{}</font></table>")
    other = page(text=text + prose(5, 60))

    assert compare(one, other).same_page is True


@pytest.mark.parametrize(
    ("subject", "control", "reason"),
    [
        (facts(b""), page(), "one of the two is empty"),
        (page(), facts(b""), "one of the two is empty"),
        (
            facts("{1}", content_type="application/json"),
            facts("{2}", content_type="application/json"),
            "neither of the two is a page",
        ),
        (page(), facts("<p>x"), "the control says nothing"),
        (facts("<p>y"), facts("<p>x"), "the control says nothing"),
    ],
)
def test_what_cannot_be_compared_is_not(subject: Facts, control: Facts, reason: str) -> None:
    found = compare(subject, control)

    assert (found.same_page, found.replaced, found.reason) == (None, None, reason)


def test_a_shell_that_shows_nothing_yet_is_not_compared() -> None:
    empty = re.sub(r">[a-z]", ">", SHELL.format(""))

    found = compare(facts(f"<body>{empty}"), page())

    assert (found.same_page, found.reason) == (None, "the subject is built like the control and shows nothing")


def test_a_page_in_the_place_of_a_file_is_another() -> None:
    found = compare(BLOCKED, facts(b"%PDF-1.7", content_type="application/pdf"))

    assert (found.same_page, found.replaced) == (False, True)


def test_equal_files_are_the_same() -> None:
    file = facts(b"%PDF-1.7", content_type="application/pdf")

    assert compare(file, file).same_page is True


def test_what_differs_between_two_controls_is_noise() -> None:
    fixed = prose(1, 120)
    one, other = page(text=fixed + prose(2, 80)), page(text=fixed + prose(3, 80))

    found = compare(page(text=fixed + prose(4, 80)), one, other)

    assert found.same_page is True
    assert found.noise == pytest.approx(0.4, abs=0.1)
    assert found.kept is not None
    assert found.kept > 0.95


def test_a_page_without_what_two_controls_agree_on_cannot_be_called_the_same() -> None:
    fixed = prose(1, 120)
    one, other = page(text=fixed + prose(2, 30)), page(text=fixed + prose(3, 30))

    found = compare(page(text=prose(4, 150)), one, other)

    assert found.same_page is None
    assert "built alike" in found.reason


def test_two_controls_that_share_little_prove_little() -> None:
    found = compare(page(text=prose(4, 150)), page(text=prose(2, 150)), page(text=prose(3, 150)))

    assert found.same_page is True


def test_a_second_control_without_text_teaches_nothing() -> None:
    assert compare(page(), page("Other", prose(2)), facts("<p>x")).noise is None


def test_what_was_added_is_measured() -> None:
    found = compare(page(text=prose(1, 100) + " " + prose(9, 100)), page(text=prose(1, 100)))

    assert found.added == pytest.approx(0.5, abs=0.1)
    assert found.kept is not None
    assert found.kept > 0.95


def test_a_canonical_address_is_compared_without_www_and_parameters() -> None:
    one = page(head="<link rel=canonical href='https://www.target.example/pond/?x=1'>")
    other = page(head="<link rel=canonical href='https://target.example/pond'>")

    assert compare(one, other).same_canonical is True
    assert compare(one, page()).same_canonical is None


def test_a_broken_address_has_no_path() -> None:
    assert compare(page(url="https://[/a"), page(url="https://[/b")).same_path is True


@given(st.binary(max_size=300), st.binary(max_size=300))
@settings(max_examples=60)
def test_any_two_bodies_are_compared(one: bytes, other: bytes) -> None:
    found = compare(facts(one), facts(other))

    assert isinstance(found, Comparison)
    assert found.same_page in (True, False, None)
    assert (found.same_page is None) == (found.replaced is None)


@given(st.integers(0, 50), st.integers(0, 50))
@settings(max_examples=40)
def test_comparing_is_deterministic(one: int, other: int) -> None:
    first = compare(page(text=prose(one)), page(text=prose(other)))
    compare.cache_clear()
    read.cache_clear()

    assert compare(page(text=prose(one)), page(text=prose(other))) == first


@given(
    st.integers(0, 10**9), st.text("0123456789abcdef", min_size=12, max_size=24), st.sampled_from([" ", "\n", "\n\n  "])
)
@settings(max_examples=40)
def test_ids_tokens_times_and_white_space_change_nothing(number: int, token: str, space: str) -> None:
    def noisy(number: int, token: str, space: str) -> Facts:
        body = (
            f"<title>The pond</title>{space}<body id='b{number}' data-token='{token}'>{space}<p>{prose(1)}</p>"
            f"<i>Served at 12:{number % 60} in {number} ms</i><script>var t='{token}'</script>"
        )
        return read(capture(body))

    assert compare(noisy(number, token, space), noisy(7, "0" * 12, " ")).same_page is True
