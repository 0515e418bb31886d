"""Addresses in plain text, as clients make links of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.probe.message.linkify import addresses

LINK = "https://shop.example/item?id=1&ref=ü"


@pytest.mark.parametrize(
    "around",
    [
        "{}", "a1b2 {}", "({})", "[{}]", "see {}.", "{}, and", "“{}”", "《{}》", "看{}，好", "{}。", "{}！", "{}）",
        "（{}）", "'{}'", '"{}"', "<{}>", "[label]({})", "{}...", "{}?!", "{}」", "一\n{}\n二",
        "{}\u3000x", "{}；", "{}：",
    ],
)  # fmt: skip
def test_what_stands_around_an_address_is_no_part_of_it(around: str) -> None:
    assert addresses(around.format(LINK)) == (LINK,)


@pytest.mark.parametrize(
    "address",
    [
        "https://wiki.example/Kettle_(copper)",
        "https://a.example/?q=[1]&r={x}",
        "http://localhost:8080/x",
        "http://[::1]:8080/x",
        "https://商店.example/路径",
        "https://user@a.example/",
        "HTTPS://A.EXAMPLE/",
        "https://a.example/x?u=https://b.example/y",
        "https://a.example/x.html#part-2",
        "https://a.example",
    ],
)
def test_an_address_is_found_whole(address: str) -> None:
    assert addresses(f"word ({address}), word") == (address,)


@pytest.mark.parametrize(
    "text",
    [
        "hxxps://shop.example/item",
        "hxxp://www.shop.example/item",
        "https://shop[.]example/item",
        "https://shop(.)example/item",
        "https[:]//shop.example/item",
        "https ://shop.example/item",
        "shop.example/item",
        "mail@www.shop.example",
        "https://",
        "xhttps://shop.example/",
        "javascript:alert(1)",
        "weixin://dl/chat",
        "",
    ],
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert addresses(text) == ()


def test_www_counts_without_a_scheme() -> None:
    assert addresses("go to www.shop.example/item!") == ("http://www.shop.example/item",)


def test_several_are_found_in_order_and_each_once() -> None:
    assert addresses("https://b.example/ https://a.example/ https://b.example/") == (
        "https://b.example/",
        "https://a.example/",
    )


def test_escapes_and_a_label_in_angle_brackets_are_undone() -> None:
    assert addresses("<https://a.example/?x=1&amp;y=2|a label> text") == ("https://a.example/?x=1&y=2",)


@given(st.text(max_size=60))
def test_whatever_is_written_gives_web_addresses_that_stand_in_it(text: str) -> None:
    for address in addresses(text):
        assert address.lower().startswith(("http://", "https://"))


@given(st.text(alphabet=st.characters(categories=["L", "N"], max_codepoint=0x24F), min_size=1, max_size=20))
def test_words_of_a_path_are_kept(word: str) -> None:
    assert addresses(f"x https://a.example/{word}, y") == (f"https://a.example/{word}",)
