"""What of a response's headers may be kept: all of them, bounded, without anybody's secrets."""

from linkprobe.probe.failures import printable

MOST_HEADERS = 100
LONGEST_HEADER = 4096
HIDDEN = "[redacted]"

SECRET = frozenset(
    {
        "authorization",
        "proxy-authorization",
        "authentication-info",
        "proxy-authentication-info",
        "cookie",
        "x-csrf-token",
    }
)
"""Headers whose values open doors. Set-Cookie keeps its cookie's name, which says what set it (a challenge, say)."""


def kept_headers(raw: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Names in lower case and values, in order."""
    return tuple(_kept(name.lower(), value) for name, value in raw[:MOST_HEADERS])


def _kept(name: bytes, value: bytes) -> tuple[str, str]:
    known = printable(name.decode("latin-1"))[:LONGEST_HEADER]
    if known in SECRET:
        return known, HIDDEN
    text = printable(value[:LONGEST_HEADER].decode("utf-8", "replace"))
    if known == "set-cookie":
        cookie, given, _ = text.partition(";")[0].partition("=")
        return known, f"{cookie.strip()}={HIDDEN}" if given else HIDDEN
    return known, text
