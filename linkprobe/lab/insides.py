"""The insides of apps: a SOCKS5 proxy for each in-app surface, behind which all of the lab answers as to that app."""

from linkprobe.lab.directory import Directory, Inside
from linkprobe.lab.routes import HTTPS, Endpoints, table
from linkprobe.lab.setting import DEFAULT_VANTAGE
from linkprobe.lab.treating import treats
from linkprobe.model import FailureKind, Platform, Treatment
from linkprobe.network.socks import Destination, Route


def route(directory: Directory, inside: Inside, ends: Endpoints) -> Route:
    """Where names lead from inside an app. `ends` are the endpoints of this inside.

    A host whose links the app resets, all of them, is reset already within the TLS handshake.
    """
    rows = table(directory, ends, DEFAULT_VANTAGE)
    platform = directory.setting.catalogue.platforms[inside[0]]

    async def lead(host: str, port: int) -> Destination | FailureKind:
        name = host.lower().rstrip(".")
        end = rows.get(f"{name}:{port}")
        if not end:
            return FailureKind.DNS
        address, _, there = end.rpartition(":")
        if port == HTTPS and int(there) == ends.https and _is_reset(directory, platform, inside[1], name):
            return address, ends.resetting
        return address, int(there)

    return lead


def _is_reset(directory: Directory, platform: Platform, surface_id: str, host: str) -> bool:
    """Whether every target of this host is reset on the surface, at every vantage and every time."""
    lines = directory.setting.world.platforms.get(platform.id, ())
    targets = directory.targets_at(host)
    if not targets or directory.platform_at(host) or any(line.vantages or line.flap for line in lines):
        return False
    return all(
        treats(directory.setting.world, platform, surface_id, target, DEFAULT_VANTAGE).treatment is Treatment.RESET
        for target in targets
    )
