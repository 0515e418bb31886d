"""Entries of the name map."""

import pytest

from linkprobe.network import NetworkError, read_entry
from linkprobe.network.entry import Entry, table_entry


def test_an_entry_names_host_port_address_and_port() -> None:
    assert read_entry("shop.example:443:127.0.0.1:8443") == Entry("shop.example", 443, "127.0.0.1", 8443)


def test_hosts_are_compared_without_case() -> None:
    assert read_entry("Shop.Example:443:127.0.0.1:8443").fits("shop.example", 443)


def test_an_empty_host_and_port_mean_any() -> None:
    entry = read_entry("::127.0.0.1:8443")

    assert entry.fits("anything.example", 80)


def test_ipv6_addresses_stand_in_brackets() -> None:
    assert read_entry("[2001:db8::1]:443:[::1]:8443") == Entry("2001:db8::1", 443, "::1", 8443)


def test_a_resolver_rule_says_the_same() -> None:
    assert read_entry("a.example:443:127.0.0.1:8443").resolver_rule == "MAP a.example:443 127.0.0.1:8443"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (":443:127.0.0.1:8443", "MAP *:443 127.0.0.1:8443"),
        ("a.example::127.0.0.1:", "MAP a.example 127.0.0.1"),
        ("a.example:443::8443", "MAP a.example:443 a.example:8443"),
    ],
)
def test_a_resolver_rule_keeps_what_is_left_open(text: str, rule: str) -> None:
    assert read_entry(text).resolver_rule == rule


def test_a_name_that_does_not_exist_is_a_rule_of_its_own() -> None:
    assert table_entry("gone.example:443", "").resolver_rule == "MAP gone.example:443 ~NOTFOUND"


@pytest.mark.parametrize(
    "text",
    ["", "shop.example", "shop.example:443:127.0.0.1", "a:443:b:99999", "a:x:b:1", "a:443::", ":::8443", "a:1:2:3:4"],
)
def test_a_malformed_entry_is_one_line_that_shows_it(text: str) -> None:
    with pytest.raises(NetworkError) as caught:
        read_entry(text)

    assert repr(text) in str(caught.value)
    assert "\n" not in str(caught.value)
