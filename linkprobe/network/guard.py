"""Which addresses a shared link may lead to in live mode: public ones."""

import ipaddress
import socket
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

NOT_FOR_LINKS = tuple(
    map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "64:ff9b:1::/48", "3fff::/20", "5f00::/16"))
)
"""Beyond what Python knows: Azure's platform endpoint, public by number only, and entries of the IANA special-purpose
registries (RFC 6890, 8215, 9637, 9602) that Python takes for public in part or, by version, altogether."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are the IPv4 address that is meant."""

LOCAL_SUFFIXES = ("localhost", "local", "internal", "home.arpa", "lan")
"""Names of local use: RFC 6761, RFC 6762, ICANN's reservation of `.internal`, RFC 8375, and what routers hand out."""


def is_public(address: str) -> bool:
    """Whether `address` (an IP address, with or without a zone) lies in the public internet."""
    meant = _meant(ipaddress.ip_address(address.partition("%")[0]))
    return meant.is_global and not meant.is_multicast and not any(meant in known for known in NOT_FOR_LINKS)


def literal(host: str) -> str | None:
    """The IP address that `host` spells in any notation the system's resolver takes (`0x7f.1`, `2130706433`)."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return None


def is_local_name(host: str) -> bool:
    """Whether `host` is a name that only means something in a private network."""
    name = host.rstrip(".").lower()
    return "." not in name or name.endswith(tuple(f".{suffix}" for suffix in LOCAL_SUFFIXES))


def is_forbidden_by_name(host: str) -> bool:
    """Whether `host` alone, unresolved, shows that it is not public; all that can be checked in front of a proxy."""
    address = literal(host)
    return not is_public(address) if address else is_local_name(host)


def _meant(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv4Address):
        return address
    embedded = address.ipv4_mapped or address.sixtofour
    if address in NAT64:
        embedded = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return embedded or address
