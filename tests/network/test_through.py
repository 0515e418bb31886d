"""Proxies: what they say of the destination, and when they are broken themselves."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from linkprobe.model import FailureKind
from linkprobe.network import NetworkError, Unreachable
from linkprobe.network.socks import SocksServer
from linkprobe.network.through import Through, read_proxy
from tests.loopback import closed_port, raw

Route = Callable[[str, int], Awaitable[tuple[str, int] | FailureKind]]


def to(answer: tuple[str, int] | FailureKind) -> Route:
    async def route(_: str, __: int) -> tuple[str, int] | FailureKind:
        return answer

    return route


async def kind_met(url: str, *, guarded: bool = False, host: str = "a.example") -> FailureKind:
    with pytest.raises(Unreachable) as caught:
        await Through(read_proxy(url), guarded=guarded).dial(host, 443)
    return caught.value.kind


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.read(100))
    writer.close()


async def said_through(url: str) -> bytes:
    wire = await Through(read_proxy(url), guarded=False).dial("a.example", 443)
    loop = asyncio.get_running_loop()
    try:
        await loop.sock_sendall(wire, b"hello")
        return await loop.sock_recv(wire, 100)
    finally:
        wire.close()


async def test_bytes_pass_through_a_socks_proxy() -> None:
    async with raw(echo) as port, SocksServer(to(("127.0.0.1", port))) as proxy:
        assert await said_through(proxy.url) == b"hello"


async def test_the_proxy_is_given_the_name_and_not_an_address() -> None:
    async with raw(echo) as port, SocksServer(to(("127.0.0.1", port))) as proxy:
        await said_through(proxy.url)

        assert (proxy.journal[0].host, proxy.journal[0].port) == ("a.example", 443)


@pytest.mark.parametrize("kind", [FailureKind.DNS, FailureKind.REFUSED, FailureKind.TIMEOUT])
async def test_what_the_proxy_says_of_the_destination_is_no_fault_of_the_vantage(kind: FailureKind) -> None:
    async with SocksServer(to(kind)) as proxy:
        assert await kind_met(proxy.url) is kind


async def test_a_proxy_that_is_down_is_the_vantages_fault() -> None:
    assert await kind_met(f"socks5://127.0.0.1:{closed_port()}") is FailureKind.VANTAGE


async def test_a_proxys_general_failure_is_the_vantages_fault() -> None:
    async with SocksServer(to(FailureKind.UNKNOWN)) as proxy:
        assert await kind_met(proxy.url) is FailureKind.VANTAGE


@pytest.mark.parametrize("scheme", ["socks5", "http"])
@pytest.mark.parametrize("answer", [b"", b"220 smtp.example ESMTP\r\n\r\n", b"\x05\xff", b"\x00" * 20])
async def test_a_proxy_that_talks_nonsense_is_the_vantages_fault(scheme: str, answer: bytes) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        writer.close()

    async with raw(talk) as port:
        assert await kind_met(f"{scheme}://127.0.0.1:{port}") is FailureKind.VANTAGE


@asynccontextmanager
async def connect_proxy(status: str) -> AsyncIterator[tuple[int, list[bytes]]]:
    heads: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(f"HTTP/1.1 {status}\r\nVia: test\r\n\r\n".encode())
        await echo(reader, writer)

    async with raw(talk) as port:
        yield port, heads


async def test_bytes_pass_through_an_http_proxy() -> None:
    async with connect_proxy("200 Connection established") as (port, heads):
        assert await said_through(f"http://user:pass@127.0.0.1:{port}") == b"hello"

    assert heads[0].startswith(b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\nProxy-Authorization: Basic ")


async def test_an_http_proxy_that_says_no_is_the_vantages_fault() -> None:
    async with connect_proxy("407 Proxy Authentication Required") as (port, _):
        assert await kind_met(f"http://127.0.0.1:{port}") is FailureKind.VANTAGE


async def test_an_account_is_shown_to_the_proxy_and_to_nobody_else() -> None:
    received = bytearray()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readexactly(3))
        writer.write(b"\x05\x02")
        received.extend(await reader.readexactly(1 + 1 + 4 + 1 + 6))
        writer.write(b"\x01\x01")
        writer.close()

    async with raw(talk) as port:
        with pytest.raises(Unreachable) as caught:
            await Through(read_proxy(f"socks5://anna:geheim@127.0.0.1:{port}"), guarded=False).dial("a.example", 443)

    assert bytes(received).endswith(b"\x01\x04anna\x06geheim")
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "0x7f.1"])
async def test_a_guarded_one_asks_for_nothing_private(host: str) -> None:
    assert await kind_met("socks5://127.0.0.1:9", guarded=True, host=host) is FailureKind.FORBIDDEN_ADDRESS


async def test_a_name_too_long_for_socks_does_not_exist() -> None:
    async with SocksServer(to(FailureKind.DNS)) as proxy:
        assert await kind_met(proxy.url, host="a" * 256) is FailureKind.DNS


@pytest.mark.parametrize("url", ["", "127.0.0.1:1080", "ftp://x", "socks5://", "http://host:port", "https://x:1"])
def test_what_is_no_proxy_is_one_line_without_the_account(url: str) -> None:
    with pytest.raises(NetworkError, match=r"^proxy: "):
        read_proxy(url)
