"""Whether a URL or a host name is one, by its spelling alone."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_LABEL = re.compile(r"[\w]([\w-]{0,61}[\w])?")
_BARE = re.compile(r"[^\s\x00-\x1f\x7f]+")
_HOLES = re.compile(r"\$?\{\w+\}")
_BASE = re.compile(r"\$\{\w+\}(?=/|$)")


def is_host(text: str) -> bool:
    """Whether this is a host name or an IP address; non-ASCII labels are allowed."""
    if ":" in text:
        return _is_address(text)
    return 0 < len(text) <= 253 and all(_LABEL.fullmatch(label) for label in text.split("."))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def url_fault(text: str, *, schemes: tuple[str, ...] = ("http", "https"), userinfo: bool = False) -> str:
    """What is wrong with an absolute URL, as the end of a sentence; empty where nothing is."""
    if not _BARE.fullmatch(text):
        return "is empty or holds a space or a control character"
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return "has a malformed host or port"
    return _parts_fault(parts, schemes, userinfo)


def _parts_fault(parts: SplitResult, schemes: tuple[str, ...], userinfo: bool) -> str:
    if parts.scheme not in schemes:
        return f"does not begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
    if not parts.hostname or not is_host(parts.hostname):
        return "has no proper host"
    if "@" in parts.netloc and not userinfo:
        return "holds a user name or password"
    return ""


def written_password(url: str) -> bool:
    """Whether a URL holds a password in plain, in place of a `${NAME}`."""
    account, at, _ = url.partition("://")[2].partition("/")[0].rpartition("@")
    password = _HOLES.sub("", account).partition(":")[2]
    return bool(at and password)


def without_holes(template: str) -> str:
    """The template with a letter in place of `{url}`, `{token}`, `${NAME}`, so that the rest can be looked at.

    A `${NAME}` that begins it stands for scheme and host, as of a server that everybody runs themselves.
    """
    return _HOLES.sub("x", _BASE.sub("https://x", template, count=1) if _BASE.match(template) else template)
