"""A described lab internet: which platform treats which target how, on which date. The ground truth follows from it."""

from enum import StrEnum

import msgspec

from linkprobe.model.source import Source


class Treatment(StrEnum):
    """What a platform of the lab does to a link. The first group lets it through."""

    DIRECT = "direct"
    SHIM = "shim"
    SHIM_SCRIPT = "shim-script"
    SHIM_META = "shim-meta-refresh"
    ADD_PARAMETERS = "add-parameters"

    STRIP_PARAMETERS = "strip-parameters"
    DELAY = "delay"
    NO_CARD = "no-card"
    STRIPPED_CARD = "stripped-card"
    PLAIN_TEXT = "plain-text"
    INTERSTITIAL_AUTO = "interstitial-auto"
    INTERSTITIAL_CLICK = "interstitial-click"
    COPY_ONLY = "copy-only"
    LOGIN_WALL = "login-wall"
    APP_WALL = "app-wall"
    CHALLENGE = "challenge"
    REWRITE_TO_SELF = "rewrite-to-self"
    ALTER = "alter"

    BLOCK_PAGE = "block-page"
    SEND_REFUSED = "send-refused"
    SILENT_DROP = "silent-drop"
    REPLACE_CONTENT = "replace-content"
    REMOVE_LATER = "remove-later"
    DEAD_CLICK = "dead-click"
    RESET = "reset"

    PLATFORM_DOWN = "platform-down"


class Condition(StrEnum):
    """The state a target itself is in, for everybody or for some clients."""

    UP = "up"
    DOWN_REFUSED = "down-refused"
    DOWN_DNS = "down-dns"
    DOWN_RESET = "down-reset"
    DOWN_TIMEOUT = "down-timeout"
    DOWN_ERROR = "down-error"
    """Answers 503."""
    GATE = "gate"
    """Turns visitors away whose user agent contains one of `agents`."""
    LOGIN = "login"
    SLOW = "slow"
    CHALLENGE = "challenge"
    CHANGED = "changed"
    """Answers with a page that lacks the landmark, to everybody."""


class CardField(StrEnum):
    """A part of a preview card."""

    TITLE = "title"
    DESCRIPTION = "description"
    IMAGE = "image"


class Treats(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One line of a world: on these surfaces, links to these targets get this treatment. Later lines win.

    Empty lists mean all. `targets`, `categories`, `owners` and `roles` (as `Role` values) are alternatives: a link
    matches if any given one names it. `seconds` is the delay or countdown, `spread` the standard deviation of the
    delay; `code` and `wording` what a refusal says; `flap` lets the line apply to every second probe of a link only.
    `fields` are the card's fields that a stripped card loses.
    """

    treatment: Treatment
    surfaces: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    vantages: tuple[str, ...] = ()
    seconds: float = 2.0
    spread: float = 0.0
    code: str = ""
    wording: str = ""
    parameters: tuple[str, ...] = ()
    fields: tuple[CardField, ...] = (CardField.DESCRIPTION, CardField.IMAGE)
    flap: bool = False
    source: str = ""


class Is(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """The condition targets are in."""

    condition: Condition
    targets: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    seconds: float = 2.0
    vantages: tuple[str, ...] = ()
    source: str = ""


class World(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A dated, sourced lab internet. Platforms not named treat every link as `direct`."""

    id: str = msgspec.field(name="world")
    title: str
    date: str
    sources: tuple[Source, ...] = ()
    leaves_out: str = ""
    """What of the documented situation this world does not show."""
    scenarios: tuple[str, ...] = ()
    """The scenario files or folders this world is audited with by default."""
    platforms: dict[str, tuple[Treats, ...]] = {}
    targets: tuple[Is, ...] = ()
