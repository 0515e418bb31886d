"""Who answers for a host or a URL in a lab: an index over the setting. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import msgspec

from linkprobe.lab.setting import DEFAULT_VANTAGE, Setting
from linkprobe.model import (
    Encoding,
    Gateway,
    HttpCall,
    InApp,
    MessageApi,
    Platform,
    PreviewApi,
    ShareDialog,
    Surface,
    Target,
)
from linkprobe.scenario.gateway import gateway_target, likeness

VARIABLE = re.compile(r"\$\{(\w+)\}")
Inside = tuple[str, str]
"""Platform and surface ids: where in which app."""


class Found(NamedTuple):
    """The target a URL belongs to, and whether the URL is the shared link rather than another page of its site."""

    target: Target
    shared: bool


class Entry(NamedTuple):
    """A URL template by which links come in on a platform's surface."""

    platform: Platform
    surface_id: str
    template: str
    encoding: Encoding


class Declared(NamedTuple):
    """A surface declared as an API."""

    platform: Platform
    surface_id: str
    surface: MessageApi | PreviewApi


class Directory:
    """The index. Hosts are lower case, in their ASCII form."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.environ = _environ(setting)
        self._by_host: defaultdict[str, list[Target]] = defaultdict(list)
        self._by_place: defaultdict[tuple[str, str], list[tuple[str, Target]]] = defaultdict(list)
        self._entries: defaultdict[str, list[Entry]] = defaultdict(list)
        self.apis: defaultdict[str, list[Declared]] = defaultdict(list)
        self._owners: dict[str, Platform] = {}
        for target in setting.catalogue.targets.values():
            self._add_target(target)
        for platform in setting.catalogue.platforms.values():
            self._add_platform(platform)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host name that exists in the lab."""
        return frozenset(self._by_host) | frozenset(self._owners)

    def platform_at(self, host: str) -> Platform | None:
        """The platform that answers under this host."""
        return self._owners.get(host)

    def targets_at(self, host: str) -> tuple[Target, ...]:
        """The targets that have pages under this host."""
        return tuple(self._by_host.get(host, ()))

    def entered(self, url: str) -> tuple[Entry, str] | None:
        """The surface whose template `url` is of, and the link it carries; of several the one most like it."""
        fitting = [
            (entry, carried)
            for entry in self._entries.get(host_of(url), ())
            if (carried := gateway_target(entry.template, entry.encoding, url))
        ]
        return max(fitting, key=lambda pair: likeness(pair[0].template, url), default=None)

    def find(self, url: str) -> Found | None:
        """The target that `url` leads to. Parameters beyond the target's own do not matter."""
        place, given = _place(url), set(_query(url))
        fitting = [
            (len(_query(own)), target) for own, target in self._by_place.get(place, ()) if given >= set(_query(own))
        ]
        if fitting:
            return Found(max(fitting, key=lambda pair: pair[0])[1], shared=True)
        near = [target for _, target in self._by_place.get(place, ())] or self._by_host.get(place[0], [])
        return Found(near[0], shared=False) if near else None

    def is_place(self, url: str) -> bool:
        """Whether some target's link has this host and path."""
        return _place(url) in self._by_place

    def vantage(self, headers: Mapping[str, str]) -> str:
        """The vantage whose declared headers a request carries; the one with most headers wins."""
        fitting = [
            (len(vantage.headers), vantage.id)
            for vantage in self.setting.catalogue.vantages.values()
            if vantage.headers and all(headers.get(name.lower()) == value for name, value in vantage.headers.items())
        ]
        return max(fitting)[1] if fitting else DEFAULT_VANTAGE

    def insides(self) -> Iterator[tuple[Inside, InApp]]:
        """Every in-app surface of every platform."""
        for platform in self.setting.catalogue.platforms.values():
            for surface_id, surface in platform.surfaces.items():
                if isinstance(surface, InApp):
                    yield (platform.id, surface_id), surface

    def own_product(self, platform: Platform, category: str) -> str:
        """URL of what the platform's owner offers in this category, or in any, or of the platform itself."""
        own = [
            target
            for target in self.setting.catalogue.targets.values()
            if target.owner and target.owner == platform.owner and not (target.canary or target.neutral)
        ]
        own.sort(key=lambda target: target.category != category)
        return own[0].url if own else f"https://{main_host(platform)}/"

    def _add_target(self, target: Target) -> None:
        links = [target.url]
        if target.landmark and target.landmark.canonical:
            links.append(target.landmark.canonical)
        for host in dict.fromkeys((*map(host_of, links), *map(ascii_host, target.hosts))):
            self._by_host[host].append(target)
        for link in links:
            self._by_place[_place(link)].append((link, target))

    def _add_platform(self, platform: Platform) -> None:
        for host in platform.hosts:
            self._owners.setdefault(ascii_host(host), platform)
        for surface_id, surface in platform.places.items():
            for url in _addresses(surface, self.environ):
                self._owners.setdefault(host_of(url), platform)
            if isinstance(surface, (MessageApi, PreviewApi)):
                for host in {host_of(url) for url in _addresses(surface, self.environ)}:
                    self.apis[host].append(Declared(platform, surface_id, surface))
            elif isinstance(surface, Gateway | InApp | ShareDialog) and (template := _template(surface)):
                encoding = Encoding.PERCENT if isinstance(surface, ShareDialog) else surface.encoding
                entry = Entry(platform, surface_id, template, encoding)
                self._entries[host_of(template)].append(entry)


