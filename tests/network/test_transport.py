"""Connections: which are kept, which are not, and that none serves another host."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from linkprobe.model import Vantage
from linkprobe.network import Entry, Mapped
from tests.loopback import Reply, Talk, answering, context_for, raw, website

HERE = Vantage()
Networks = Callable[[Mapped], Mapped]


async def fetch(network: Mapped, url: str, method: str = "GET", read: bool = True) -> httpx.Response:
    request = httpx.Request(method, url)
    response = await network.transport(HERE, None).handle_async_request(request)
    if read:
        await response.aread()
    await response.aclose()
    return response


def seen(scope: dict[str, Any]) -> Reply:
    client = scope["client"]
    host = dict(scope["headers"]).get(b"host", b"").decode()
    sni = str(scope.get("extensions", {}).get("tls", {}).get("server_name", ""))
    return 200, [("x-seen", f"{scope['http_version']} {host} {client[1]} {sni}")], b"x" * 50_000


@pytest_asyncio.fixture
async def site(ca: Path, closing: Networks) -> AsyncIterator[Mapped]:
    context = context_for("a.example", "b.example")
    async with website(answering(seen), context) as port:
        entries = tuple(Entry(host, 443, "127.0.0.1", port) for host in ("a.example", "b.example"))
        yield closing(Mapped(entries, ca=ca))


def connection_of(response: httpx.Response) -> str:
    return str(response.headers["x-seen"].split(" ")[2])


async def test_it_speaks_http_2_under_the_production_name(site: Mapped) -> None:
    response = await fetch(site, "https://a.example/")

    assert response.headers["x-seen"].startswith("2 a.example ")


async def test_a_connection_is_used_again(site: Mapped) -> None:
    first, second = await fetch(site, "https://a.example/"), await fetch(site, "https://a.example/")

    assert connection_of(first) == connection_of(second)


async def test_a_connection_never_serves_another_host_though_certificate_and_address_are_shared(site: Mapped) -> None:
    first, second = await fetch(site, "https://a.example/"), await fetch(site, "https://b.example/")

    assert connection_of(first) != connection_of(second)


async def test_requests_at_the_same_time_have_connections_of_their_own(site: Mapped) -> None:
    answers = await asyncio.gather(*(fetch(site, "https://a.example/") for _ in range(4)))

    assert len({connection_of(answer) for answer in answers}) == 4


async def test_a_connection_with_an_unread_body_is_not_used_again(site: Mapped) -> None:
    first = await fetch(site, "https://a.example/", read=False)
    second = await fetch(site, "https://a.example/")

    assert connection_of(first) != connection_of(second)


async def test_what_is_sent_once_gets_a_connection_of_its_own(site: Mapped) -> None:
    first, second = await fetch(site, "https://a.example/"), await fetch(site, "https://a.example/", "POST")

    assert connection_of(first) != connection_of(second)


async def test_the_response_knows_the_address_that_answered(site: Mapped) -> None:
    response = await fetch(site, "https://a.example/")

    assert response.extensions["address"].startswith("127.0.0.1:")


def one_answer_then(end: Callable[[asyncio.StreamWriter], None], asked: list[bytes]) -> Talk:
    """Answers the first request of a connection, and ends the connection at the second."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        with contextlib.suppress(asyncio.IncompleteReadError):
            asked.append(await reader.readuntil(b"\r\n\r\n"))
        end(writer)

    return talk


async def test_a_get_on_a_kept_connection_that_is_dead_is_asked_again(closing: Networks) -> None:
    asked: list[bytes] = []
    async with raw(one_answer_then(lambda writer: writer.close(), asked)) as port:
        network = closing(Mapped((Entry("a.example", 80, "127.0.0.1", port),)))
        await fetch(network, "http://a.example/1")
        response = await fetch(network, "http://a.example/2")
        await network.aclose()

    assert response.content == b"ok"
    assert len(asked) == 3


async def test_a_post_is_never_asked_again(closing: Networks) -> None:
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    async with raw(talk) as port:
        network = closing(Mapped((Entry("a.example", 80, "127.0.0.1", port),)))
        with pytest.raises(httpx.RemoteProtocolError):
            await fetch(network, "http://a.example/", "POST")

    assert len(asked) == 1


async def test_a_cancelled_request_leaves_nothing_open(site: Mapped) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await fetch(site, "https://a.example/")
    response = await fetch(site, "https://a.example/")

    assert response.status_code == 200


@pytest.mark.parametrize("url", ["/relative", "ftp://a.example/", "https:///nohost"])
async def test_what_is_not_web_is_refused_in_httpx_words(site: Mapped, url: str) -> None:
    with pytest.raises(httpx.UnsupportedProtocol):
        await fetch(site, url)


async def test_an_ordinary_httpx_client_can_use_it(site: Mapped) -> None:
    client = httpx.AsyncClient(transport=site.transport(HERE, None))
    response = await client.get("https://a.example/")

    assert len(response.content) == 50_000
