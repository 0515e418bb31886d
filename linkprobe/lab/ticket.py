"""Links on their way through a platform of the lab, and the passes that let them leave an app."""

import time
from collections import OrderedDict
from random import Random
from secrets import token_hex
from typing import NamedTuple

from linkprobe.lab.directory import Inside
from linkprobe.model import Platform, Target, Treats

KEPT = 20_000
PASS_SECONDS = 10.0
"""A pass is used by the very next request of the same navigation; after this long it is void."""


class Ticket(NamedTuple):
    """One opening of one link on one surface, and the line of the world that applies to it."""

    platform: Platform
    surface_id: str
    url: str
    target: Target | None
    line: Treats
    vantage: str
    inside: Inside | None = None
    """The side of an app the request came from."""


class Tickets:
    """Tickets by the opaque code that stands for them in the platform's own URLs; the oldest are forgotten."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Ticket] = OrderedDict()

    def issue(self, ticket: Ticket) -> str:
        """A new code for the ticket."""
        code = token_hex(16)
        self._held[code] = ticket
        if len(self._held) > KEPT:
            self._held.popitem(last=False)
        return code

    def find(self, code: str) -> Ticket | None:
        """The ticket of a code."""
        return self._held.get(code)


class Passes:
    """Permission for the next request for a target to leave an app untreated, because the platform just sent it."""

    def __init__(self) -> None:
        self._until: dict[tuple[Inside, str, str], list[float]] = {}

    def give(self, inside: Inside, url: str, vantage: str) -> None:
        """Let one request for `url` through."""
        self._until.setdefault((inside, url, vantage), []).append(time.monotonic() + PASS_SECONDS)

    def take(self, inside: Inside, url: str, vantage: str) -> bool:
        """Use up a pass, if there is one."""
        now = time.monotonic()
        held = [until for until in self._until.pop((inside, url, vantage), []) if until > now]
        if len(held) > 1:
            self._until[(inside, url, vantage)] = held[1:]
        return bool(held)


class Turns:
    """Counts the probes of a link, so that a flapping line applies to every second one, beginning with the first.

    Counted by kind of client as well: a probe may open a link first with one and then with another.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[str, ...], int] = {}

    def odd(self, *key: str) -> bool:
        """Count one more probe and say whether it is the first, third, fifth."""
        self._seen[key] = self._seen.get(key, 0) + 1
        return self._seen[key] % 2 == 1


class Delays:
    """Draws the seconds a link is held back, normally distributed and never negative.

    Each link has a series of its own on each surface, seeded by their names, so that a lab repeats itself.
    """

    def __init__(self) -> None:
        self._series: dict[str, Random] = {}

    def next(self, ticket: Ticket) -> float:
        """The next delay of this link, in seconds."""
        series = f"{ticket.platform.id} {ticket.surface_id} {ticket.vantage} {ticket.url}"
        chance = self._series.setdefault(series, Random(series))
        return max(0.0, chance.gauss(ticket.line.seconds, ticket.line.spread))
