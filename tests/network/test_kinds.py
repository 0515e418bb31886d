"""Failure classes from exception types."""

import inspect
import ssl
from types import ModuleType

import httpcore
import httpx
import pytest

from linkprobe.model import FailureKind
from linkprobe.network import Unreachable
from linkprobe.network.kinds import KINDS, kind_of

OURS = {httpx.StreamError, httpx.StreamConsumed, httpx.StreamClosed, httpx.ResponseNotRead, httpx.RequestNotRead}
"""Mistakes in the use of httpx. They are no failures of the world."""
ABSTRACT = {httpx.HTTPError, httpx.RequestError, httpx.TransportError, httpx.CookieConflict}


def exceptions_of(module: ModuleType) -> list[type[BaseException]]:
    found = [value for _, value in inspect.getmembers(module, inspect.isclass) if issubclass(value, BaseException)]
    return [value for value in found if value not in OURS | ABSTRACT]


@pytest.mark.parametrize("error", [*exceptions_of(httpx), *exceptions_of(httpcore)], ids=str)
def test_every_exception_of_httpx_and_httpcore_has_a_class(error: type[BaseException]) -> None:
    assert any(issubclass(error, known) for known, _ in KINDS)


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (ConnectionRefusedError(111, ""), FailureKind.REFUSED),
        (ConnectionResetError(104, ""), FailureKind.RESET),
        (ssl.SSLEOFError(), FailureKind.CLOSED),
        (ssl.SSLCertVerificationError(), FailureKind.TLS_CERTIFICATE),
        (ssl.SSLError(), FailureKind.TLS_PROTOCOL),
        (TimeoutError(), FailureKind.TIMEOUT),
        (OSError(101, "Network is unreachable"), FailureKind.VANTAGE),
        (OSError(113, "No route to host"), FailureKind.REFUSED),
    ],
)
def test_the_cause_names_the_failure_where_the_message_is_empty(cause: Exception, kind: FailureKind) -> None:
    error = httpx.ConnectError("")
    error.__cause__ = httpcore.ConnectError("")
    error.__cause__.__cause__ = cause

    assert kind_of(error) is kind


def test_what_the_network_knows_goes_before_types() -> None:
    error = httpx.ConnectTimeout("")
    error.__cause__ = Unreachable(FailureKind.FORBIDDEN_ADDRESS, "10.0.0.1")

    assert kind_of(error) is FailureKind.FORBIDDEN_ADDRESS


def test_a_cycle_of_causes_ends() -> None:
    error, other = ValueError(), KeyError()
    error.__cause__, other.__cause__ = other, error

    assert kind_of(error) is FailureKind.UNKNOWN
