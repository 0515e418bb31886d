"""How much of a hostile world one probe takes in."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Bounds of one visit. Bytes are counted as received and again as decoded, so that no archive outgrows them."""

    body: int = 2 * 1024 * 1024
    """Bytes of the landed page."""
    hops: int = 20
    """Redirects that are followed; what Chromium and curl's users call a loop."""
    hop_seconds: float = 15.0
    """Until an HTTP hop's headers are there."""
    total_seconds: float = 30.0
    """For a whole HTTP visit, body included."""
    browser_seconds: float = 30.0
    """For a whole browser visit."""


LIMITS = Limits()
