"""Hosts, registrable domains and absolute URLs, for addresses as broken as pages have them."""

from functools import cache, lru_cache
from urllib.parse import urljoin, urlsplit

from publicsuffixlist import PublicSuffixList

LONGEST = 4096
"""Characters of an address that are read; data URLs and traps are longer."""


@cache
def _suffixes() -> PublicSuffixList:
    """The list, read when it is first needed: that takes a quarter of a second."""
    return PublicSuffixList()


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Host of an absolute URL, lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url[:LONGEST]).hostname or "").rstrip(".")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def domain_of(url: str) -> str:
    """Registrable domain of an absolute URL by the public suffix list; the host itself for addresses and suffixes."""
    host = host_of(url)
    if not host or host.replace(".", "").isdigit() or ":" in host:
        return host
    return _suffixes().privatesuffix(host) or host


def absolute(base: str, reference: str) -> str:
    """The reference made absolute; empty for fragments, and for what no browser could open."""
    reference = reference.strip()[:LONGEST]
    if not reference or reference[0] == "#":
        return ""
    if reference[:8].lower().startswith(("http://", "https://")):
        return reference
    if reference[0] == "/" and (origin := _origin(base)) is not None:
        scheme, host = origin
        return f"{scheme}:{reference}" if reference[1:2] == "/" else f"{scheme}://{host}{reference}"
    try:
        return urljoin(base, reference)
    except ValueError:
        return ""


@lru_cache(maxsize=256)
def _origin(base: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(base)
    except ValueError:
        return None
    return (parts.scheme, parts.netloc) if parts.scheme and parts.netloc else None


def is_web(url: str) -> bool:
    """Whether a browser opens the address as a page."""
    return url[:8].lower().startswith(("http://", "https://"))
