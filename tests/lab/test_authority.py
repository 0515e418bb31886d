import asyncio
import ssl
from pathlib import Path

import pytest

from linkprobe.lab.authority import Authority

HOSTS = frozenset({"shop.example", "press.example"})


async def shaken(tmp_path: Path, name: str, alpn: list[str]) -> tuple[ssl.SSLObject, dict[str, object]]:
    """The client's side of a handshake, and the certificate it got."""
    authority = Authority(HOSTS)
    authority.write(tmp_path / "ca.pem")
    client = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
    client.set_alpn_protocols(alpn)

    async def hang_up(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=authority.context)
    async with server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname=name)
        spoken = writer.get_extra_info("ssl_object")
        certificate = spoken.getpeercert()
        writer.close()
        await writer.wait_closed()
        return spoken, certificate


@pytest.mark.parametrize("host", sorted(HOSTS))
async def test_a_certificate_names_one_host_only(tmp_path: Path, host: str) -> None:
    _, certificate = await shaken(tmp_path, host, ["h2"])

    assert certificate["subjectAltName"] == (("DNS", host),)


@pytest.mark.parametrize(("offered", "agreed"), [(["h2", "http/1.1"], "h2"), (["http/1.1"], "http/1.1")])
async def test_http2_is_spoken_with_those_who_can(tmp_path: Path, offered: list[str], agreed: str) -> None:
    connection, _ = await shaken(tmp_path, "shop.example", offered)

    assert connection.selected_alpn_protocol() == agreed


async def test_a_name_outside_the_lab_gets_no_handshake(tmp_path: Path) -> None:
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await shaken(tmp_path, "real.example", ["h2"])
