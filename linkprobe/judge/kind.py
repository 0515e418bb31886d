"""What kind of page stands in the target's place, by its structure first and its wording second."""

from enum import StrEnum
from typing import NamedTuple

import msgspec


class Kind(StrEnum):
    """What a page is, whoever sent it."""

    CONTENT = "content"
    """A page with matter of its own, or one that nothing gives away."""
    BLOCK = "block"
    """States that access is refused."""
    LEAVING = "leaving"
    """Stands before a link and lets its visitor go on by a click."""
    AUTO = "auto"
    """Stands before a link and goes on by itself after showing something."""
    COPY = "copy"
    """Tells its visitor to copy the address and open it elsewhere."""
    OPEN_IN_BROWSER = "open-in-browser"
    """Tells its visitor to open it in another browser, through a menu."""
    FORWARD = "forward"
    """Shows nothing and sends its visitor on: a silent shim, or the stub of a block page."""
    CHALLENGE = "challenge"
    LOGIN = "login"
    APP = "app"
    """Asks for an app."""
    HTTP_ERROR = "http-error"
    NET_ERROR = "net-error"
    """A gateway says that it cannot reach the server."""
    NOT_FOUND = "not-found"
    """Says that nothing is here, whatever the status."""
    PARKED = "parked"
    DEFAULT = "default"
    """A web server's or CDN's page for a host it does not serve."""
    EMPTY = "empty"


class Reading(msgspec.Struct, frozen=True):
    """A page's kind, the evidence in words, and how strong it is (0 to 1)."""

    kind: Kind
    evidence: str
    strength: float


class Sign(NamedTuple):
    """One sign: for which kind, its weight, and the evidence in words."""

    kind: Kind
    weight: float
    words: str
