"""Exceptions of the world as values."""

import httpx

from linkprobe.model import Failure
from linkprobe.network.kinds import chain_of, kind_of

WORLDLY = (httpx.HTTPError, httpx.InvalidURL, OSError)
"""What a probe meets outside. Anything else it raises is a mistake of ours and stays an exception."""

LONGEST_DETAIL = 300


def failure_of(error: BaseException, url: str) -> Failure:
    """The failure that `error` is, which struck at `url`."""
    return Failure(kind_of(error), url, detail_of(error))


def detail_of(error: BaseException) -> str:
    """The cause chain in words for a human reader, on one line and bounded."""
    parts = dict.fromkeys(f"{type(link).__name__}: {link}".rstrip(": ") for link in chain_of(error))
    return printable(" <- ".join(parts))[:LONGEST_DETAIL]


def printable(text: str) -> str:
    """`text` with control characters, line ends and direction overrides as spaces."""
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)
