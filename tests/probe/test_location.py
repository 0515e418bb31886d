"""Where a Location leads."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.probe.location import AppLink, readable, resolve

BASE = httpx.URL("https://a.example/dir/page?q=1#frag")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://b.example/", "https://b.example/#frag"),
        ("/root", "https://a.example/root#frag"),
        ("file", "https://a.example/dir/file#frag"),
        ("?x=2", "https://a.example/dir/page?x=2#frag"),
        ("//b.example/x", "https://b.example/x#frag"),
        ("///b.example/x", "https://b.example/x#frag"),
        ("https:///b.example/x", "https://b.example/x#frag"),
        ("https:b", "https://a.example/dir/b#frag"),
        ("http:b.example", "http://b.example#frag"),
        ("HTTPS://B.example/", "https://b.example/#frag"),
        ("https:\\\\b.example\\x?y=\\z", "https://b.example/x?y=\\z#frag"),
        ("/x#own", "https://a.example/x#own"),
        ("/中文?k=值", "https://a.example/%E4%B8%AD%E6%96%87?k=%E5%80%BC#frag"),
        ("/a%2Fb%20c", "https://a.example/a%2Fb%20c#frag"),
        ("https://例え.jp/", "https://xn--r8jz45g.jp/#frag"),
    ],
)
def test_it_is_read_as_a_browser_reads_it(location: str, url: str) -> None:
    found = resolve(readable(location.encode()), BASE)

    assert str(found) == str(httpx.URL(url))


@pytest.mark.parametrize(
    "location", ["weixin://dl/chat?x", "intent://scan/#Intent;end", "tbopen:x", "mailto:a@b.example"]
)
def test_another_scheme_is_an_app_with_its_url_whole(location: str) -> None:
    assert resolve(location, BASE) == AppLink(location)


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "DATA:text/html,x", "file:///etc/passwd", "blob:https://x"]
)
def test_schemes_no_server_may_redirect_to_are_errors(location: str) -> None:
    with pytest.raises(httpx.InvalidURL):
        resolve(location, BASE)


@pytest.mark.parametrize(
    "location", ["//", "https://", "http://[::1/", "https://a b.example/", "https://a.example:99999/"]
)
def test_what_has_no_host_or_a_wrong_one_is_an_error(location: str) -> None:
    with pytest.raises(httpx.InvalidURL):
        resolve(location, BASE)


def test_bytes_that_are_no_utf8_are_kept_escaped() -> None:
    assert readable("/搜索".encode("gbk")) == "/%CB%D1%CB%F7"


def test_white_space_around_and_line_ends_inside_go() -> None:
    assert readable(b" \t/a\r\nb\tc \x00") == "/abc"


def test_other_control_characters_are_escaped() -> None:
    assert readable(b"/a\x1b[31mb") == "/a%1B[31mb"


@given(st.binary(max_size=200))
def test_no_bytes_break_it(raw: bytes) -> None:
    try:
        found = resolve(readable(raw), BASE)
    except httpx.InvalidURL:
        return
    assert isinstance(found, AppLink) or (found.scheme in ("http", "https") and found.host)


@given(st.from_regex(r"(https?:)?[/\\]{0,3}[a-z0-9.\[\]:@%]{0,30}[/?#]?[ -~]{0,20}", fullmatch=True))
def test_nothing_like_a_url_breaks_it(location: str) -> None:
    try:
        found = resolve(readable(location.encode()), BASE)
    except httpx.InvalidURL:
        return
    assert isinstance(found, AppLink) or found.host
