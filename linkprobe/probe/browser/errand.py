"""What one visit is asked to do, and which host it is after."""

import base64
import binascii
import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from linkprobe.model import Landmark, Vantage
from linkprobe.page.address import domain_of
from linkprobe.probe.browser.limits import BrowserLimits

CARRIED = re.compile(r"(?:^|[=/?&#:,])(https?://[^\s&]+)", re.IGNORECASE)
PACKED = re.compile(r"aHR0c[A-Za-z0-9+/_-]{8,}={0,2}")
"""Base64 of what starts with `http`."""

DECODINGS = 3
"""How often a link may be percent-encoded in another."""

SAME_PLACE = ("www.", "m.", "wap.", "mobile.")
"""First labels that lead to the same site."""


class Errand(NamedTuple):
    """The arguments of one visit."""

    vantage: Vantage
    url: str
    inside: str | None
    why: str
    landmark: Landmark | None
    click_through: bool
    target: str
    limits: BrowserLimits

    def is_at_target(self, url: str) -> bool:
        """Whether `url` is on the host the link is for."""
        return site(url) == site(self._after)

    def is_at_site(self, url: str) -> bool:
        """Whether `url` is anywhere on the site the link is for, by registrable domain."""
        return domain_of(url) == domain_of(self._after)

    @property
    def _after(self) -> str:
        return self.target or carried(self.url) or self.url


def site(url: str) -> str:
    """The host of `url` without a first label that means nothing."""
    host = (urlsplit(url).hostname or "").lower()
    label = next((label for label in SAME_PLACE if host.startswith(label)), "")
    return host.removeprefix(label)


def carried(url: str) -> str | None:
    """The link that `url` carries in its path, query or fragment: plain, percent-encoded or in base64."""
    rest = url.partition("://")[2].partition("/")[2]
    for _ in range(DECODINGS):
        if found := CARRIED.search(rest):
            return found[1]
        rest = unquote(rest)
    return next((link for part in PACKED.findall(rest) if (link := _unpacked(part))), None)


def _unpacked(part: str) -> str | None:
    padded = part.rstrip("=") + "=" * (-len(part.rstrip("=")) % 4)
    try:
        text = base64.b64decode(padded.translate(str.maketrans("-_", "+/")), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return text if text.startswith(("http://", "https://")) else None
