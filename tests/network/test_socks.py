import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from linkprobe.model import FailureKind
from linkprobe.network.socks import Asked, Destination, SocksServer

CLOSED, UNREACHABLE, REFUSED, FORBIDDEN = 1, 4, 5, 2


@asynccontextmanager
async def proxy_to(answer: Destination | FailureKind) -> AsyncIterator[SocksServer]:
    async def lead(_: str, __: int) -> Destination | FailureKind:
        return answer

    async with SocksServer(lead) as server:
        yield server


@asynccontextmanager
async def echo() -> AsyncIterator[Destination]:
    """A server that greets first and then repeats what it hears."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"hello ")
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[:2]


async def dial(
    server: SocksServer, host: str, early: bytes = b""
) -> tuple[int, asyncio.StreamReader, asyncio.StreamWriter]:
    """The reply's code and the connection, with `early` sent before any reply."""
    port = int(server.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    packed = b"\x01" + socket.inet_aton(host) if host[0].isdigit() else b"\x03" + bytes([len(host)]) + host.encode()
    writer.write(b"\x05\x01\x00" + b"\x05\x01\x00" + packed + struct.pack("!H", 443) + early)
    assert await reader.readexactly(2) == b"\x05\x00"
    reply = await reader.readexactly(10)
    return reply[1], reader, writer


async def test_what_is_sent_early_and_what_the_server_says_first_both_arrive() -> None:
    async with echo() as there, proxy_to(there) as server:
        code, reader, writer = await dial(server, "a.example", early=b"early")

        assert (code, await reader.readexactly(11)) == (0, b"hello early")
        writer.close()


async def test_a_large_body_passes_whole_to_a_slow_reader() -> None:
    body = b"x" * 3_000_000
    async with echo() as there, proxy_to(there) as server:
        _, reader, writer = await dial(server, "a.example")
        writer.write(body)
        await asyncio.sleep(0.2)

        assert await reader.readexactly(6 + len(body)) == b"hello " + body
        writer.close()


async def test_the_end_of_one_side_reaches_the_other() -> None:
    async with echo() as there, proxy_to(there) as server:
        _, reader, writer = await dial(server, "a.example")
        writer.write_eof()

        assert await reader.read() == b"hello "
        writer.close()


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (FailureKind.DNS, UNREACHABLE),
        (FailureKind.REFUSED, REFUSED),
        (FailureKind.FORBIDDEN_ADDRESS, FORBIDDEN),
        (FailureKind.UNKNOWN, CLOSED),
    ],
)
async def test_a_name_that_leads_nowhere_is_answered_with_why(failure: FailureKind, code: int) -> None:
    async with proxy_to(failure) as server:
        answered, reader, writer = await dial(server, "a.example")

        assert (answered, await reader.read()) == (code, b"")
        writer.close()


async def test_a_port_that_refuses_is_answered_as_refused() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        async with proxy_to(bound.getsockname()) as server:
            answered, _, writer = await dial(server, "a.example")

    assert answered == REFUSED
    writer.close()


async def test_the_journal_tells_who_was_asked_for_and_where_it_led() -> None:
    async with echo() as there, proxy_to(there) as server:
        for host in ("a.example", "192.0.2.1"):
            (await dial(server, host))[2].close()

        assert list(server.journal) == [Asked("a.example", 443, there), Asked("192.0.2.1", 443, there)]


async def test_a_reset_is_passed_on_as_a_reset() -> None:
    async def slam(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inner = writer.get_extra_info("socket")
        inner.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await asyncio.sleep(0.05)
        writer.transport.abort()

    there = await asyncio.start_server(slam, "127.0.0.1", 0)
    async with there, proxy_to(there.sockets[0].getsockname()[:2]) as server:
        _, reader, writer = await dial(server, "a.example")
        with pytest.raises(ConnectionResetError):
            await reader.read()
        writer.close()


@pytest.mark.parametrize("greeting", [b"\x04\x01\x00", b"GET / HTTP/1.1\r\n\r\n"])
async def test_what_is_not_socks5_is_hung_up_on(greeting: bytes) -> None:
    async with proxy_to(FailureKind.DNS) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        writer.write(greeting + bytes(255))
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        writer.close()


async def test_a_request_for_anything_but_connect_fails() -> None:
    async with proxy_to(FailureKind.DNS) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(server.url.rpartition(":")[2]))
        writer.write(b"\x05\x01\x00" + b"\x05\x02\x00\x01" + bytes(6))

        assert (await reader.readexactly(12))[3] == CLOSED
        writer.close()


async def test_closing_cuts_what_is_connected() -> None:
    async with echo() as there:
        async with proxy_to(there) as server:
            _, reader, writer = await dial(server, "a.example")
            await reader.readexactly(6)
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
        writer.close()
