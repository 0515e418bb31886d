"""A folder with the test CA, and networks that are closed after each test."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TypeVar

import pytest
import pytest_asyncio

from linkprobe.network.network import Common
from tests.loopback import ca_file

N = TypeVar("N", bound=Common)


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ca_file(tmp_path_factory.mktemp("ca"))


@pytest_asyncio.fixture
async def closing() -> AsyncIterator[Callable[[N], N]]:
    """Registers a network to be closed at the end of the test."""
    async with AsyncExitStack() as stack:

        def register(network: N) -> N:
            stack.push_async_callback(network.aclose)
            return network

        yield register
