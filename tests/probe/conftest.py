"""A map to loopback servers for the probes' tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from linkprobe.network import Entry, Mapped
from tests.loopback import ca_file


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ca_file(tmp_path_factory.mktemp("ca"))


class Net:
    """A mapped network that a test fills by and by."""

    def __init__(self, ca: Path) -> None:
        self._ca = ca
        self._entries: list[Entry] = []
        self._made: list[Mapped] = []

    def lead(self, host: str, port: int, to: int) -> None:
        """Map `host` and `port` to a loopback port."""
        self._entries.append(Entry(host, port, "127.0.0.1", to))

    @property
    def network(self) -> Mapped:
        """The network of what is mapped so far."""
        self._made.append(Mapped(tuple(self._entries), ca=self._ca))
        return self._made[-1]

    async def aclose(self) -> None:
        for network in self._made:
            await network.aclose()


@pytest_asyncio.fixture
async def net(ca: Path) -> AsyncIterator[Net]:
    made = Net(ca)
    yield made
    await made.aclose()
