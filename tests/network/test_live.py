"""The guard of live mode. Names are looked up by the system; `localhost` is the private one that always resolves."""

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from linkprobe.model import FailureKind, Vantage
from linkprobe.network import Live, Unreachable
from linkprobe.network.dial import Straight
from linkprobe.network.names import SystemNames
from tests.loopback import answering, website

HERE = Vantage()
Networks = Callable[[Live], Live]


async def kind_met(network: Live, url: str, vantage: Vantage = HERE) -> FailureKind:
    with pytest.raises(httpx.ConnectError) as caught:
        await network.transport(vantage, None).handle_async_request(httpx.Request("GET", url))
    cause = caught.value.__cause__
    assert isinstance(cause, Unreachable)
    return cause.kind


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0.0.0.0", "169.254.169.254"])
async def test_private_addresses_are_refused_before_anything_is_sent(host: str, closing: Networks) -> None:
    async with website(answering(lambda _: (200, [], b"secret"))) as port:
        assert await kind_met(closing(Live()), f"http://{host}:{port}/") is FailureKind.FORBIDDEN_ADDRESS


async def test_the_refusal_is_remembered_for_the_browser(closing: Networks) -> None:
    network = closing(Live())
    await kind_met(network, "http://localhost:8080/")

    assert network.why_failed("localhost", 8080) is FailureKind.FORBIDDEN_ADDRESS


async def test_private_addresses_can_be_allowed(closing: Networks) -> None:
    async with website(answering(lambda _: (200, [], b"mine"))) as port:
        transport = closing(Live(allow_private=True)).transport(HERE, None)
        response = await transport.handle_async_request(httpx.Request("GET", f"http://localhost:{port}/"))

        assert await response.aread() == b"mine"
        await response.aclose()


async def test_local_names_are_not_asked_of_a_proxy(closing: Networks) -> None:
    vantage = Vantage(id="far", proxy="socks5://127.0.0.1:9")

    assert await kind_met(closing(Live()), "http://router.local/", vantage) is FailureKind.FORBIDDEN_ADDRESS


async def test_a_name_that_does_not_exist_is_dns(closing: Networks) -> None:
    assert await kind_met(closing(Live()), "https://does-not-exist.invalid/") is FailureKind.DNS


async def test_a_name_is_looked_up_once_so_that_rebinding_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second answer of a rebinding name server is the private one."""
    answers = iter(["198.41.0.4", "127.0.0.1"])
    asked: list[Any] = []
    loop = asyncio.get_running_loop()

    async def resolver(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    async def connected(_: socket.socket, address: Any) -> None:
        asked.append(tuple(address))

    monkeypatch.setattr(loop, "getaddrinfo", resolver)
    monkeypatch.setattr(loop, "sock_connect", connected)
    (await Straight(SystemNames(allow_private=False)).dial("rebinding.example", 443)).close()

    assert asked == [("198.41.0.4", 443)]


async def test_of_several_addresses_only_the_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    async def resolver(host: str, port: int, **_: Any) -> list[Any]:
        return [(0, 0, 0, "", (address, port)) for address in ("10.0.0.1", "198.41.0.4")]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolver)
    places = await SystemNames(allow_private=False).places("mixed.example", 443)

    assert [place.address for place in places] == ["198.41.0.4"]


async def test_chromium_resolves_nothing_by_itself_and_gets_the_guard_as_its_proxy(closing: Networks) -> None:
    network = closing(Live())

    assert "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1" in network.browser_launch().args
    assert network.context_options(HERE, None)["proxy"]["bypass"] == "<-loopback>"


async def test_where_private_addresses_are_allowed_chromium_needs_no_guard(closing: Networks) -> None:
    network = closing(Live(allow_private=True))

    assert network.context_options(HERE, None) == {}
