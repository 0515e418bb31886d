"""What a platform file may leave unsaid: that the hosts of its own gateways answer in its name."""

from urllib.parse import urlsplit

import msgspec

from linkprobe.model import Gateway, InApp, Platform, Surface
from linkprobe.scenario.urls import without_holes


def complete(platform: Platform) -> Platform:
    """The platform with the hosts of its gateways and openers among `hosts`."""
    hosts = dict.fromkeys(platform.hosts)
    for surface in platform.surfaces.values():
        host = _front_door(surface)
        if host and not _covered(host, hosts):
            hosts[f"={host}"] = None
    return msgspec.structs.replace(platform, hosts=tuple(hosts))


def _covered(host: str, patterns: dict[str, None]) -> bool:
    return any(host == pattern.removeprefix("=") or host.endswith(f".{pattern}") for pattern in patterns)


def _front_door(surface: Surface) -> str | None:
    """The host that stands before every link of this surface."""
    match surface:
        case Gateway(template=address) | InApp(opener=address):
            return urlsplit(without_holes(address)).hostname
        case _:
            return None
