"""What a probe saw, never what it means. Times are seconds; offsets count from the start of the probe."""

from enum import StrEnum

import msgspec

from linkprobe.model.message import Viewer
from linkprobe.model.words import Arm, Executor


class FailureKind(StrEnum):
    """Why a visit or a send has no answer; closed, and named by exception class or net error, never by message."""

    DNS = "dns"
    REFUSED = "refused"
    RESET = "reset"
    CLOSED = "closed"
    TIMEOUT = "timeout"
    TLS_CERTIFICATE = "tls-certificate"
    TLS_PROTOCOL = "tls-protocol"
    VANTAGE = "vantage"
    """The proxy or device the probe stands behind failed; says nothing about the link."""
    TOO_MANY_REDIRECTS = "too-many-redirects"
    BAD_REDIRECT = "bad-redirect"
    PROTOCOL = "protocol"
    ABORTED = "aborted"
    """The navigation was given up by the page or turned into a download or an app launch."""
    FORBIDDEN_ADDRESS = "forbidden-address"
    """The name resolves to a private address, and live mode does not go there."""
    CRASHED = "crashed"
    UNKNOWN = "unknown"


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """The failure's class, the URL it struck, and the original wording for a human reader."""

    kind: FailureKind
    url: str = ""
    detail: str = ""


class HopWay(StrEnum):
    """What moved the visit on to this hop."""

    REQUEST = "request"
    REDIRECT = "redirect"
    META_REFRESH = "meta-refresh"
    SCRIPT = "script"
    CLICK = "click"
    HISTORY = "history"


class Hop(msgspec.Struct, frozen=True, omit_defaults=True):
    """One URL on the way. `at` is when it was asked for, `took` until its headers were there."""

    url: str
    status: int | None = None
    way: HopWay = HopWay.REQUEST
    location: str | None = None
    at: float = 0.0
    took: float = 0.0
    address: str | None = None
    """IP address and port that answered, where it is known."""


class Capture(msgspec.Struct, frozen=True, omit_defaults=True):
    """The page a visit ended on. `body` holds bytes as received (HTTP) or the final DOM in UTF-8 (browser)."""

    url: str
    status: int
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    truncated: bool = False
    digest: str = ""
    """SHA-256 hex of `body`; the store keeps the body under it."""


class EventKind(StrEnum):
    """Things that happen in a browser beside the navigation itself."""

    DIALOG = "dialog"
    DOWNLOAD = "download"
    NEW_TAB = "new-tab"
    APP_SCHEME = "app-scheme"
    BRIDGE_CALL = "bridge-call"
    CLICK = "click"
    SCRIPT_ERROR = "script-error"


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One such thing: `text` is the dialog's message, the file's name, the called method, the clicked label."""

    kind: EventKind
    at: float = 0.0
    url: str = ""
    text: str = ""


class Screenshot(msgspec.Struct, frozen=True, omit_defaults=True):
    """A small JPEG of the first viewport, by digest; support for a reader, never a reason for a verdict."""

    digest: str
    image: bytes = b""


class Visit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Opening one URL: every hop, the page it ended on, what happened beside it, and how long it took.

    `seconds` runs from the first request to the response of the landed document. `clicked` is the visit that
    followed when the probe pressed a continue button, so that an interstitial can be told from a block.
    """

    requested: str
    executor: Executor
    why: str = ""
    """Why this executor was chosen."""
    hops: tuple[Hop, ...] = ()
    page: Capture | None = None
    events: tuple[Event, ...] = ()
    failure: Failure | None = None
    seconds: float = 0.0
    settled: bool = True
    """False where the page was still navigating when the time was up."""
    screenshot: Screenshot | None = None
    clicked: "Visit | None" = None

    @property
    def landed(self) -> str | None:
        """The URL of the page the visit ended on, if it ended on one."""
        return self.page.url if self.page else None


class SendOutcome(StrEnum):
    """What the platform answered to a send."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    RATE_LIMITED = "rate-limited"
    UNAUTHORISED = "unauthorised"
    FAILED = "failed"
    INDETERMINATE = "indeterminate"
    """The process died after the message may have left; it is never sent again."""


class Sent(msgspec.Struct, frozen=True, omit_defaults=True):
    """The answer to sending: status, the platform's own code and wording, and the failure if there was none."""

    outcome: SendOutcome
    status: int | None = None
    code: str = ""
    wording: str = ""
    message_id: str = ""
    seconds: float = 0.0
    failure: Failure | None = None
    taken_back: bool | None = None
    """Whether the message was deleted when it had been looked at; None where the platform offers no way."""
    logging_in: bool = False
    """The answer is a login's, before anything was sent; it says nothing about the link."""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """A link's preview as the platform shows it; empty strings are fields the card lacks."""

    title: str = ""
    description: str = ""
    image: str = ""
    url: str = ""


class Shown(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What another viewer sees of the message. `links` are the clickable hrefs; `waited` the time until the last look.

    `looked` is False where the platform offers no way to look; then nothing else here means anything.
    """

    looked: bool = True
    arrived: bool = False
    text: str = ""
    links: tuple[str, ...] = ()
    card: Card | None = None
    card_expected: bool = False
    """Whether this surface says where a card would stand, so that its absence means something."""
    still_there: bool | None = None
    """Whether a later look found the message again; None where there was no later look."""
    waited: float = 0.0
    failure: Failure | None = None
    viewer: Viewer = Viewer.RECEIVER
    """As whom it was looked at."""
    clicked: str | None = None
    """The URL that a real click on the link asked for; empty where nothing happened, None where none was tried."""


class Observation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One arm as it was seen: what sending gave, what the recipient saw, what opening led to.

    Planes that the surface does not have, or that were never reached, are None. `blind` says why nothing was
    probed at all (no vantage inside the app, no account, a link only the platform can mint).
    """

    arm: Arm
    url: str
    """The target's URL as shared, before any template."""
    at: str = ""
    """UTC time of the start, ISO 8601."""
    sent: Sent | None = None
    shown: Shown | None = None
    visit: Visit | None = None
    blind: str = ""
    skipped: str = ""
    """Why the scenario's owner cannot have it probed (a missing account); the cell is then skipped."""
