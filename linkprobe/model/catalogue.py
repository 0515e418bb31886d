"""Platforms, targets, vantages, scenarios: what is probed, as it stands in the YAML files."""

from enum import StrEnum

import msgspec

from linkprobe.model.source import Source
from linkprobe.model.surface import ShareDialog, Surface
from linkprobe.model.words import Cause, Role, Verdict


class Bridge(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an app's web view adds to `window`: objects with callable methods, plain variables, a ready event."""

    objects: dict[str, tuple[str, ...]] = {}
    variables: dict[str, str | bool | int] = {}
    ready_event: str = ""


class Client(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The browser or in-app web view a probe poses as. Client hints are derived from `brands` and `os`."""

    user_agent: str
    brands: dict[str, str] = {}
    """Brand to full version, as `userAgentData` lists them; empty means the client sends no hints."""
    os: str = ""
    os_version: str = ""
    model: str = ""
    mobile: bool = False
    headers: dict[str, str] = {}
    bridge: Bridge | None = None
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    viewport: tuple[int, int] = (1280, 720)
    unfaithful: str = ""
    """What this emulation is known to get wrong; shown with the evidence."""
    sources: tuple[Source, ...] = ()


class Phrase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A wording the platform is known to use, what it means there, and an example it must match."""

    text: str
    means: Cause
    example: str = ""
    sources: tuple[Source, ...] = ()


class About(StrEnum):
    """What a refusal to send is about."""

    LINK = "link"
    CONTENT = "content"
    """The text, its media or its form; the link may or may not be the reason."""
    RATE = "rate"
    ACCOUNT = "account"
    UNCLEAR = "unclear"
    """The same answer is given for several reasons: only a harmless link beside it tells."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one code of the platform's means when it takes no message."""

    about: About
    wording: str = ""
    sources: tuple[Source, ...] = ()


class Platform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where links are shared: its owner, the hosts that answer in its name, its clients and surfaces."""

    id: str = msgspec.field(name="platform")
    name: str
    owner: str
    hosts: tuple[str, ...]
    """Host names and their subdomains; `=host` means exactly that host."""
    fictitious: bool = False
    """Lives in a lab only; nothing of it is ever asked for on the live net."""
    clients: dict[str, Client] = {}
    crawlers: dict[str, Client] = {}
    """What fetches previews for it. Targets may answer crawlers otherwise than people."""
    surfaces: dict[str, Surface]
    share_dialogs: dict[str, ShareDialog] = {}
    """Surfaces that are probed only where a scenario names them."""
    phrases: tuple[Phrase, ...] = ()
    refusals: dict[str, Refusal] = {}
    """The codes with which it refuses a message; where it gives none, a part of its wording."""
    added_parameters: tuple[str, ...] = ()
    """Query parameters this platform is known to add to outgoing links."""
    sources: tuple[Source, ...] = ()
    notes: str = ""

    @property
    def places(self) -> "dict[str, Surface]":
        """All surfaces and share dialogs by id."""
        return {**self.surfaces, **self.share_dialogs}


class Landmark(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How one knows to have arrived: text in the visible page, a CSS selector, a canonical URL; all given must hold."""

    text: str = ""
    selector: str = ""
    canonical: str = ""


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The link under test. Without a landmark it is compared with its own direct control."""

    id: str = msgspec.field(name="target")
    url: str
    name: str = ""
    owner: str = ""
    category: str = "uncategorised"
    neutral: bool = False
    canary: bool = False
    """A page that is safe by construction and that safety systems are meant to block."""
    landmark: Landmark | None = None
    hosts: tuple[str, ...] = ()
    """Further hosts of the same product; the URL's own registrable domain always counts."""
    sources: tuple[Source, ...] = ()

    def role(self, platform: Platform) -> Role:
        """What this target is to `platform`."""
        if self.canary:
            return Role.CANARY
        if self.neutral:
            return Role.NEUTRAL
        return Role.OWN if self.owner and self.owner == platform.owner else Role.RIVAL


class Vantage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the probe stands: its own network, a proxy, or request headers that a staging system takes for a place."""

    id: str = msgspec.field(name="vantage", default="here")
    country: str = ""
    carrier: str = ""
    proxy: str = ""
    headers: dict[str, str] = {}


class Known(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An outcome already known: which cells, what it is, since when, and who said so. Empty lists mean all."""

    verdict: Verdict
    surfaces: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    vantages: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    since: str = ""
    until: str = ""
    source: str = ""
    note: str = ""


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A file of cases: which surfaces of a platform meet which targets, by name or by category.

    `neutral` names the harmless link of each surface; without it the first neutral target of the cases' categories
    serves. `expect` is owed by every cell that `known` does not name; without it only unjustified findings surprise.
    """

    id: str = msgspec.field(name="scenario")
    platform: str | tuple[str, ...] = ()
    title: str = ""
    surfaces: tuple[str, ...] = ()
    """Empty means all of the platform's."""
    targets: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    except_targets: tuple[str, ...] = ()
    neutral: str = ""
    account: str = ""
    """The name in the accounts file under which this file's senders and readers stand; empty: the platform's id."""
    vantages: tuple[str, ...] = ("here",)
    expect: Verdict | None = None
    known: tuple[Known, ...] = ()
    platforms: tuple[Platform, ...] = ()
    """Platforms declared in place, for this file."""
    define: tuple[Target, ...] = ()
    """Targets declared in place, for this file."""
    define_vantages: tuple[Vantage, ...] = ()
    sources: tuple[Source, ...] = ()


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of the matrix, names resolved: platform + surface + target + vantage, with its neutral link."""

    scenario: str
    platform: Platform
    surface_id: str
    target: Target
    neutral: Target | None
    vantage: Vantage
    expect: Verdict | None = None
    known: Known | None = None
    account: str = ""
    """The name in the accounts file whose credentials this case uses."""
    own_hosts: tuple[str, ...] = ()
    """Hosts of what else the platform's owner offers: where a link rewritten to itself may lead."""
    salt: str = ""
    """Digest of everything in the files that shapes this cell, so that an edited scenario is a new cell."""

    @property
    def surface(self) -> Surface:
        """The surface itself."""
        return self.platform.places[self.surface_id]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Platform, surface, target and vantage ids: the cell's name in every output."""
        return (self.platform.id, self.surface_id, self.target.id, self.vantage.id)

    @property
    def lane(self) -> str:
        """The rate budget and account this case draws on."""
        account = f"#{self.account}" if self.account else ""
        return f"{self.platform.id}@{self.vantage.id}{account}"

    @property
    def client(self) -> Client | None:
        """The client the surface is seen with; None is the ordinary browser."""
        return self.platform.clients[self.surface.client] if self.surface.client else None

    @property
    def crawler(self) -> Client | None:
        """What fetches the card that this surface shows, as far as it is known: the first declared crawler."""
        return next(iter(self.platform.crawlers.values()), None) if self.surface.shows_cards else None
