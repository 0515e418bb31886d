"""Where a `Location` leads, read as a browser reads it: lenient about bytes, strict about schemes."""

import re
from typing import NamedTuple

import httpx

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_BEGINNING = re.compile(r"((?:https?:)?)(/*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(rb"[^\x00-\x20\x7f-\xff%#/<>?@\\^|\"{}`]+")
"""Whatever WHATWG's URL standard does not forbid in a host name."""
_DROPPED = str.maketrans("", "", "\t\r\n")
_TRIMMED = "".join(map(chr, range(0x21)))
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]")

NEVER = frozenset({"about", "blob", "chrome", "data", "file", "filesystem", "ftp", "javascript", "view-source"})
"""Schemes a browser does not let a server redirect to; they are no app's either."""


class AppLink(NamedTuple):
    """A redirect into an app: the URL in full, fragment included."""

    url: str


def readable(raw: bytes) -> str:
    """The header's text: UTF-8, or other bytes percent-escaped; trimmed, without line ends, controls escaped."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = "".join(chr(byte) if byte < 0x80 else f"%{byte:02X}" for byte in raw)
    text = text.strip(_TRIMMED).translate(_DROPPED)
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", text)


def resolve(text: str, base: httpx.URL | None = None) -> httpx.URL | AppLink:
    """The URL that `text` (as `readable` gives it) means at `base`. Its fragment, or else the base's, is kept.

    Raises `httpx.InvalidURL` for what no browser follows.
    """
    scheme = _SCHEME.match(text)
    name = scheme[1].lower() if scheme else ""
    if name and name not in ("http", "https"):
        if name in NEVER:
            raise httpx.InvalidURL(f"a redirect to {name}:")
        return AppLink(text)
    straight = _straight(text, base.scheme if base else "")
    try:
        url = base.join(straight) if base else httpx.URL(straight)
    except ValueError as error:  # urljoin's word for brackets that do not match
        raise httpx.InvalidURL(str(error)) from None
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host) or (url.port or 0) > 65535:
        raise httpx.InvalidURL(f"no host that exists in {text[:200]!r}")
    inherited = str(base).partition("#")[2] if base else ""
    return url.join(f"#{inherited}") if inherited and "#" not in straight else url


def _straight(text: str, scheme: str) -> str:
    """What browsers make of a web URL's beginning: backslashes before the query are slashes, any number of slashes
    but one leads to a host, and `https:path` stays on an https host."""
    path, mark, rest = text.partition("?")
    named, slashes, place = _BEGINNING.fullmatch(path.replace("\\", "/")).groups()  # type: ignore[union-attr]
    relative = len(slashes) < 2 and named.lower().rstrip(":") in ("", scheme)
    if relative:
        return slashes + place + mark + rest
    if not place:
        raise httpx.InvalidURL("a URL without a host")
    return f"{named.lower() or f'{scheme}:'}//{place}{mark}{rest}"
