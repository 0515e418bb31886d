"""A stage on loopback: named hosts over real TLS, pages set by each test, and one browser for the session."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest

from linkprobe.model import Vantage, Visit
from linkprobe.network import Mapped, read_entry
from linkprobe.probe.browser import BrowserLimits, Chromium
from tests.loopback import Reply, ca_file, closed_port, context_for, website

HERE = Vantage()
HOSTS = ("gate.test", "shop.test", "www.shop.test", "cdn.test")
QUICK = BrowserLimits(total=20.0, load=3.0, suspected=6.0, reading=2.0)

Answer: TypeAlias = Reply | Callable[["Asked"], Reply]


class Asked(NamedTuple):
    """One request as the stage got it."""

    method: str
    host: str
    path: str
    query: str
    headers: dict[str, str]


def html(body: str, status: int = 200, **headers: str) -> Reply:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return status, [("content-type", "text/html; charset=utf-8"), *named], body.encode()


def to(location: str, status: int = 302) -> Reply:
    return status, [("location", location)], b""


class Stage:
    """Answers by host and path, and remembers who asked for what."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.delays: dict[str, float] = {}

    def put(self, page: str, answer: Answer | str, *, after: float = 0.0) -> str:
        """Show `answer` (a text is an HTML body) at `host/path`; the URL."""
        self.pages[page] = html(answer) if isinstance(answer, str) else answer
        self.delays[page] = after
        return f"https://{page}"

    def requests(self, page: str) -> list[Asked]:
        return [asked for asked in self.asked if f"{asked.host}{asked.path}" == page]

    async def app(self, scope: dict[str, Any], _: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        if scope["type"] != "http":
            return
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", headers.get(":authority", "")).partition(":")[0]
        asked = Asked(scope["method"], host, scope["path"], scope["query_string"].decode(), headers)
        self.asked.append(asked)
        page = f"{host}{scope['path']}"
        await asyncio.sleep(self.delays.get(page, 0.0))
        answer = self.pages.get(page, (404, [("content-type", "text/html")], b"nothing here"))
        status, lines, body = answer(asked) if callable(answer) else answer
        raw = [(name.encode(), value.encode("latin-1")) for name, value in lines]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": body})


class Theatre(NamedTuple):
    stage: Stage
    network: Mapped
    chromium: Chromium

    async def see(self, url: str, **how: Any) -> Visit:
        """The visit to `url`, as the ordinary browser unless told otherwise."""
        return await self.chromium.visit(HERE, url, **{"client": None, "limits": QUICK, **how})


@pytest.fixture(scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Theatre]:
    stage = Stage()
    folder: Path = tmp_path_factory.mktemp("stage")
    async with website(stage.app, context_for(*HOSTS)) as port, website(stage.app) as plain:
        lines = [f"{host}:443:127.0.0.1:{port}" for host in HOSTS] + [f"{host}:80:127.0.0.1:{plain}" for host in HOSTS]
        lines += [f"dead.test:443:127.0.0.1:{closed_port()}", f"wrong.test:443:127.0.0.1:{port}"]
        network = Mapped(tuple(map(read_entry, lines)), ca=ca_file(folder))
        async with Chromium(network) as chromium:
            yield Theatre(stage, network, chromium)
        await network.aclose()


@pytest.fixture
def theatre(house: Theatre) -> Theatre:
    """The house, swept: no page of another test is left."""
    house.stage.pages.clear()
    house.stage.asked.clear()
    house.stage.delays.clear()
    return house
