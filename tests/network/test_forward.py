"""Plain HTTP through HTTP proxies, and what their refusals of CONNECT say."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from linkprobe.model import FailureKind, Vantage
from linkprobe.network import Live, Mapped, Unreachable
from linkprobe.network.through import Through, read_proxy
from tests.loopback import Talk, closed_port, raw, reset

Networks = Callable[[Mapped], Mapped]
PAGE = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 10\r\n\r\nnot for us"


def answering_with(answer: bytes, heads: list[bytes]) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            try:
                heads.append(await reader.readuntil(b"\r\n\r\n"))
            except asyncio.IncompleteReadError:
                break
            writer.write(answer)
        writer.close()

    return talk


@asynccontextmanager
async def proxy_that_answers(answer: bytes) -> AsyncIterator[tuple[str, list[bytes]]]:
    heads: list[bytes] = []
    async with raw(answering_with(answer, heads)) as port:
        yield f"127.0.0.1:{port}", heads


def at(proxy: str) -> Vantage:
    return Vantage(id="far", proxy=f"http://{proxy}")


async def fetch(network: Mapped | Live, url: str, vantage: Vantage) -> httpx.Response:
    response = await network.transport(vantage, None).handle_async_request(httpx.Request("GET", url))
    await response.aread()
    await response.aclose()
    return response


async def test_a_plain_page_is_asked_for_whole_and_the_proxys_page_is_seen(closing: Networks) -> None:
    async with proxy_that_answers(PAGE) as (proxy, heads):
        network = closing(Mapped(()))
        response = await fetch(network, "http://a.example:8080/x?y=1", at(proxy))
        await network.aclose()

    assert (response.status_code, response.content) == (403, b"not for us")
    assert heads[0].startswith(b"GET http://a.example:8080/x?y=1 HTTP/1.1\r\nHost: a.example:8080\r\n")


async def test_an_account_is_shown_to_the_proxy(closing: Networks) -> None:
    async with proxy_that_answers(PAGE) as (proxy, heads):
        network = closing(Mapped(()))
        await fetch(network, "http://a.example/", at(f"anna:geheim@{proxy}"))
        await network.aclose()

    assert b"\r\nproxy-authorization: Basic YW5uYTpnZWhlaW0=\r\n" in heads[0]


async def test_an_account_is_not_shown_where_there_is_none(closing: Networks) -> None:
    async with proxy_that_answers(PAGE) as (proxy, heads):
        network = closing(Mapped(()))
        await fetch(network, "http://a.example/", at(proxy))
        await network.aclose()

    assert b"authorization" not in heads[0].lower()


async def test_a_kept_connection_to_the_proxy_serves_one_host_only(closing: Networks) -> None:
    connections: list[int] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        await answering_with(PAGE, [])(reader, writer)

    async with raw(talk) as port:
        network = closing(Mapped(()))
        for host in ("a.example", "a.example", "b.example"):
            await fetch(network, f"http://{host}/", at(f"127.0.0.1:{port}"))
        await network.aclose()

    assert len(connections) == 2


@pytest.mark.parametrize("url", ["http://169.254.169.254/", "http://localhost/", "http://10.0.0.1:8080/"])
async def test_live_a_proxy_is_asked_for_nothing_private(closing: Callable[[Live], Live], url: str) -> None:
    async with proxy_that_answers(PAGE) as (proxy, heads):
        network = closing(Live())
        with pytest.raises(httpx.ConnectError) as caught:
            await fetch(network, url, at(proxy))
        await network.aclose()

    assert isinstance(caught.value.__cause__, Unreachable)
    assert (caught.value.__cause__.kind, heads) == (FailureKind.FORBIDDEN_ADDRESS, [])


async def test_a_proxy_that_is_down_is_the_vantages_fault_for_plain_pages_too(closing: Networks) -> None:
    network = closing(Mapped(()))
    with pytest.raises(httpx.ConnectError) as caught:
        await fetch(network, "http://a.example/", at(f"127.0.0.1:{closed_port()}"))

    assert isinstance(caught.value.__cause__, Unreachable)
    assert caught.value.__cause__.kind is FailureKind.VANTAGE


async def refused(answer: bytes, *, measured: bool) -> FailureKind:
    async with proxy_that_answers(answer) as (proxy, _):
        with pytest.raises(Unreachable) as caught:
            await Through(read_proxy(f"http://{proxy}"), guarded=False, measured=measured).dial("a.example", 443)
    return caught.value.kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("302 Found", FailureKind.REFUSED),
        ("403 Forbidden", FailureKind.REFUSED),
        ("451 Unavailable For Legal Reasons", FailureKind.REFUSED),
        ("502 Bad Gateway", FailureKind.REFUSED),
        ("504 Gateway Timeout", FailureKind.TIMEOUT),
        ("400 Bad Request", FailureKind.VANTAGE),
        ("407 Proxy Authentication Required", FailureKind.VANTAGE),
        ("429 Too Many Requests", FailureKind.VANTAGE),
        ("500 Internal Server Error", FailureKind.VANTAGE),
        ("503 Service Unavailable", FailureKind.VANTAGE),
    ],
)
async def test_what_the_inside_of_an_app_refuses_is_told_from_its_own_trouble(status: str, kind: FailureKind) -> None:
    assert await refused(f"HTTP/1.1 {status}\r\n\r\n".encode(), measured=True) is kind


@pytest.mark.parametrize("status", ["302 Found", "403 Forbidden", "502 Bad Gateway", "504 Gateway Timeout"])
async def test_what_only_carries_the_probe_says_nothing_of_the_link(status: str) -> None:
    assert await refused(f"HTTP/1.1 {status}\r\n\r\n".encode(), measured=False) is FailureKind.VANTAGE


@pytest.mark.parametrize(("measured", "kind"), [(True, FailureKind.RESET), (False, FailureKind.VANTAGE)])
async def test_a_reset_at_a_name_is_the_apps_deed_only_inside_it(measured: bool, kind: FailureKind) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        reset(writer)

    async with raw(talk) as port:
        through = Through(read_proxy(f"http://127.0.0.1:{port}"), guarded=False, measured=measured)
        with pytest.raises(Unreachable) as caught:
            await through.dial("a.example", 443)

    assert caught.value.kind is kind


async def test_the_inside_of_an_app_is_measured_and_a_vantage_is_not(ca: Path, closing: Networks) -> None:
    async with proxy_that_answers(b"HTTP/1.1 403 Forbidden\r\n\r\n") as (proxy, _):
        network = closing(Mapped((), ca=ca, insides={"app": f"http://{proxy}"}))
        request = httpx.Request("GET", "https://a.example/")
        with pytest.raises(httpx.ConnectError) as inside:
            await network.transport(Vantage(), network.inside("app", "chat")).handle_async_request(request)
        with pytest.raises(httpx.ConnectError) as outside:
            await network.transport(at(proxy), None).handle_async_request(request)

    kinds = [caught.value.__cause__ for caught in (inside, outside)]
    assert [cause.kind for cause in kinds if isinstance(cause, Unreachable)] == [
        FailureKind.REFUSED,
        FailureKind.VANTAGE,
    ]
