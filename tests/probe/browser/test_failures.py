import pytest

from linkprobe.model import FailureKind as Kind
from linkprobe.probe.browser.failures import FAMILIES, KINDS, kind_of

MEASURED = [
    ("net::ERR_NAME_NOT_RESOLVED", Kind.DNS),
    ("net::ERR_CONNECTION_REFUSED", Kind.REFUSED),
    ("net::ERR_CONNECTION_RESET", Kind.RESET),
    ("net::ERR_CONNECTION_CLOSED", Kind.CLOSED),
    ("net::ERR_EMPTY_RESPONSE", Kind.CLOSED),
    ("net::ERR_TIMED_OUT", Kind.TIMEOUT),
    ("net::ERR_CERT_COMMON_NAME_INVALID", Kind.TLS_CERTIFICATE),
    ("net::ERR_CERT_AUTHORITY_INVALID", Kind.TLS_CERTIFICATE),
    ("net::ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", Kind.TLS_CERTIFICATE),
    ("net::ERR_SSL_PROTOCOL_ERROR", Kind.TLS_PROTOCOL),
    ("net::ERR_SSL_UNSUPPORTED_EXTENSION", Kind.TLS_PROTOCOL),
    ("net::ERR_SOCKS_CONNECTION_FAILED", Kind.VANTAGE),
    ("net::ERR_TUNNEL_CONNECTION_FAILED", Kind.VANTAGE),
    ("net::ERR_PROXY_CONNECTION_FAILED", Kind.VANTAGE),
    ("net::ERR_TOO_MANY_REDIRECTS", Kind.TOO_MANY_REDIRECTS),
    ("net::ERR_INVALID_REDIRECT", Kind.BAD_REDIRECT),
    ("net::ERR_UNSAFE_PORT", Kind.BAD_REDIRECT),
    ("net::ERR_HTTP2_PROTOCOL_ERROR", Kind.PROTOCOL),
    ("net::ERR_ABORTED", Kind.ABORTED),
    ("net::ERR_SOMETHING_NEW", Kind.UNKNOWN),
    ("", Kind.UNKNOWN),
]


@pytest.mark.parametrize(("error", "kind"), MEASURED, ids=[error for error, _ in MEASURED])
def test_a_net_error_has_its_kind(error: str, kind: Kind) -> None:
    assert kind_of(error) is kind


def test_no_family_hides_an_exact_name() -> None:
    assert all(kind_of(f"net::ERR_{name}") is kind for name, kind in KINDS.items())


def test_every_family_is_named_once() -> None:
    assert len({family for family, _ in FAMILIES}) == len(FAMILIES)
