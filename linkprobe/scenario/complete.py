"""What a platform file may leave unsaid: that the hosts of its own gateways answer in its name."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from linkprobe.model import Gateway, InApp, Platform, ShareDialog, Surface
from linkprobe.scenario.urls import without_holes


def complete(platform: Platform) -> Platform:
    """The platform with the hosts of its gateways, openers and share dialogs among `hosts`."""
    hosts = dict.fromkeys(platform.hosts)
    for host in (host for surface in platform.places.values() for host in _front_doors(surface)):
        if not _covered(host, hosts):
            hosts[f"={host}"] = None
    return msgspec.structs.replace(platform, hosts=tuple(hosts))


def _covered(host: str, patterns: dict[str, None]) -> bool:
    return any(host == pattern.removeprefix("=") or host.endswith(f".{pattern}") for pattern in patterns)


def _front_doors(surface: Surface) -> Iterator[str]:
    """The hosts that stand before the links of this surface."""
    match surface:
        case Gateway(template=address, also=others):
            addresses = (address, *others)
        case InApp(opener=address) | ShareDialog(template=address) if address:
            addresses = (address,)
        case _:
            addresses = ()
    yield from (host for each in addresses if (host := urlsplit(without_holes(each)).hostname))
