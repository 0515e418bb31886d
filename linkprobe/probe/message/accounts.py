"""Which variables of the environment a surface names, what of them is secret, and whose account a request carries."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from linkprobe.model import HttpCall, MessageApi, Messaging, PreviewApi, Viewer, XmppChat
from linkprobe.probe.message.fill import VARIABLE

_HOST = re.compile(r"^https?://(?:[^/?#]*@)?([^/?#]*)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[/?&=#]")

LONG = 12
"""Characters from which a part of an address's path or query is held for a key rather than a name."""


def missing_accounts(surface: Messaging | PreviewApi, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The variables a surface needs that are not set. A signature's secret is no need: without it nothing is signed."""
    optional = set(_named(surface.sign.secret)) if isinstance(surface, MessageApi) and surface.sign else set()
    needed = (name for name in variables(surface) if name not in optional or name in surface.accounts)
    return tuple(name for name in needed if not environ.get(name))


def variables(surface: Messaging | PreviewApi) -> tuple[str, ...]:
    """The environment variables that a surface names, as accounts or anywhere in what it declares."""
    written = (name for text in texts(surface) for name in _named(text))
    return tuple(dict.fromkeys([*surface.accounts, *written]))


def secrets(surface: Messaging | PreviewApi, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The values that must not be shown: all but the names of servers, which every hop shows anyway."""
    places = _places(surface)
    values = ((name, environ.get(name, "").strip()) for name in variables(surface))
    return tuple(part for name, value in values if name not in places for part in _secret_parts(value))


def credentials(surface: MessageApi, call: HttpCall, environ: Mapping[str, str]) -> frozenset[str]:
    """The accounts' values that a request carries, itself or by way of a login."""
    carried = [call]
    for who, login in (("login", surface.login), ("reader", surface.reader)):
        if login and any(f"{{{who}." in text for text in texts(call)):
            carried.append(login.call)
    names = {name for one in carried for text in texts(one) for name in _named(text)} - _places(surface)
    values = (environ.get(name, "").strip() for name in names)
    return frozenset(part for value in values for part in _secret_parts(value))


def viewer_of(surface: MessageApi, environ: Mapping[str, str]) -> Viewer:
    """As whom the message is looked at: as its sender, where the look carries only what the send carries as well."""
    if surface.read is None or surface.read.viewer is not Viewer.RECEIVER:
        return surface.read.viewer if surface.read else Viewer.RECEIVER
    reading, sending = (credentials(surface, call, environ) for call in (surface.read.call, surface.send))
    return Viewer.SENDER if reading and reading <= sending else Viewer.RECEIVER


def has_hole(call: HttpCall, name: str) -> bool:
    """Whether `{name}` stands anywhere in a request."""
    return any(f"{{{name}}}" in text for text in texts(call))


def texts(value: Any) -> Iterator[str]:
    """Every text in a value of the model, at any depth, but for the keys."""
    match value:
        case str():
            yield value
        case dict():
            yield from texts(list(value.values()))
        case list() | tuple():
            for part in value:
                yield from texts(part)
        case msgspec.Struct():
            yield from texts([getattr(value, name) for name in value.__struct_fields__])


def _named(text: str) -> list[str]:
    return VARIABLE.findall(text)


def _places(surface: Messaging | PreviewApi) -> frozenset[str]:
    """Variables that stand for a host or a domain."""
    hosts = [found[1] for text in texts(surface) if (found := _HOST.match(text))]
    if isinstance(surface, XmppChat):
        hosts += [surface.domain, surface.room.rpartition("@")[2]]
    return frozenset(name for host in hosts for name in _named(host))


def _secret_parts(value: str) -> tuple[str, ...]:
    """What of a variable's value is secret: of a whole address its account, and what in it is long as keys are."""
    if not value.lower().startswith(("http://", "https://")):
        return (value,) if value else ()
    account, at, _ = value.partition("://")[2].partition("/")[0].rpartition("@")
    beyond = value.partition("://")[2].partition("/")[2]
    keys = (part for part in _SEPARATORS.split(beyond) if len(part) >= LONG)
    return (*((account, *account.split(":")) if at else ()), *keys)
