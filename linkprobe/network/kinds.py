"""The class of a failure, read from the types in its cause chain: the messages of most are empty or change."""

import errno
import ssl
import zlib
from collections.abc import Iterator
from socket import gaierror
from typing import TypeGuard

import anyio
import h2.events
import h2.exceptions
import h11
import hpack
import httpcore
import httpx

from linkprobe.model import FailureKind as Kind
from linkprobe.network.failure import Unreachable

LONGEST_CHAIN = 12

KINDS: tuple[tuple[type[BaseException], Kind], ...] = (
    (ssl.SSLCertVerificationError, Kind.TLS_CERTIFICATE),
    (ConnectionRefusedError, Kind.REFUSED),
    (ConnectionResetError, Kind.RESET),
    (ConnectionAbortedError, Kind.RESET),
    (BrokenPipeError, Kind.RESET),
    (gaierror, Kind.DNS),
    (ssl.SSLEOFError, Kind.CLOSED),
    (ssl.SSLZeroReturnError, Kind.CLOSED),
    (TimeoutError, Kind.TIMEOUT),
    (ssl.SSLError, Kind.TLS_PROTOCOL),
    (httpcore.ProxyError, Kind.VANTAGE),
    (httpx.ProxyError, Kind.VANTAGE),
    (h11.ProtocolError, Kind.PROTOCOL),
    (h2.exceptions.H2Error, Kind.PROTOCOL),
    (hpack.HPACKError, Kind.PROTOCOL),
    (zlib.error, Kind.PROTOCOL),
    (anyio.EndOfStream, Kind.CLOSED),
    (anyio.ClosedResourceError, Kind.CLOSED),
    (anyio.BrokenResourceError, Kind.RESET),
    (httpcore.TimeoutException, Kind.TIMEOUT),
    (httpx.TimeoutException, Kind.TIMEOUT),
    (httpx.TooManyRedirects, Kind.TOO_MANY_REDIRECTS),
    (httpx.InvalidURL, Kind.BAD_REDIRECT),
    (httpcore.UnsupportedProtocol, Kind.BAD_REDIRECT),
    (httpx.UnsupportedProtocol, Kind.BAD_REDIRECT),
    (httpcore.ConnectionNotAvailable, Kind.CLOSED),
    (httpcore.NetworkError, Kind.CLOSED),
    (httpx.NetworkError, Kind.CLOSED),
    (httpcore.ProtocolError, Kind.PROTOCOL),
    (httpx.ProtocolError, Kind.PROTOCOL),
    (httpx.DecodingError, Kind.PROTOCOL),
    (httpx.HTTPStatusError, Kind.PROTOCOL),
)
"""Most telling first: the first type that occurs anywhere in the chain names the failure."""

NUMBERS: dict[int | None, Kind] = {
    errno.ENETUNREACH: Kind.VANTAGE,
    errno.ENETDOWN: Kind.VANTAGE,
    errno.EADDRNOTAVAIL: Kind.VANTAGE,
    errno.EMFILE: Kind.VANTAGE,
    errno.EHOSTUNREACH: Kind.REFUSED,
    errno.EHOSTDOWN: Kind.REFUSED,
    errno.EACCES: Kind.REFUSED,
    errno.EPERM: Kind.REFUSED,
}
"""System errors without a class of their own: no route of ours, or somebody on the way says no."""


def kind_of(error: BaseException) -> Kind:
    """What class of failure `error` is; `unknown` where no type in its chain says so."""
    chain = tuple(chain_of(error))
    for link in chain:
        if isinstance(link, Unreachable):
            return link.kind
    if ended := _ended(chain):
        return ended
    named = (kind for known, kind in KINDS for link in chain if isinstance(link, known))
    numbered = (NUMBERS[link.errno] for link in chain if _is_numbered(link))
    return next(numbered, None) or next(named, Kind.UNKNOWN)


def chain_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, outermost first."""
    link: BaseException | None = error
    for _ in range(LONGEST_CHAIN):
        if link is None:
            return
        yield link
        link = link.__cause__ or link.__context__


def _is_numbered(link: BaseException) -> TypeGuard[OSError]:
    """Whether its number is the system's; those of ssl and of name lookups are others."""
    return isinstance(link, OSError) and not isinstance(link, ssl.SSLError | gaierror) and link.errno in NUMBERS


def _ended(chain: tuple[BaseException, ...]) -> Kind | None:
    """How the server ended the exchange: httpcore puts the HTTP/2 event into the error, and nothing for a FIN."""
    last = chain[-1]
    if not isinstance(last, httpcore.RemoteProtocolError) or not last.args:
        return None
    if isinstance(last.args[0], h2.events.StreamReset):
        return Kind.RESET
    return Kind.CLOSED if isinstance(last.args[0], str | h2.events.ConnectionTerminated) else None
