"""What rounds that run at the same time in one process have in common."""

from typing import NamedTuple

from linkprobe.audit.turns import Slots
from linkprobe.probe.browser import Driver


class Shared(NamedTuple):
    """`browsing` bounds the browser probes of all the rounds together; without a `driver` each starts its own."""

    browsing: Slots
    driver: Driver | None = None
