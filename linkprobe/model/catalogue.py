"""Platforms, targets, vantages, scenarios: what is probed, as it stands in the YAML files."""

from enum import StrEnum
from typing import Any, TypeAlias

import msgspec

from linkprobe.model.words import Cause, Role, Verdict


class Sure(StrEnum):
    """How well a fact is founded. None of these says that it was seen live; `observed` says when it held."""

    DOCUMENTED = "documented"
    """The owner's own words or source text say so."""
    REPORTED = "reported"
    """The press or a tester says so."""
    RULE = "rule"
    """A maintained rule of a userscript or filter list matches it."""
    UNVERIFIED = "unverified"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a fact comes from, when it was observed (ISO date or year-month), and how sure it is."""

    url: str
    observed: str = ""
    sure: Sure | None = None
    note: str = ""


class Encoding(StrEnum):
    """How a gateway's URL template carries the target."""

    PERCENT = "percent"
    DOUBLE_PERCENT = "double-percent"
    BASE64 = "base64"
    RAW = "raw"


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


class _Surface(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    """What all surfaces share. `client` names one of the platform's clients, empty the ordinary browser."""

    title: str = ""
    client: str = ""
    sources: tuple[Source, ...] = ()


class Gateway(_Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="gateway"):
    """A redirector in front of outside links: `https://link.example/?target={url}`."""

    template: str
    encoding: Encoding = Encoding.PERCENT
    signed: bool = False
    """The gateway answers only links the platform minted; a hand-made one says nothing."""
    also: tuple[str, ...] = ()
    """Further templates with the same encoding, of other hosts, clients or years: recognised, not probed."""


class InApp(_Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="in-app"):
    """A link tapped inside the app. What the app does is seen only from inside it, unless `opener` routes links
    through a URL anyone can ask (`{url}` stands for the percent-encoded target)."""

    opener: str = ""
    encoding: Encoding = Encoding.PERCENT


class HttpCall(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One declared request. `{url}`, `{text}`, `{token}`, `{message}` are filled in; `json` or `form`, not both.

    Strings like `${NAME}` take the environment variable NAME, which is how accounts stay out of the files.
    """

    url: str
    method: str = "POST"
    headers: dict[str, str] = {}
    json: dict[str, Any] | None = None
    form: dict[str, str] | None = None


class Accepted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """When an answer counts as accepted: status among `status`, and the body's field (a dotted path) equal to a value.

    `code` and `wording` are paths of the platform's own code and sentence; `message_id` of the new message.
    """

    status: tuple[int, ...] = (200, 201, 202, 204)
    field: str = ""
    equals: str | int | bool | None = None
    code: str = ""
    wording: str = ""
    message_id: str = ""
    rate_limited: tuple[str, ...] = ()
    """Codes (or HTTP statuses) that mean: too fast."""
    unauthorised: tuple[str, ...] = ()
    """Codes (or HTTP statuses) that mean: wrong or expired account."""


class ReadBack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """How another viewer looks at the message: the request, where the messages are, and what is in each.

    Paths are dotted (`data.items`, `0.text`, `*`); for an HTML answer they are CSS selectors.
    """

    call: HttpCall
    format: str = "json"
    """`json` or `html`."""
    messages: str = ""
    text: str = "text"
    links: str = ""
    """Where clickable links stand; empty means that URLs in an HTML text's anchors, or none in plain text, count."""
    card: "CardFields | None" = None
    within: float = 5.0
    """Seconds after which a message that has not been seen counts as dropped."""
    later: float = 0.0
    """Seconds after its arrival at which the message is looked for again; 0 for no second look."""


class CardFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a preview card's fields lie, as dotted paths."""

    at: str = ""
    title: str = "title"
    description: str = "description"
    image: str = "image"
    url: str = "url"


class MessageApi(
    _Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="message-api"
):
    """A message API over HTTP, declared: send, when it counts as accepted, and how another viewer reads it back."""

    send: HttpCall
    accepted: Accepted = Accepted()
    read: ReadBack | None = None
    text: str = "{url}"
    """The message; `{url}` is the target, `{token}` a random word by which the arrival is recognised."""
    accounts: tuple[str, ...] = ()
    """Environment variables that must be set; without them the cell is skipped."""


class PreviewApi(
    _Surface, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, tag="preview-api"
):
    """An API that returns a link's preview card without sending anything."""

    call: HttpCall
    card: CardFields = CardFields()
    accepted: Accepted = Accepted()
    accounts: tuple[str, ...] = ()


Surface: TypeAlias = Gateway | InApp | MessageApi | PreviewApi


class Phrase(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A wording the platform is known to use, what it means there, and an example it must match."""

    text: str
    means: Cause
    example: str = ""
    sources: tuple[Source, ...] = ()


class ShareDialog(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A page of the platform's that other sites open to have a link shared: its URL with `{url}` in it."""

    template: str
    anonymous: str = ""
    """What a visitor who is not logged in gets; a login wall there says nothing about the link."""
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
    phrases: tuple[Phrase, ...] = ()
    refusals: dict[str, Refusal] = {}
    """The codes with which it refuses a message."""
    added_parameters: tuple[str, ...] = ()
    """Query parameters this platform is known to add to outgoing links."""
    sources: tuple[Source, ...] = ()
    notes: str = ""


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
    own_hosts: tuple[str, ...] = ()
    """Hosts of what else the platform's owner offers: where a link rewritten to itself may lead."""
    salt: str = ""
    """Digest of everything in the files that shapes this cell, so that an edited scenario is a new cell."""

    @property
    def surface(self) -> Surface:
        """The surface itself."""
        return self.platform.surfaces[self.surface_id]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Platform, surface, target and vantage ids: the cell's name in every output."""
        return (self.platform.id, self.surface_id, self.target.id, self.vantage.id)

    @property
    def lane(self) -> str:
        """The rate budget and account this case draws on."""
        return f"{self.platform.id}@{self.vantage.id}"

    @property
    def client(self) -> Client | None:
        """The client the surface is seen with; None is the ordinary browser."""
        return self.platform.clients[self.surface.client] if self.surface.client else None
