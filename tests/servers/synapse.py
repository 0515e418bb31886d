"""Synapse on loopback: a sender and a reader in one room, a module of ours that treats links, previews by itself."""

import base64
import hashlib
import hmac
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec

from linkprobe.network import Entry
from tests.servers.serving import ROOT, Ready, closed_port, serving, skip_without
from tests.servers.sites import GATE, Sites

PYTHON = ROOT / ".venv" / "servers" / "synapse" / "bin" / "python"
MODULES = Path(__file__).parent / "synapse_modules"
HOST = "home.example"
SHARED_SECRET = "for this server alone"
NO_CARD = "uncarded"
"""First part of the paths of which Synapse makes no preview."""


class Account(NamedTuple):
    """A user, and what lets requests be his."""

    id: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """Whose request it is."""
        return {"Authorization": f"Bearer {self.token}"}


class Synapse(NamedTuple):
    """A running homeserver with its accounts, both in `room`."""

    port: int
    admin: Account
    sender: Account
    reader: Account
    room: str

    @property
    def environ(self) -> dict[str, str]:
        """The variables of the shipped platform `matrix`."""
        return {
            "LINKPROBE_MATRIX_HOMESERVER": f"http://{HOST}:{self.port}",
            "LINKPROBE_MATRIX_TOKEN": self.sender.token,
            "LINKPROBE_MATRIX_READER": self.reader.token,
            "LINKPROBE_MATRIX_ROOM": self.room,
        }

    @property
    def entry(self) -> Entry:
        """Where its name leads."""
        return Entry(HOST, self.port, "127.0.0.1", self.port)

    async def as_admin(self, method: str, path: str, body: Any = None) -> Any:
        """An answer of the admin API."""
        url = f"http://127.0.0.1:{self.port}/_synapse/admin/v1/users/{self.sender.id}/{path}"
        async with httpx.AsyncClient(headers=self.admin.headers) as client:
            return (await client.request(method, url, json=body)).raise_for_status().json()


def _configuration(folder: Path, port: int, pages: Sites) -> dict[str, Any]:
    fast = {"per_second": 1000, "burst_count": 1000}
    return {
        "server_name": HOST,
        "report_stats": False,
        "signing_key": f"ed25519 a_test {base64.b64encode(os.urandom(32)).decode().rstrip('=')}",
        "trusted_key_servers": [],
        "media_store_path": str(folder / "media"),
        "database": {"name": "sqlite3", "args": {"database": str(folder / "homeserver.db")}},
        "listeners": [
            {
                "port": port,
                "type": "http",
                "bind_addresses": ["127.0.0.1"],
                "resources": [{"names": ["client"]}],
            }
        ],
        "registration_shared_secret": SHARED_SECRET,
        "presence": {"enabled": False},
        "rc_message": fast,
        "rc_login": {"address": fast, "account": fast},
        "bcrypt_rounds": 4,
        "url_preview_enabled": True,
        "url_preview_ip_range_blacklist": ["10.0.0.0/8"],
        "url_preview_ip_range_whitelist": ["127.0.0.0/8", "::1/128"],
        "url_preview_url_blacklist": [{"path": f"^/{NO_CARD}/"}],
        "modules": [{"module": "links.Links", "config": {"gate": f"{pages.url(GATE)}?target="}}],
    }


@asynccontextmanager
async def synapse(folder: Path, pages: Sites) -> AsyncIterator[Synapse]:
    """A Synapse in `folder`; skips where it is not installed."""
    python = PYTHON if PYTHON.exists() else skip_without("synapse")
    port = closed_port()
    (folder / "homeserver.yaml").write_bytes(msgspec.yaml.encode(_configuration(folder, port, pages)))
    command = [str(python), "-m", "synapse.app.homeserver", "-c", str(folder / "homeserver.yaml")]
    async with (
        serving(command, folder, _answers(port), env={"PYTHONPATH": str(MODULES)}),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client,
    ):
        yield await _furnished(client, port)


def _answers(port: int) -> Ready:
    async def ready() -> bool:
        async with httpx.AsyncClient() as client:
            try:
                return (await client.get(f"http://127.0.0.1:{port}/_matrix/client/versions")).is_success
            except httpx.TransportError:
                return False

    return ready


async def _furnished(client: httpx.AsyncClient, port: int) -> Synapse:
    admin, sender, reader = [
        await _register(client, name, admin=name == "admin") for name in ("admin", "sender", "reader")
    ]
    made = await client.post("/_matrix/client/v3/createRoom", json={"preset": "public_chat"}, headers=sender.headers)
    room = made.raise_for_status().json()["room_id"]
    joined = await client.post(f"/_matrix/client/v3/join/{room}", json={}, headers=reader.headers)
    joined.raise_for_status()
    return Synapse(port, admin, sender, reader, room)


async def _register(client: httpx.AsyncClient, name: str, *, admin: bool) -> Account:
    """A new account, as Synapse's register_new_matrix_user makes them."""
    path = "/_synapse/admin/v1/register"
    nonce = (await client.get(path)).raise_for_status().json()["nonce"]
    said = "\0".join((nonce, name, f"geheim-{name}", "admin" if admin else "notadmin"))
    mac = hmac.new(SHARED_SECRET.encode(), said.encode(), hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": name, "password": f"geheim-{name}", "admin": admin, "mac": mac}
    made = (await client.post(path, json=body)).raise_for_status().json()
    return Account(made["user_id"], made["access_token"])
