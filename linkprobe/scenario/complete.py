"""What a platform file may leave unsaid: the hosts of its own gateways, the accounts its calls mention."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from linkprobe.model import Gateway, HttpCall, InApp, MessageApi, Platform, PreviewApi, Surface
from linkprobe.scenario.urls import without_holes

_VARIABLE = re.compile(r"\$\{(\w+)\}")


def complete(platform: Platform) -> Platform:
    """The platform with its gateways' own hosts among `hosts`, and every `${NAME}` of a call among `accounts`."""
    surfaces = {name: _with_accounts(surface) for name, surface in platform.surfaces.items()}
    hosts = dict.fromkeys(platform.hosts)
    for surface in surfaces.values():
        host = _front_door(surface)
        if host and not covered(host, tuple(hosts)):
            hosts[f"={host}"] = None
    return msgspec.structs.replace(platform, surfaces=surfaces, hosts=tuple(hosts))


def covered(host: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of a platform's host patterns takes in `host`."""
    return any(host == pattern.removeprefix("=") or host.endswith(f".{pattern}") for pattern in patterns)


def calls(surface: MessageApi | PreviewApi) -> tuple[HttpCall, ...]:
    """The declared requests of a surface."""
    if isinstance(surface, PreviewApi):
        return (surface.call,)
    return (surface.send, surface.read.call) if surface.read else (surface.send,)


def texts(call: HttpCall) -> Iterator[str]:
    """Every text of a request in which placeholders are filled in."""
    yield call.url
    yield from call.headers.values()
    yield from _strings(call.json)
    yield from _strings(call.form)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
        case _:
            return


def _with_accounts(surface: Surface) -> Surface:
    if not isinstance(surface, MessageApi | PreviewApi):
        return surface
    used = [name for call in calls(surface) for text in texts(call) for name in _VARIABLE.findall(text)]
    return msgspec.structs.replace(surface, accounts=tuple(dict.fromkeys((*surface.accounts, *used))))


def _front_door(surface: Surface) -> str | None:
    """The host that stands before every link of this surface."""
    match surface:
        case Gateway(template=address) | InApp(opener=address):
            return urlsplit(without_holes(address)).hostname
        case _:
            return None
