"""The sites that links lead to: a shop, a library, a redirector, and a page of warning that leads on."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from html import escape
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from linkprobe.network import Entry
from tests.loopback import App, Reply, answering, context_for, website

SHOP = "shop.example"
LIBRARY = "library.example"
GATE = "gate.example"
GO = "go.example"
SECURE = "secure.example"
PASSED = "passed=1"
"""What the page of warning adds to an address, so that the network behind it lets it pass."""
CLAW = "Claw hammer, sixteen ounces"
HOURS = "Opening hours of the reading room"


class Sites(NamedTuple):
    """Ports on loopback; each site has one of its own, so that it may be named by a bare address as well."""

    shop: int
    public_library: int
    gate: int
    go: int
    secure: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Where their names lead."""
        return tuple(Entry(host, port, "127.0.0.1", port) for host, port in self.ports.items())

    @property
    def ports(self) -> dict[str, int]:
        """The port of each name."""
        return {SHOP: self.shop, LIBRARY: self.public_library, GATE: self.gate, GO: self.go, SECURE: self.secure}

    def url(self, host: str, path: str = "/") -> str:
        """The address of a page."""
        return f"{'https' if host == SECURE else 'http'}://{host}:{self.ports[host]}{path}"

    def targets(self, rival: str = SHOP) -> str:
        """The shop, or another rival, and the library as harmless link; as a scenario declares them."""
        return f"""
define:
  - {{target: rival, url: "{self.url(rival, "/hammer?from=chat")}", category: shops, landmark: {{text: "{CLAW}"}}}}
  - {{target: plain, url: "{self.url(LIBRARY, "/hours")}", category: shops, neutral: true,
     landmark: {{text: "{HOURS}"}}}}
"""


@asynccontextmanager
async def sites(*further: str) -> AsyncIterator[Sites]:
    """All of them, until the end of the block; the secure one answers to the names in `further` as well."""
    async with AsyncExitStack() as stack:
        shop = await stack.enter_async_context(website(_page(CLAW, "Forged in one piece, with a handle of ash.")))
        library = await stack.enter_async_context(
            website(_page(HOURS, "From nine to five, and on Thursdays to eight."))
        )
        gate = await stack.enter_async_context(website(answering(_warning)))
        secure = await stack.enter_async_context(
            website(_page(CLAW, "The same hammer, by a safe connection."), context_for(SECURE, *further))
        )
        go = await stack.enter_async_context(website(answering(_redirect)))
        yield Sites(shop, library, gate, go, secure)


def _page(title: str, matter: str) -> App:
    paragraphs = "".join(f"<p>{title}, paragraph {number}. {matter}</p>" for number in range(1, 9))
    page = f"""<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">
<meta property="og:description" content="{matter}"></head><body><h1>{title}</h1>{paragraphs}</body></html>"""
    return answering(lambda _: (200, [("content-type", "text/html; charset=utf-8")], page.encode()))


def _asked_for(scope: dict[str, Any], name: str) -> str:
    query: bytes = scope["query_string"]
    return parse_qs(query.decode()).get(name, [""])[0]


def _redirect(scope: dict[str, Any]) -> Reply:
    return 302, [("location", _asked_for(scope, "to"))], b""


def _warning(scope: dict[str, Any]) -> Reply:
    address = _asked_for(scope, "target")
    target = escape(f"{address}{'&' if '?' in address else '?'}{PASSED}")
    page = f"""<!doctype html><html lang="en"><head><title>You are leaving</title></head><body>
<h1>You are leaving this service</h1><p>The site you want to visit is not ours, and may be unsafe.</p>
<p>{target}</p><a href="{target}">Continue</a></body></html>"""
    return 200, [("content-type", "text/html; charset=utf-8")], page.encode()
