"""How sure the catalogue is of an entry, read off its sources. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from linkprobe.model import Source, Sure

STRONGEST_FIRST = (Sure.DOCUMENTED, Sure.RULE, Sure.REPORTED, Sure.UNVERIFIED)


class Sureness(NamedTuple):
    """The best word on an entry, and whether some of it is unverified all the same."""

    best: Sure
    partly: bool

    def __str__(self) -> str:
        return f"{self.best}, in part unverified" if self.partly else str(self.best)


def sureness(sources: Sequence[Source]) -> Sureness:
    """What nobody vouches for is unverified."""
    said = {source.sure or Sure.UNVERIFIED for source in sources} or {Sure.UNVERIFIED}
    best = next(word for word in STRONGEST_FIRST if word in said)
    return Sureness(best, best is not Sure.UNVERIFIED and Sure.UNVERIFIED in said)
