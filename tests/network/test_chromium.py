"""Chromium in these networks: the same names, the same trust, the same guard."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Error, async_playwright

from linkprobe.model import FailureKind, Vantage
from linkprobe.network import Entry, Lab, Live, Mapped
from linkprobe.network.network import Common
from linkprobe.network.socks import SocksServer
from linkprobe.probe.browser import find_chromium
from tests.loopback import answering, closed_port, context_for, raw, reset, website

pytestmark = pytest.mark.browser
HERE = Vantage()
Networks = Callable[[Any], Any]


class Opened(NamedTuple):
    """What Chromium made of a URL: the page's text, or the net error."""

    text: str = ""
    error: str = ""


async def opened(network: Common, url: str, vantage: Vantage = HERE, inside: str | None = None) -> Opened:
    launch = network.browser_launch()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=str(find_chromium(os.environ)), args=list(launch.args), env=dict(launch.env)
        )
        context = await browser.new_context(**network.context_options(vantage, inside))
        page = await context.new_page()
        try:
            await page.goto(url, timeout=20_000)
            return Opened(text=await page.inner_text("body"))
        except Error as error:
            return Opened(error=error.message.partition("net::")[2].partition(" ")[0] or error.message)
        finally:
            await browser.close()


def site() -> Any:
    return website(answering(lambda _: (200, [("content-type", "text/plain")], b"here")), context_for("a.example"))


async def test_it_goes_where_the_map_leads_under_the_production_name(ca: Path, closing: Networks) -> None:
    async with site() as port:
        network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),), ca=ca))

        assert (await opened(network, "https://a.example/")).text == "here"


async def test_a_certificate_for_another_name_is_an_error(ca: Path, closing: Networks) -> None:
    async with site() as port:
        network = closing(Mapped((Entry("b.example", 443, "127.0.0.1", port),), ca=ca))

        assert (await opened(network, "https://b.example/")).error == "ERR_CERT_COMMON_NAME_INVALID"


async def test_what_is_not_mapped_does_not_exist(ca: Path, closing: Networks) -> None:
    assert (await opened(closing(Mapped((), ca=ca)), "https://a.example/")).error == "ERR_NAME_NOT_RESOLVED"


async def test_a_vantage_with_rows_of_its_own_sees_them(ca: Path, closing: Networks) -> None:
    async with site() as port:
        rows = {"there": {"a.example:443": f"127.0.0.1:{port}"}}
        network = closing(Lab({"a.example:443": ""}, ca, {}, rows))

        assert (await opened(network, "https://a.example/", Vantage(id="there"))).text == "here"


async def test_the_inside_of_an_app_is_reached_through_its_proxy(ca: Path, closing: Networks) -> None:
    async with site() as port:

        async def route(host: str, _: int) -> tuple[str, int] | FailureKind:
            return ("127.0.0.1", port) if host == "a.example" else FailureKind.REFUSED

        async with SocksServer(route) as proxy:
            network = closing(Lab({}, ca, {"wechat": proxy.url}))
            inside = network.inside("wechat", "chat")
            arrived = await opened(network, "https://a.example/", inside=inside)
            refused = await opened(network, "https://other.example/", inside=inside)
            await network.aclose()

    assert arrived.text == "here"
    assert refused.error == "ERR_SOCKS_CONNECTION_FAILED"
    assert network.why_failed("other.example", 443) is FailureKind.REFUSED


async def test_a_reset_behind_a_proxy_is_a_reset(ca: Path, closing: Networks) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        reset(writer)

    async with raw(talk) as port:
        network = closing(Lab({}, ca, {}, {"there": {"a.example:443": f"127.0.0.1:{port}"}}))
        seen = await opened(network, "https://a.example/", Vantage(id="there"))

    assert seen.error == "ERR_CONNECTION_RESET"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "169.254.169.254"])
async def test_live_it_cannot_reach_this_machine_or_its_network(host: str, closing: Networks) -> None:
    async with website(answering(lambda _: (200, [("content-type", "text/plain")], b"secret"))) as port:
        network = closing(Live())
        seen = await opened(network, f"http://{host}:{port}/")

    assert seen.error == "ERR_SOCKS_CONNECTION_FAILED"
    assert network.why_failed(host.strip("[]").replace("2130706433", "127.0.0.1"), port) is (
        FailureKind.FORBIDDEN_ADDRESS
    )


async def test_live_a_refused_connection_is_told_from_a_forbidden_one(closing: Networks) -> None:
    port = closed_port()
    network = closing(Mapped((Entry("a.example", 80, "127.0.0.1", port),), live=True))
    await opened(network, "http://a.example/")

    assert network.why_failed("a.example", 80) is FailureKind.REFUSED


async def test_a_proxy_that_is_down_is_the_vantages_fault(closing: Networks) -> None:
    vantage = Vantage(id="far", proxy=f"socks5://127.0.0.1:{closed_port()}")
    network = closing(Live())
    await opened(network, "https://example.com/", vantage)

    assert network.why_failed("example.com", 443) is FailureKind.VANTAGE


async def test_behind_an_http_proxy_a_plain_page_is_the_proxys_to_answer(closing: Networks) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        blocked = head.startswith(b"GET http://a.example/")
        answer = b"403 Forbidden\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nnot for us"
        writer.write(b"HTTP/1.1 " + (answer if blocked else b"404 Not Found\r\nContent-Length: 0\r\n\r\n"))
        await writer.drain()
        writer.close()

    async with raw(talk) as port:
        network = closing(Mapped((), insides={"app": f"http://127.0.0.1:{port}"}))
        seen = await opened(network, "http://a.example/", inside=network.inside("app", "chat"))

    assert seen.text == "not for us"


async def test_live_it_reaches_nothing_private_behind_an_http_proxy(closing: Networks) -> None:
    asked: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    async with raw(talk) as port:
        network = closing(Live())
        far = Vantage(id="far", proxy=f"http://127.0.0.1:{port}")
        seen = await opened(network, "http://169.254.169.254/latest", far)

    assert (seen.error, network.why_failed("169.254.169.254", 80)) == (
        "ERR_EMPTY_RESPONSE",
        FailureKind.FORBIDDEN_ADDRESS,
    )
    assert not [head for head in asked if b"169.254" in head]
