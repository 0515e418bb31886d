"""Inline state."""

import pytest

from linkprobe.page.state import MOST_PAIRS, read_state
from tests.page.pages import facts


@pytest.mark.parametrize(
    "markup",
    [
        '<script>var cgiData = {"type":"x","title":"已停止访问该网页"};</script>',
        "<script>window.__STATE__={title: '\\u5df2\\u505c\\u6b62\\u8bbf\\u95ee\\u8be5\\u7f51\\u9875'}</script>",
        '<script>self["state"] = {"a":{"title":"&#x5df2;停止访问该网页"}}</script>',
        '<script id="__NEXT_DATA__" type="application/json">{"title":"已停止访问该网页"}</script>',
        '<script>let broken = {"title":"已停止访问该网页", "n": [1, </script>',
    ],
)
def test_a_page_without_text_is_read_from_its_state(markup: str) -> None:
    page = facts(f'<div id="app"></div>{markup}')

    assert page.text == ""
    assert page.state_text == "已停止访问该网页"
    assert page.readable == len(page.state_text)


def test_addresses_code_and_markup_are_no_wording() -> None:
    state = read_state(['var s = {"a":"https://x.example/y","b":"/p","c":"<b>x</b>","d":"token","e":"two words"}'], [])

    assert state.text == "two words"
    assert state.addresses == ("https://x.example/y",)


def test_entities_in_state_are_unescaped() -> None:
    state = read_state(['var s = {"url":"http:&#x2f;&#x2f;x.example&#x2f;"}'], [])

    assert state.pairs == (("url", "http://x.example/"),)


def test_state_for_search_engines_is_not_the_page_s() -> None:
    assert facts('<script type="application/ld+json">{"name":"two words"}</script>').state_text == ""


def test_a_script_without_state_has_none() -> None:
    assert read_state(["f({a: 'b'})"], []).pairs == ()


def test_state_is_bounded() -> None:
    long = "var s = {" + ",".join(f'"k{n}":"two words {n}"' for n in range(MOST_PAIRS + 50)) + "}"

    state = read_state([long, long], [])

    assert len(state.pairs) == MOST_PAIRS


def test_an_object_with_label_and_address_is_a_button() -> None:
    state = read_state(['var s = {"btns":[{"name":"Go","url":"https://x.example/"},{"name":"","url":"y"}]}'], [])

    assert state.buttons == (("Go", "https://x.example/"),)


def test_the_pages_own_title_and_address_are_no_button() -> None:
    state = read_state(['var s = {"title":"Copy the link and open it elsewhere","url":"https://x.example/"}'], [])

    assert state.buttons == ()


def test_a_page_shows_an_address_of_its_state() -> None:
    page = facts('<script>var s = {"desc":"https://there.example/x"}</script>')

    assert page.names("https://there.example/x")
    assert not page.names("https://elsewhere.example/x")
    assert not page.names("https:///")
