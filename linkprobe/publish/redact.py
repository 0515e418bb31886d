"""Secrets that a round may have met, taken out of what is published; the store keeps the bytes as they were."""

import re

REDACTED = "(redacted)"

_PARAMETER = re.compile(
    r"([?&;#](?:[\w.-]*[_.-])?(?:access_?token|auth|authorization|api_?key|bearer|cookie|credential|jwt|otp|passw(?:or)?d"
    r"|pass_?ticket|pwd|refresh_?token|secret|session(?:_?id)?|sid|sign|signature|sig|ticket|token)=)[^&#\s\"'<>]+",
    re.I,
)
_USERINFO = re.compile(r"\b(\w+://)[^/\s@:]+:[^/\s@]+@")
_HEADERS = frozenset(("authorization", "cookie", "proxy-authorization", "set-cookie", "set-cookie2", "x-api-key"))


def without_secrets(text: str) -> str:
    """`text` with the values of credential-like URL parameters and passwords in URLs replaced."""
    if "=" not in text and "@" not in text:
        return text
    return _USERINFO.sub(rf"\1{REDACTED}@", _PARAMETER.sub(rf"\1{REDACTED}", text))


def header(name: str, value: str) -> str:
    """A header's value as it may be shown: cookies by name only, credentials not at all."""
    if name.lower() not in _HEADERS:
        return without_secrets(value)
    if name.lower().startswith("set-cookie"):
        return f"{value.partition('=')[0][:80]}={REDACTED}"
    return REDACTED
