"""Captures and facts for tests, from a piece of HTML."""

from linkprobe.model import Capture
from linkprobe.page import Facts, read

URL = "https://target.example/path/page?a=1"

Headers = tuple[tuple[str, str], ...]


def capture(
    body: str | bytes,
    *,
    url: str = URL,
    status: int = 200,
    content_type: str = "text/html",
    headers: Headers = (),
    truncated: bool = False,
) -> Capture:
    """A capture of the body."""
    return Capture(
        url=url,
        status=status,
        content_type=content_type,
        headers=headers,
        body=body.encode() if isinstance(body, str) else body,
        truncated=truncated,
    )


def facts(
    body: str | bytes,
    *,
    url: str = URL,
    status: int = 200,
    content_type: str = "text/html",
    headers: Headers = (),
) -> Facts:
    """Facts of the body."""
    return read(capture(body, url=url, status=status, content_type=content_type, headers=headers))
