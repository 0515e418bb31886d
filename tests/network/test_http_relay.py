"""The HTTP proxy on loopback that stands between Chromium and an HTTP proxy."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from linkprobe.model import FailureKind
from linkprobe.network.dial import Noted
from linkprobe.network.forward import Forward
from linkprobe.network.http_relay import HttpRelay
from linkprobe.network.journal import Journal
from linkprobe.network.through import Through, ToProxy, read_proxy
from tests.loopback import Talk, closed_port, raw, reset

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: keep-alive\r\nX-Seen: 1\r\n\r\nhere"


@asynccontextmanager
async def relay_to(proxy: str, *, guarded: bool = False) -> AsyncIterator[tuple[HttpRelay, Journal]]:
    journal = Journal()
    through = Through(read_proxy(f"http://{proxy}"), guarded=guarded, measured=True)
    forward = Forward(Noted(ToProxy(through), journal), read_proxy(f"http://{proxy}").authorization)
    relay = HttpRelay(Noted(through, journal), forward)
    try:
        yield relay, journal
    finally:
        await relay.aclose()


async def said(relay: HttpRelay, request: bytes, further: bytes = b"") -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(relay.url.rpartition(":")[2]))
    try:
        writer.write(request)
        if further:
            await asyncio.sleep(0.1)
            writer.write(further)
        return await reader.read()
    finally:
        writer.close()


def answering_with(answer: bytes, received: bytearray) -> Talk:
    """Answers once, and takes in everything that comes."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.extend(await reader.readuntil(b"\r\n\r\n"))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                while part := await reader.read(1000):
                    received.extend(part)
        writer.write(answer)
        await writer.drain()
        writer.close()

    return talk


GET = b"GET http://a.example:81/x HTTP/1.1\r\nHost: a.example:81\r\nProxy-Connection: keep-alive\r\n\r\n"


async def test_a_request_goes_on_whole_for_one_connection_and_with_the_account() -> None:
    received = bytearray()
    async with raw(answering_with(OK, received)) as port, relay_to(f"anna:geheim@127.0.0.1:{port}") as (relay, _):
        answer = await said(relay, GET)

    lines = bytes(received).split(b"\r\n")
    assert lines[0] == b"GET http://a.example:81/x HTTP/1.1"
    assert lines[1:-2] == [
        b"Host: a.example:81",
        b"proxy-authorization: Basic YW5uYTpnZWhlaW0=",
        b"Connection: close",
    ]
    assert answer == b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Seen: 1\r\nConnection: close\r\n\r\nhere"


async def test_a_second_request_on_the_same_connection_goes_nowhere() -> None:
    received = bytearray()
    second = b"GET http://169.254.169.254/ HTTP/1.1\r\nHost: 169.254.169.254\r\n\r\n"
    async with raw(answering_with(OK, received)) as port, relay_to(f"127.0.0.1:{port}", guarded=True) as (relay, _):
        await said(relay, GET, second)

    assert b"169.254" not in received


async def test_a_body_goes_with_its_request_and_nothing_behind_it() -> None:
    received = bytearray()
    post = b"POST http://a.example/ HTTP/1.1\r\nHost: a.example\r\nContent-Length: 5\r\n\r\nhello, and more"
    async with raw(answering_with(OK, received)) as port, relay_to(f"127.0.0.1:{port}") as (relay, _):
        await said(relay, post)

    assert bytes(received).partition(b"\r\n\r\n")[2] == b"hello"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254"])
async def test_a_guarded_one_asks_for_nothing_private(host: str) -> None:
    received = bytearray()
    request = f"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
    connect = f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode()
    async with raw(answering_with(OK, received)) as port, relay_to(f"127.0.0.1:{port}", guarded=True) as (relay, kept):
        answers = [await said(relay, request), await said(relay, connect)]
        why = kept.why(host.strip("[]"), 80)

    assert (answers[0], answers[1].split(b" ")[1], why, bytes(received)) == (
        b"",
        b"502",
        FailureKind.FORBIDDEN_ADDRESS,
        b"",
    )


async def test_a_proxy_that_is_down_is_noted_as_the_vantages_fault() -> None:
    async with relay_to(f"127.0.0.1:{closed_port()}") as (relay, journal):
        answer = await said(relay, GET)

    assert (answer, journal.why("a.example", 81)) == (b"", FailureKind.VANTAGE)


async def test_a_tunnel_carries_bytes_both_ways() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        writer.write(b"echo " + await reader.readexactly(5))
        writer.close()

    connect = b"CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n"
    async with raw(talk) as port, relay_to(f"127.0.0.1:{port}") as (relay, _):
        answer = await said(relay, connect, b"hello")

    assert answer == b"HTTP/1.1 200 Connection established\r\n\r\necho hello"


async def test_a_reset_is_passed_on_as_a_reset() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        reset(writer)

    async with raw(talk) as port, relay_to(f"127.0.0.1:{port}") as (relay, _):
        with pytest.raises(ConnectionResetError):
            await said(relay, GET)


@pytest.mark.parametrize("request_", [b"\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"CONNECT a:b:c HTTP/1.1\r\n\r\n", b"x"])
async def test_what_is_no_request_to_a_proxy_is_answered_by_nothing(request_: bytes) -> None:
    async with relay_to("127.0.0.1:9") as (relay, _):
        reader, writer = await asyncio.open_connection("127.0.0.1", int(relay.url.rpartition(":")[2]))
        writer.write(request_)
        writer.write_eof()
        answer = await reader.read()
        writer.close()

    assert answer == b""


async def test_closing_cuts_what_is_under_way() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with raw(talk) as port:
        async with relay_to(f"127.0.0.1:{port}") as (relay, _):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(relay.url.rpartition(":")[2]))
            writer.write(GET)
            await asyncio.sleep(0.1)
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
        writer.close()
