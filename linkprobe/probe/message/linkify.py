"""Web addresses in plain text, found the way clients find them when they make links of them. Pure."""

import re
from collections.abc import Iterator
from html import unescape

_CJK = "\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\u2014\u2018-\u201f\u2026\ufe30-\ufe4f"
"""Punctuation of Chinese and Japanese, and curly quotes: an address ends before it."""
_BARE = re.compile(rf"(?:(?<![a-z0-9])https?://|(?<![\w/.@:-])www\.)[^\s<>\"`{_CJK}]+", re.IGNORECASE)
_BRACKETED = re.compile(r"<(https?://[^\s<>|]+)(?:\|[^<>]*)?>", re.IGNORECASE)
"""An address in angle brackets, perhaps with a label; escapes of HTML stand in it."""

_HOST = re.compile(
    r"https?://(?:[^/?#@]*@)?(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])(?::\d+)?(?:[/?#].*)?", re.IGNORECASE
)
"""An address whose host is one: `shop[.]example` is not."""

TRAILING = ".,:;!?'\""
CLOSING = {")": "(", "]": "[", "}": "{"}


def addresses(text: str) -> tuple[str, ...]:
    """The addresses in `text`, in order, each once. `www.` without a scheme counts; other bare names do not."""
    return tuple(dict.fromkeys(_found(text)))


def _found(text: str) -> Iterator[str]:
    at = 0
    for bracketed in _BRACKETED.finditer(text):
        yield from _bare(text[at : bracketed.start()])
        yield unescape(bracketed[1])
        at = bracketed.end()
    yield from _bare(text[at:])


def _bare(text: str) -> Iterator[str]:
    for found in _BARE.finditer(text):
        address = _trimmed(found[0])
        whole = address if "://" in address else f"http://{address}"
        if _HOST.fullmatch(whole):
            yield whole


def _trimmed(address: str) -> str:
    """Without the punctuation that belongs to the sentence around it; a bracket stays where it was opened inside."""
    while address and (address[-1] in TRAILING or _closes_what_is_outside(address)):
        address = address[:-1]
    return address


def _closes_what_is_outside(address: str) -> bool:
    opening = CLOSING.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)
