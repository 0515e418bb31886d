"""Mapped networks and labs."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
import pytest_asyncio

from linkprobe.model import FailureKind, Vantage
from linkprobe.network import Entry, Lab, Mapped, NetworkError, Unreachable
from linkprobe.network.socks import SocksServer
from tests.loopback import answering, closed_port, context_for, website

HERE = Vantage()
Networks = Callable[[Mapped], Mapped]


@pytest_asyncio.fixture
async def port() -> AsyncIterator[int]:
    async with website(answering(lambda _: (200, [], b"here")), context_for("a.example")) as number:
        yield number


async def body(network: Mapped, url: str, vantage: Vantage = HERE, inside: str | None = None) -> bytes:
    response = await network.transport(vantage, inside).handle_async_request(httpx.Request("GET", url))
    content = await response.aread()
    await response.aclose()
    return content


async def failure(network: Mapped, url: str, vantage: Vantage = HERE, inside: str | None = None) -> FailureKind:
    with pytest.raises(httpx.ConnectError) as caught:
        await body(network, url, vantage, inside)
    cause = caught.value.__cause__
    assert isinstance(cause, Unreachable)
    return cause.kind


async def test_nothing_that_is_not_mapped_exists(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),), ca=ca))

    assert await failure(network, "https://example.com/") is FailureKind.DNS


async def test_another_port_of_a_mapped_name_does_not_exist(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),), ca=ca))

    assert await failure(network, "https://a.example:8443/") is FailureKind.DNS


async def test_an_address_is_a_name_like_any_other(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),), ca=ca))

    assert await failure(network, f"https://127.0.0.1:{port}/") is FailureKind.DNS


async def test_an_exact_entry_goes_before_a_loose_one(ca: Path, port: int, closing: Networks) -> None:
    entries = (Entry("", 0, "127.0.0.1", closed_port()), Entry("a.example", 443, "127.0.0.1", port))
    network = closing(Mapped(entries, ca=ca))

    assert await body(network, "https://a.example/") == b"here"


async def test_a_name_can_be_mapped_to_a_name(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "localhost", port),), ca=ca))

    assert await body(network, "https://a.example/") == b"here"


async def test_a_certificate_for_another_name_is_an_error(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("b.example", 443, "127.0.0.1", port),), ca=ca))

    with pytest.raises(httpx.ConnectError, match="certificate"):
        await body(network, "https://b.example/")


async def test_without_the_ca_its_certificates_are_errors(port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),)))

    with pytest.raises(httpx.ConnectError, match="certificate"):
        await body(network, "https://a.example/")


async def test_beyond_the_map_a_live_one_is_guarded(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Mapped((Entry("a.example", 443, "127.0.0.1", port),), ca=ca, live=True))

    assert await failure(network, f"https://127.0.0.1:{port}/") is FailureKind.FORBIDDEN_ADDRESS


async def test_a_ca_that_is_no_certificate_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nonsense")

    with pytest.raises(NetworkError, match=r"^--cacert .*ca\.pem"):
        Mapped((), ca=tmp_path / "ca.pem")


async def test_chromium_gets_exact_rules_first_and_nothing_else(ca: Path, closing: Networks) -> None:
    entries = (Entry("", 443, "127.0.0.1", 1), Entry("a.example", 443, "127.0.0.1", 2))
    launch = closing(Mapped(entries, ca=ca)).browser_launch()
    rules = next(value for value in launch.args if value.startswith("--host-resolver-rules="))

    assert rules.split("=", 1)[1].split(",") == [
        "MAP a.example:443 127.0.0.1:2",
        "MAP *:443 127.0.0.1:1",
        "MAP * ~NOTFOUND",
        "EXCLUDE 127.0.0.1",
    ]


async def test_only_root_gives_up_chromiums_sandbox(closing: Networks) -> None:
    launch = closing(Mapped(())).browser_launch()

    assert ("--no-sandbox" in launch.args) == (os.geteuid() == 0)


async def test_chromiums_home_is_removed_in_the_end(ca: Path) -> None:
    network = Mapped((), ca=ca)
    database = f"{network.browser_launch().env['HOME']}/.pki/nssdb"
    before = os.path.isdir(database)  # noqa: ASYNC240, PTH112
    await network.aclose()

    assert before
    assert not os.path.exists(database)  # noqa: ASYNC240, PTH110


async def test_one_vantage_has_one_transport(closing: Networks) -> None:
    network = closing(Mapped(()))

    assert network.transport(HERE, None) is network.transport(Vantage(), None)
    assert network.transport(HERE, None) is not network.transport(Vantage(id="there"), None)


async def test_the_inside_of_a_surface_goes_before_that_of_its_app(closing: Networks) -> None:
    insides = {"wechat": "socks5://127.0.0.1:1", "wechat/article": "socks5://127.0.0.1:2"}
    network = closing(Mapped((), insides=insides))

    assert network.inside("wechat", "article") == "socks5://127.0.0.1:2"
    assert network.inside("wechat", "chat") == "socks5://127.0.0.1:1"
    assert network.inside("qq", "chat") is None


async def test_an_inside_that_is_no_proxy_is_one_line() -> None:
    with pytest.raises(NetworkError, match="expected socks5"):
        Mapped((), insides={"wechat": "ftp://user:secret@127.0.0.1"})


async def test_a_labs_table_maps_names_and_denies_them(ca: Path, port: int, closing: Networks) -> None:
    network = closing(Lab({"a.example:443": f"127.0.0.1:{port}", "gone.example:443": ""}, ca, {}))

    assert await body(network, "https://a.example/") == b"here"
    assert await failure(network, "https://gone.example/") is FailureKind.DNS
    assert network.why_failed("gone.example", 443) is FailureKind.DNS


async def test_a_vantage_of_a_lab_sees_its_own_rows(ca: Path, port: int, closing: Networks) -> None:
    table = {"a.example:443": ""}
    network = closing(Lab(table, ca, {}, {"there": {"a.example:443": f"127.0.0.1:{port}"}}))

    assert await body(network, "https://a.example/", Vantage(id="there")) == b"here"
    assert await failure(network, "https://a.example/") is FailureKind.DNS


async def test_a_vantage_with_rows_of_its_own_gets_a_proxy_in_chromium(ca: Path, closing: Networks) -> None:
    network = closing(Lab({}, ca, {}, {"there": {"a.example:443": ""}}))

    assert network.context_options(HERE, None) == {}
    assert network.context_options(Vantage(id="there"), None)["proxy"]["server"].startswith("socks5://127.0.0.1:")


async def test_the_inside_of_an_app_sees_what_its_proxy_shows(ca: Path, port: int, closing: Networks) -> None:
    async def route(host: str, _: int) -> tuple[str, int] | FailureKind:
        return ("127.0.0.1", port) if host == "a.example" else FailureKind.DNS

    async with SocksServer(route) as proxy:
        network = closing(Lab({"a.example:443": ""}, ca, {"wechat/chat": proxy.url}))
        inside = network.inside("wechat", "chat")

        assert await body(network, "https://a.example/", inside=inside) == b"here"
        assert await failure(network, "https://other.example/", inside=inside) is FailureKind.DNS
        await network.aclose()
