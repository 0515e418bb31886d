"""The shipped worlds, each played by one lab process for the whole session, and clients that stand inside them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from linkprobe.lab import LabAddress, running
from linkprobe.model import Vantage
from linkprobe.network import Lab
from linkprobe.scenario import Catalogue, load_catalogue, shipped

HERE = Vantage(id="here")
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"


class Visitor:
    """Opens URLs in a lab: from outside, or with `inside` (platform/surface) from within an app."""

    def __init__(self, address: LabAddress, catalogue: Catalogue) -> None:
        self.address = address
        self.catalogue = catalogue
        self.network = Lab(address.table, Path(address.ca), address.insides, address.vantages)

    async def ask(
        self,
        url: str,
        *,
        method: str = "GET",
        inside: str = "",
        agent: str = DESKTOP,
        follow: bool = True,
        **more: object,
    ) -> httpx.Response:
        proxy = self.network.inside(*inside.split("/")) if inside else None
        transport = self.network.transport(HERE, proxy)
        async with httpx.AsyncClient(transport=transport, follow_redirects=follow, timeout=10) as client:
            client.headers["user-agent"] = agent
            return await client.request(method, url, **more)  # type: ignore[arg-type]

    async def open(self, target: str, *, inside: str = "", **more: object) -> httpx.Response:
        """The target's link, tapped or typed."""
        return await self.ask(self.catalogue.targets[target].url, inside=inside, **more)  # type: ignore[arg-type]

    async def through(self, gateway: str, target: str, **more: object) -> httpx.Response:
        """The target's link behind a gateway's URL that ends with it."""
        url = str(httpx.QueryParams({"u": self.catalogue.targets[target].url}))
        return await self.ask(gateway + url.removeprefix("u="), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(shipped())


@pytest_asyncio.fixture(scope="session")
async def fiction(catalogue: Catalogue) -> AsyncIterator[Visitor]:
    """A visitor of the world `every-treatment`."""
    async with running(catalogue.worlds["every-treatment"], catalogue) as address:
        visitor = Visitor(address, catalogue)
        yield visitor
        await visitor.network.aclose()


@pytest_asyncio.fixture(scope="session")
async def china(catalogue: Catalogue) -> AsyncIterator[Visitor]:
    """A visitor of the world of 29 November 2021."""
    async with running(catalogue.worlds["china-2021-11-29"], catalogue) as address:
        visitor = Visitor(address, catalogue)
        yield visitor
        await visitor.network.aclose()


@pytest.fixture
def no_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that must be empty at the end."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == []
