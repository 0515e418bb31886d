"""Putting a target into a gateway's URL template, and reading it out of a gateway's URL again."""

import base64
import binascii
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
    name = _parameter(template) if encoding is not Encoding.RAW else None
    carried = _text_between(template, url) if name is None else _named(template, name, url)
    return _decoded(encoding, carried) or None if carried is not None else None


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


def _parameter(template: str) -> str | None:
    """The name of the query parameter that is the placeholder and nothing else."""
    for part in urlsplit(template).query.split("&"):
        name, _, value = part.partition("=")
        if value == PLACEHOLDER and name:
            return name
    return None


def _named(template: str, name: str, url: str) -> str | None:
    try:
        wanted, given = urlsplit(template), urlsplit(url)
    except ValueError:
        return None
    here = (wanted.scheme, wanted.netloc.lower(), wanted.path or "/")
    if here != (given.scheme, given.netloc.lower(), given.path or "/"):
        return None
    values = dict(part.partition("=")[::2] for part in reversed(given.query.split("&")))
    return values.get(name)


def _text_between(template: str, url: str) -> str | None:
    before, _, after = template.partition(PLACEHOLDER)
    if not url.startswith(before) or not url.endswith(after) or len(url) < len(before) + len(after):
        return None
    return url[len(before) : len(url) - len(after)]
