"""Taking a shared link out of the redirectors it is wrapped in, by what the platforms' files say of them. Pure."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlsplit

from linkprobe.model import Gateway, InApp, Platform
from linkprobe.scenario.gateway import gateway_target, likeness
from linkprobe.scenario.urls import url_fault

MOST_HOPS = 8
"""Redirectors one inside another. Two or three occur: a mail's around a chat's around a search engine's."""


class Stop(StrEnum):
    """Why unwrapping went no further."""

    TARGET = "target"
    """No platform wraps this link: it is the target."""
    HOPS = "hops"
    """Redirectors are left, more than were allowed."""
    NO_LINK = "no-link"
    """The redirector carries what is no http or https link."""
    USERINFO = "userinfo"
    """The redirector carries a link with a user name or password, which hides where it leads."""


class Unwrapped(NamedTuple):
    """The link as far as it could be unwrapped, and the ids of the platforms that wrapped it, outermost first.

    Where what a redirector carries is refused, `target` is that redirector's own URL.
    """

    target: str
    through: tuple[str, ...]
    why_stopped: Stop


class _Wrapping(NamedTuple):
    platform: Platform
    template: str
    carried: str


def unwrap(url: str, platforms: Mapping[str, Platform], *, hops: int = MOST_HOPS) -> Unwrapped:
    """The target of a link, out of at most `hops` redirectors. Never asks the network; opaque short links stay.

    A redirector's URL is longer than what it carries, so that redirectors cannot carry each other without end.
    """
    through: tuple[str, ...] = ()
    while wrapping := _wrapping(url, platforms):
        stop = _refusal(wrapping.carried) or (Stop.HOPS if len(through) >= hops else None)
        if stop:
            return Unwrapped(url, through, stop)
        url, through = wrapping.carried, (*through, wrapping.platform.id)
    return Unwrapped(url, through, Stop.TARGET)


def _refusal(carried: str) -> Stop | None:
    """Why a carried link is not followed."""
    if url_fault(carried, userinfo=True):
        return Stop.NO_LINK
    return Stop.USERINFO if "@" in urlsplit(carried).netloc else None


def _wrapping(url: str, platforms: Mapping[str, Platform]) -> _Wrapping | None:
    """The redirector that a URL is of; where several share an address, the one whose template is most like it."""
    near = url.lower()
    fitting = [
        _Wrapping(platform, template, carried)
        for platform in platforms.values()
        for template, surface in _templates(platform)
        if _place(template) in near and (carried := gateway_target(template, surface.encoding, url))
    ]
    return max(fitting, key=lambda each: likeness(each.template, url), default=None)


def _templates(platform: Platform) -> Iterator[tuple[str, Gateway | InApp]]:
    for surface in platform.surfaces.values():
        match surface:
            case Gateway(template=template, also=also):
                yield from ((each, surface) for each in (template, *also))
            case InApp(opener=opener) if opener:
                yield opener, surface
            case _:
                continue


def _place(template: str) -> str:
    """The template's host and port, which spare looking closer at most URLs."""
    return template.partition("//")[2].partition("/")[0].partition("?")[0].lower()
