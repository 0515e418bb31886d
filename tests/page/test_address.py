"""Hosts, domains and absolute URLs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.page.address import absolute, domain_of, host_of, is_web

BASE = "https://shop.target.co.uk:8443/a/b?c=1"


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://a.b.example.co.uk/x", "example.co.uk"),
        ("https://192.0.2.7/x", "192.0.2.7"),
        ("https://[2001:db8::1]/", "2001:db8::1"),
        ("https://localhost/", "localhost"),
        ("https://co.uk/", "co.uk"),
        ("mailto:a@b.example", ""),
    ],
)
def test_a_registrable_domain_is_one_label_below_a_public_suffix(url: str, domain: str) -> None:
    assert domain_of(url) == domain


@pytest.mark.parametrize("url", ["https://EXAMPLE.com./", "https://user:pass@example.com:99/", "https://example.com"])
def test_a_host_comes_without_port_and_case(url: str) -> None:
    assert host_of(url) == "example.com"


def test_a_broken_address_has_no_host() -> None:
    assert host_of("https://[::1/") == ""


@pytest.mark.parametrize(
    ("reference", "url"),
    [
        ("/x", "https://shop.target.co.uk:8443/x"),
        ("//cdn.example/y", "https://cdn.example/y"),
        ("z", "https://shop.target.co.uk:8443/a/z"),
        ("?q=1", "https://shop.target.co.uk:8443/a/b?q=1"),
        (" HTTP://Other.example/ ", "HTTP://Other.example/"),
        ("#top", ""),
        ("", ""),
        ("http://[", "http://["),
    ],
)
def test_references_are_made_absolute(reference: str, url: str) -> None:
    assert absolute(BASE, reference) == url


@pytest.mark.parametrize("base", ["https://[", "nothing"])
def test_a_broken_base_makes_nothing_absolute(base: str) -> None:
    assert not is_web(absolute(base, "/x"))
    assert not is_web(absolute(base, "x"))


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_reference_gives_an_answer(base: str, reference: str) -> None:
    assert isinstance(absolute(base, reference), str)
    assert isinstance(domain_of(reference), str)
