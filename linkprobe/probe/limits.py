"""How much of a hostile world one probe takes in."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one HTTP visit. Bytes are counted as received and again as decoded, so that no bomb outgrows them."""

    body: int = 2 * 1024 * 1024
    """Bytes of the landed page."""
    hops: int = 20
    """Redirects that are followed; what Chromium and curl's users call a loop."""
    hop_seconds: float = 15.0
    """Until a hop's headers are there."""
    total_seconds: float = 30.0
    """For the whole visit, body included."""


LIMITS = Limits()
