"""InspIRCd on loopback: a channel, and an operator who switches filters and modes while it runs."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.servers.serving import closed_port, needs, serving, takes_connections

CHANNEL = "#links"
NAME, PASSWORD = "warden", "keys-of-the-gate"
ANSWERED_WITHIN = 10.0

CONFIGURATION = """
<server name="irc.chat.example" description="tests" network="Tests">
<admin name="tests" nick="tests" email="tests@chat.example">
<bind address="127.0.0.1" port="{port}" type="clients">
<connect allow="*" timeout="20" pingfreq="60" fakelag="no" commandrate="100000" threshold="1000" resolvehostnames="no"
         hardsendq="1M" softsendq="64K" recvq="64K" localmax="100" globalmax="100">
<class name="all" commands="*" privs="*" usermodes="*" chanmodes="*">
<type name="warden" classes="all">
<oper name="{name}" password="{password}" host="*@*" type="warden">
<dns server="127.0.0.1" timeout="1">
<log method="file" type="* -USERINPUT -USEROUTPUT" level="default" target="{folder}/ircd.log">
<module name="regex_pcre2">
<module name="filter">
<module name="censor">
<module name="delaymsg">
<module name="samode">
<include file="{folder}/switches.conf">
"""


class Switches(NamedTuple):
    """What only a rehash switches: whether a filter tells the sender, and what is written in place of a word."""

    tells: bool = True
    words: tuple[tuple[str, str], ...] = ()

    @property
    def configuration(self) -> str:
        words = "".join(f'<badword text="{word}" replace="{other}">\n' for word, other in self.words)
        tells = "yes" if self.tells else "no"
        return f'<filteropts engine="pcre" notifyuser="{tells}">\n{words}'


class Warden:
    """An IRC connection with an operator's rights, first in the channel."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, folder: Path) -> None:
        self._reader = reader
        self._writer = writer
        self._switches = folder / "switches.conf"
        self._filters: list[str] = []
        self._seen: list[str] = []
        self._news = asyncio.Event()
        self._reading = asyncio.create_task(self._read())

    async def enter(self) -> None:
        """Register, become operator, and open the channel."""
        await self.say(f"NICK {NAME}\r\nUSER {NAME} 0 * :{NAME}", " 001 ")
        await self.say(f"OPER {NAME} {PASSWORD}", " 381 ")
        await self.say(f"JOIN {CHANNEL}", " 366 ")

    async def say(self, line: str, until: str) -> None:
        """Send a line and wait for an answer that holds `until`. Raises `TimeoutError`."""
        self._seen.clear()
        self._writer.write(f"{line}\r\n".encode())
        async with asyncio.timeout(ANSWERED_WITHIN):
            while not any(until in seen for seen in self._seen):
                self._news.clear()
                await self._news.wait()

    async def refuse(self, host: str, reason: str) -> None:
        """Filter messages that name a host."""
        self._filters.append(host.replace(".", r"\."))
        await self.say(f"FILTER {self._filters[-1]} block * :{reason}", "Added filter")

    async def switch(self, switches: Switches) -> None:
        """Write what only a rehash switches, and rehash."""
        self._switches.write_text(switches.configuration, "utf-8")
        await self.say("REHASH", "Successfully rehashed")

    async def restore(self) -> None:
        """Let everything through again."""
        while self._filters:
            await self.say(f"FILTER {self._filters.pop()}", "Removed filter")
        if self._switches.read_text("utf-8") != Switches().configuration:
            await self.switch(Switches())
        await self.mode("-Gd")

    async def mode(self, modes: str) -> None:
        """Set modes of the channel; asked back, because a mode that stands already is not announced."""
        self._writer.write(f"MODE {CHANNEL} {modes}\r\n".encode())
        await self.say(f"MODE {CHANNEL}", " 324 ")

    async def leave(self) -> None:
        self._reading.cancel()
        self._writer.close()
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._reading, self._writer.wait_closed(), return_exceptions=True)

    async def _read(self) -> None:
        while line := (await self._reader.readline()).decode("utf-8", "replace").rstrip():
            if line.startswith("PING"):
                self._writer.write(f"PONG{line[4:]}\r\n".encode())
            self._seen.append(line)
            self._news.set()


class InspIRCd(NamedTuple):
    """A running server."""

    port: int
    warden: Warden


@asynccontextmanager
async def inspircd(folder: Path) -> AsyncIterator[InspIRCd]:
    """Run it until the end of the block, or skip where it is not installed."""
    program = needs("inspircd", "inspircd")
    port = closed_port()
    configuration = folder / "inspircd.conf"
    configuration.write_text(CONFIGURATION.format(port=port, folder=folder, name=NAME, password=PASSWORD), "utf-8")
    (folder / "switches.conf").write_text(Switches().configuration, "utf-8")
    root = ["--runasroot"] if os.geteuid() == 0 else []
    command = [program, *root, "--nofork", "--nopid", f"--config={configuration}"]
    async with serving(command, folder, takes_connections(port)):
        warden = Warden(*await asyncio.open_connection("127.0.0.1", port), folder)
        try:
            await warden.enter()
            yield InspIRCd(port, warden)
        finally:
            await warden.leave()
