"""A message by a shipped surface to a double."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from linkprobe.model import MessageApi, Sent, Shown, Target, Vantage
from linkprobe.probe.message.declared import send_and_read
from linkprobe.probe.message.verify import Verified, verify
from tests.hosted.double import Double
from tests.hosted.stage import stage

TOKEN = "f81d4fae7dec"
HOST = "shop.example"
URL = f"https://{HOST}/item?id=1&ref=group"
TARGET = Target(id="item", url=URL)


class Stage:
    """Sends to doubles and looks as the reader."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(
        self,
        double: Double,
        surface: MessageApi,
        *,
        environ: Mapping[str, str] | None = None,
        target: Target = TARGET,
        token: str = TOKEN,
    ) -> tuple[Sent, Shown | None]:
        """One message; what was answered and what was seen."""
        async with stage(self._folder, double) as network:
            return await send_and_read(
                network, Vantage(), surface, target, token=token, environ=double.environ | dict(environ or {})
            )

    async def verify(
        self, double: Double, surface: MessageApi, environ: Mapping[str, str] | None = None
    ) -> tuple[Verified, ...]:
        """What the checks of the accounts give."""
        async with stage(self._folder, double) as network:
            return await verify(network, Vantage(), surface, double.environ | dict(environ or {}))


@pytest.fixture
def on_stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)
