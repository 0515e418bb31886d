"""Public and other addresses."""

import pytest

from linkprobe.network.guard import is_forbidden_by_name, is_public, literal


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_public_addresses_pass(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.100.100.200",
        "168.63.129.16",
        "224.0.0.251",
        "239.255.255.250",
        "255.255.255.255",
        "192.0.0.192",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_private_and_special_addresses_do_not(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "127.0.0.1"])
def test_loopback_is_seen_in_every_notation(host: str) -> None:
    assert literal(host) in ("127.0.0.1", "::1")


@pytest.mark.parametrize("host", ["localhost", "router", "nas.local", "db.internal", "a.localhost.", "0x7f.1", "[::1]"])
def test_local_names_and_literals_need_no_resolver_to_be_refused(host: str) -> None:
    assert is_forbidden_by_name(host)


@pytest.mark.parametrize("host", ["example.com", "local.example", "93.184.216.34", "例え.jp"])
def test_public_names_are_left_to_the_proxy(host: str) -> None:
    assert not is_forbidden_by_name(host)
