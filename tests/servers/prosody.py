"""Prosody with its firewall module on loopback: two accounts, a room, and rules that are switched while it runs."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from linkprobe.model import XmppAccount, XmppChat
from tests.servers.serving import ServerFailed, closed_port, needs, serving, skip_without, takes_connections

MODULES = Path("/usr/lib/prosody/modules/mod_firewall")
"""Where Debian's prosody-modules puts what the tests need of it."""
DOMAIN = "chat.example"
ROOM = f"probes@rooms.{DOMAIN}"
PASSWORDS = {"anna": "geheim-anna", "bert": "geheim-bert"}
ENVIRON = {f"CHAT_{who}_{what}": value for who, what, value in (
    ("SENDER", "USER", "anna"),
    ("SENDER", "PASSWORD", PASSWORDS["anna"]),
    ("RECEIVER", "USER", "bert"),
    ("RECEIVER", "PASSWORD", PASSWORDS["bert"]),
)}  # fmt: skip
NOTICE = "A link stood here."
SWITCHED_WITHIN = 10.0

CONFIGURATION = f"""
local here = os.getenv("SERVER_FOLDER")
daemonize = false
run_as_root = true
data_path = here .. "/data"
certificates = here
log = {{ debug = here .. "/prosody.log" }}
interfaces = {{ "127.0.0.1" }}
local_interfaces = {{ "127.0.0.1" }}
http_interfaces = {{ "127.0.0.1" }}
c2s_ports = {{}}
s2s_ports = {{}}
https_ports = {{}}
http_ports = {{ tonumber(os.getenv("BOSH_PORT")) }}
http_default_host = "{DOMAIN}"
consider_bosh_secure = true
modules_disabled = {{ "s2s", "c2s", "offline" }}
modules_enabled = {{ "saslauth", "bosh", "roster", "disco", "ping", "posix", "firewall" }}
authentication = "internal_plain"
firewall_scripts = {{ here .. "/rules.pfw" }}
VirtualHost "{DOMAIN}"
Component "rooms.{DOMAIN}" "muc"
    modules_enabled = {{ "firewall" }}
    firewall_scripts = {{ here .. "/rules.pfw" }}
    muc_room_locking = false
"""


class Rules(NamedTuple):
    """What the firewall does with a message that names a host."""

    actions: tuple[str, ...]

    def written(self, host: str) -> str:
        """The rule file. Without the `#` of the path, or with a dot that is not escaped, it would match nothing."""
        if not self.actions:
            return "# nothing is done\n"
        pattern = host.replace(".", "%.").replace("-", "%-")
        return "\n".join(("::deliver", "KIND: message", f"INSPECT: body#~={pattern}", *self.actions, ""))


ALLOW = Rules(())
BOUNCE = Rules(("BOUNCE=policy-violation (Links to this site are not allowed here.)",))
SLOW_DOWN = Rules(("BOUNCE=resource-constraint:wait (Too many messages.)",))
DROP = Rules(("DROP.",))
REPLACE = Rules(("STRIP=body", f"INJECT=<body>{NOTICE}</body>"))


class Prosody:
    """A running server."""

    def __init__(self, folder: Path, port: int, process: subprocess.Popen[bytes]) -> None:
        self._folder = folder
        self._process = process
        self._switched = 0
        self.bosh = f"http://{DOMAIN}:{port}/http-bind"
        self.port = port

    def surface(self, *, room: bool = False, within: float = 2.0) -> XmppChat:
        """The server's chat, as a platform's file declares it."""
        return XmppChat(
            bosh=self.bosh,
            domain=DOMAIN,
            sender=XmppAccount(user="${CHAT_SENDER_USER}", password="${CHAT_SENDER_PASSWORD}"),
            receiver=XmppAccount(user="${CHAT_RECEIVER_USER}", password="${CHAT_RECEIVER_PASSWORD}"),
            room=ROOM if room else "",
            within=within,
        )

    async def switch(self, rules: Rules, host: str) -> None:
        """Have the firewall do this with messages that name `host`, and wait until it does."""
        script = self._folder / "rules.pfw"
        loaded = self._loads()
        script.write_text(rules.written(host), "utf-8")
        self._switched += 1
        os.utime(script, (self._switched, self._switched))  # it looks at whole seconds to see whether a file is new
        self._process.send_signal(signal.SIGHUP)
        await self.rules_in_force(loaded + 2)

    async def rules_in_force(self, loads: int) -> None:
        """Wait until rule files have come into force so many times."""
        async with asyncio.timeout(SWITCHED_WITHIN):
            while self._loads() < loads:  # noqa: ASYNC110 - the log is another process's
                await asyncio.sleep(0.02)

    def _loads(self) -> int:
        """How often a rule file has come into force: once for the chats and once for the rooms at each switch."""
        log = (self._folder / "prosody.log").read_text("utf-8", "replace")
        if "Error compiling" in log or "Compilation error" in log:
            raise ServerFailed(f"the firewall does not take its rules: {log[-2000:]}")
        return log.count("Loaded ")


@asynccontextmanager
async def prosody(folder: Path) -> AsyncIterator[Prosody]:
    """A Prosody in `folder`; skips where it is not installed."""
    program = _program()
    port = closed_port()
    _write(folder)
    command = [program, "--root", "--config", str(folder / "prosody.cfg.lua"), "-F"]
    environ = {"SERVER_FOLDER": str(folder), "BOSH_PORT": str(port)}
    async with serving(command, folder, takes_connections(port), env=environ) as process:
        server = Prosody(folder, port, process)
        await server.rules_in_force(2)
        yield server


def _program() -> str:
    return needs("prosody", "prosody") if MODULES.is_dir() else skip_without("prosody")


def _write(folder: Path) -> None:
    (folder / "prosody.cfg.lua").write_text(CONFIGURATION, "utf-8")
    (folder / "rules.pfw").write_text(ALLOW.written(""), "utf-8")
    accounts = folder / "data" / DOMAIN.replace(".", "%2e") / "accounts"
    accounts.mkdir(parents=True)
    for user, password in PASSWORDS.items():
        (accounts / f"{user}.dat").write_text(f'return {{ ["password"] = "{password}"; }};\n', "utf-8")