def _template(surface: Gateway | InApp | ShareDialog) -> str:
    return surface.opener if isinstance(surface, InApp) else surface.template


def main_host(platform: Platform) -> str:
    """The first of the platform's hosts."""
    return ascii_host(platform.hosts[0])


def ascii_host(host: str) -> str:
    """The host in lower case and ASCII, without the catalogue's `=` for exactly this host."""
    name = host.removeprefix("=").lower().rstrip(".")
    return name if name.isascii() else name.encode("idna").decode()


def host_of(url: str) -> str:
    """The host of a URL."""
    return ascii_host(urlsplit(url).hostname or "")


def filled(text: str, environ: Mapping[str, str]) -> str:
    """The text with every `${NAME}` replaced."""
    return VARIABLE.sub(lambda found: environ.get(found[1], ""), text)


def calls(surface: Surface) -> tuple[HttpCall, ...]:
    """The requests a surface declares."""
    match surface:
        case MessageApi(send=send, read=read, login=login, reader=reader, verify=verify, delete=delete):
            logins = (made.call for made in (login, reader) if made)
            looks = (read.call, read.preview) if read else ()
            return tuple(call for call in (send, *looks, *logins, *verify, delete) if call)
        case PreviewApi(call=call):
            return (call,)
        case _:
            return ()


def _addresses(surface: Surface, environ: Mapping[str, str]) -> Iterator[str]:
    match surface:
        case Gateway(template=template) | ShareDialog(template=template):
            yield template
        case InApp(opener=opener) if opener:
            yield opener
        case _:
            for call in calls(surface):
                yield filled(call.url, environ)


def _environ(setting: Setting) -> dict[str, str]:
    """A value for every variable of the catalogue: a host of the platform's where a host must stand, else a token."""
    environ: dict[str, str] = {}
    for platform in setting.catalogue.platforms.values():
        for surface in platform.surfaces.values():
            for call in calls(surface):
                for name in VARIABLE.findall(msgspec.json.encode(call).decode()):
                    environ.setdefault(name, f"lab-{name.lower().replace('_', '-')}")
                for name in VARIABLE.findall(urlsplit(call.url).netloc):
                    environ[name] = main_host(platform)
                if url := re.match(VARIABLE, call.url):
                    environ[url[1]] = f"https://{main_host(platform)}"
            sign = surface.sign if isinstance(surface, MessageApi) else None
            for name in (*getattr(surface, "accounts", ()), *(VARIABLE.findall(sign.secret) if sign else ())):
                environ.setdefault(name, f"lab-{name.lower().replace('_', '-')}")
    return environ


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return ascii_host(parts.hostname or ""), parts.path.rstrip("/")


def _query(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query, keep_blank_values=True)
