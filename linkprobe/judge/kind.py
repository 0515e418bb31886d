"""What kind of page stands in the target's place, by its structure first and its wording second."""

from collections import defaultdict
from enum import StrEnum
from functools import lru_cache
from math import exp

import msgspec

from linkprobe.page import Facts


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


@lru_cache(maxsize=128)
def kinds(facts: Facts, target: str = "") -> tuple[Reading, ...]:
    """All that the page may be, strongest first; never empty. `target` is the address the visitor asked for.

    Weights of independent signs add up; a sum of s gives the strength 1 - exp(-s).
    """
    from linkprobe.judge.signs import signs  # noqa: PLC0415  signs speak of kinds

    sums: dict[Kind, float] = defaultdict(float)
    words: dict[Kind, list[tuple[float, str]]] = defaultdict(list)
    for sign in signs(facts, target):
        sums[sign.kind] += sign.weight
        words[sign.kind].append((sign.weight, sign.words))
    ordered = sorted(sums.items(), key=lambda item: -item[1])
    found = tuple(Reading(kind, _evidence(words[kind]), round(1 - exp(-total), 3)) for kind, total in ordered)
    return found or (Reading(Kind.CONTENT, "nothing gives it away", 0.0),)


def _evidence(weighed: list[tuple[float, str]]) -> str:
    """The three weightiest signs."""
    return "; ".join(dict.fromkeys(words for _, words in sorted(weighed, key=lambda item: -item[0])[:3]))
