"""One request as the lab sees it."""

import asyncio
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.types import Receive, Scope

from linkprobe.lab.directory import Inside, ascii_host

_DOCUMENTS = frozenset({"", "document", "iframe"})


class Asked(NamedTuple):
    """Method, address, headers (names in lower case) and body; `inside` says from within which app it came."""

    method: str
    scheme: str
    host: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    inside: Inside | None
    transport: asyncio.Transport

    @property
    def url(self) -> str:
        """The full URL."""
        return f"{self.scheme}://{self.host}{self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters, decoded."""
        return dict(parse_qsl(self.query, keep_blank_values=True))

    @property
    def agent(self) -> str:
        """The user agent."""
        return self.headers.get("user-agent", "")

    @property
    def is_navigation(self) -> bool:
        """Whether the answer is to be a page; clients that say nothing ask for pages."""
        return self.headers.get("sec-fetch-dest", "") in _DOCUMENTS

    @property
    def kind(self) -> str:
        """What tells one kind of client from another: the names of the headers it sends."""
        return " ".join(sorted(name for name in self.headers if name not in ("cookie", "referer", "cache-control")))


async def read(scope: Scope, receive: Receive) -> Asked:
    """The request of an ASGI scope."""
    request = Request(scope, receive)
    state: dict[str, Any] = scope["state"]
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return Asked(
        method=request.method,
        scheme=scope["scheme"],
        host=ascii_host(request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")),
        path=raw.decode("ascii", "replace").partition("?")[0],
        query=scope["query_string"].decode("ascii", "replace"),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=await request.body(),
        inside=state["inside"],
        transport=state["transport"],
    )
