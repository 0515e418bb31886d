"""Putting a target into a gateway's URL template, and reading it out of a gateway's URL again."""

import base64
import binascii
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from linkprobe.model import Encoding

PLACEHOLDER = "{url}"


def gateway_url(template: str, encoding: Encoding, url: str) -> str:
    """The gateway's URL that carries `url`.

    Base64 is written in the standard alphabet with padding and then percent-encoded: decoders of the URL-safe
    alphabet commonly take the standard one too, the reverse is rare.
    """
    return template.replace(PLACEHOLDER, _encoded(encoding, url))


def gateway_target(template: str, encoding: Encoding, url: str) -> str | None:
    """The target that a gateway's URL carries, or None where `url` is not of this template.

    A query parameter is found by its name, wherever it stands, so that a platform may add others. Base64 is read in
    both alphabets, with or without padding.
    """
    slot = _slot(template) if encoding is not Encoding.RAW else None
    carried = _between(template, url) if slot is None else _named(template, slot, url)
    return _decoded(encoding, carried) or None if carried is not None else None


def likeness(template: str, url: str) -> int:
    """How many of the template's own parameters `url` has with the same values.

    It tells apart templates that share host, path and the parameter of the target.
    """
    own = [part for part in urlsplit(template).query.split("&") if part and PLACEHOLDER not in part]
    return len(set(own) & set(urlsplit(url).query.split("&")))


def _encoded(encoding: Encoding, url: str) -> str:
    match encoding:
        case Encoding.PERCENT:
            return quote(url, safe="")
        case Encoding.DOUBLE_PERCENT:
            return quote(quote(url, safe=""), safe="")
        case Encoding.BASE64:
            return quote(base64.b64encode(url.encode()).decode(), safe="")
        case _:
            return url


def _decoded(encoding: Encoding, carried: str) -> str | None:
    try:
        match encoding:
            case Encoding.PERCENT:
                return unquote(carried, errors="strict")
            case Encoding.DOUBLE_PERCENT:
                return unquote(unquote(carried, errors="strict"), errors="strict")
            case Encoding.BASE64:
                return _from_base64(unquote(carried, errors="strict"))
            case _:
                return carried
    except (UnicodeDecodeError, UnicodeEncodeError, binascii.Error):
        return None


def _from_base64(text: str) -> str:
    standard = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    padding = "=" * (-len(standard) % 4)
    return base64.b64decode(standard.encode() + padding.encode(), validate=True).decode()


class _Slot(NamedTuple):
    """The query parameter that holds the target, and what stands around the target in its value."""

    name: str
    before: str
    after: str


def _slot(template: str) -> _Slot | None:
    for part in urlsplit(template).query.split("&"):
        name, _, value = part.partition("=")
        before, found, after = value.partition(PLACEHOLDER)
        if found and name:
            return _Slot(name, before, after)
    return None


def _named(template: str, slot: _Slot, url: str) -> str | None:
    try:
        wanted, given = urlsplit(template), urlsplit(url)
    except ValueError:
        return None
    here = (wanted.scheme, wanted.netloc.lower(), wanted.path or "/")
    if here != (given.scheme, given.netloc.lower(), given.path or "/"):
        return None
    values = dict(part.partition("=")[::2] for part in reversed(given.query.split("&")))
    value = values.get(slot.name)
    return None if value is None else _between(f"{slot.before}{PLACEHOLDER}{slot.after}", value)


def _between(template: str, text: str) -> str | None:
    """What stands in `text` where the template has its placeholder."""
    before, _, after = template.partition(PLACEHOLDER)
    if not text.startswith(before) or not text.endswith(after) or len(text) < len(before) + len(after):
        return None
    return text[len(before) : len(text) - len(after)]
