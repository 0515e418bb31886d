"""HTTP visits against real servers."""

import asyncio
import gzip
import hashlib
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest
import zstandard

from linkprobe.model import Client, EventKind, FailureKind, HopWay, Vantage, Visit
from linkprobe.probe.http import visit_http
from linkprobe.probe.limits import LIMITS, Limits
from tests.loopback import App, Reply, Talk, answering, closed_port, context_for, raw, reset, website
from tests.probe.conftest import Net

HERE = Vantage()
START = "https://a.example/start"


async def visit(net: Net, url: str = START, client: Client | None = None, limits: Limits = LIMITS) -> Visit:
    return await visit_http(net.network, HERE, url, client=client, limits=limits)


@asynccontextmanager
async def serving(net: Net, app: App) -> AsyncIterator[None]:
    """`app` as https://a.example and https://b.example, over HTTP/2."""
    async with website(app, context_for("a.example", "b.example")) as port:
        net.lead("a.example", 443, port)
        net.lead("b.example", 443, port)
        yield


def routes(pages: Mapping[str, Reply | Callable[[dict[str, Any]], Reply]]) -> App:
    def reply(scope: dict[str, Any]) -> Reply:
        found = pages.get(scope["path"], (404, [], b"no such page"))
        return found(scope) if callable(found) else found

    return answering(reply)


def to(location: str, status: int = 302) -> Reply:
    return status, [("location", location)], b"moved"


PAGE: Reply = (200, [("content-type", "text/html; charset=utf-8")], b"<h1>arrived</h1>")


class TestRedirects:
    async def test_every_hop_is_written_down(self, net: Net) -> None:
        pages = {"/start": to("https://b.example/next", 301), "/next": to("end?x=1"), "/end": PAGE}
        async with serving(net, routes(pages)):
            seen = await visit(net)

        assert [(hop.url, hop.status, hop.way, hop.location) for hop in seen.hops] == [
            (START, 301, HopWay.REQUEST, "https://b.example/next"),
            ("https://b.example/next", 302, HopWay.REDIRECT, "end?x=1"),
            ("https://b.example/end?x=1", 200, HopWay.REDIRECT, None),
        ]

    async def test_the_visit_lands_on_the_last(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/end"), "/end": PAGE})):
            seen = await visit(net)

        assert seen.landed == "https://a.example/end"
        assert seen.failure is None

    async def test_times_add_up(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/end"), "/end": PAGE})):
            seen = await visit(net)

        first, last = seen.hops
        assert 0 <= first.at < first.at + first.took <= last.at < last.at + last.took == seen.seconds

    async def test_hops_know_the_address_that_answered(self, net: Net) -> None:
        async with serving(net, routes({"/start": PAGE})):
            seen = await visit(net)

        assert seen.hops[0].address is not None
        assert seen.hops[0].address.startswith("127.0.0.1:")

    async def test_a_fragment_is_kept_across_redirects(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/end"), "/end": PAGE})):
            seen = await visit(net, f"{START}#part")

        assert seen.landed == "https://a.example/end#part"

    async def test_a_redirects_own_fragment_goes_before(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/end#theirs"), "/end": PAGE})):
            seen = await visit(net, f"{START}#mine")

        assert seen.landed == "https://a.example/end#theirs"

    async def test_a_loop_ends(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/start")})):
            seen = await visit(net)

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.TOO_MANY_REDIRECTS
        assert len(seen.hops) == LIMITS.hops + 1

    async def test_as_many_redirects_as_are_allowed_arrive(self, net: Net) -> None:
        def count(scope: dict[str, Any]) -> Reply:
            step = int(scope["query_string"] or b"0")
            return to(f"/start?{step + 1}") if step < LIMITS.hops else PAGE

        async with serving(net, routes({"/start": count})):
            seen = await visit(net)

        assert seen.failure is None

    @pytest.mark.parametrize("status", [300, 304, 399, 200, 403])
    async def test_a_location_beside_another_status_is_no_redirect(self, net: Net, status: int) -> None:
        async with serving(net, routes({"/start": (status, [("location", "/end")], b"")})):
            seen = await visit(net)

        assert seen.page is not None
        assert seen.page.status == status

    async def test_a_redirect_status_without_location_is_the_page(self, net: Net) -> None:
        async with serving(net, routes({"/start": (302, [], b"see below")})):
            seen = await visit(net)

        assert seen.page is not None
        assert seen.page.body == b"see below"

    @pytest.mark.parametrize("location", ["https://[::1/", "http://", "javascript:alert(1)", "data:text/html,x", "//"])
    async def test_a_location_no_browser_follows_is_a_failure(self, net: Net, location: str) -> None:
        async with serving(net, routes({"/start": to(location)})):
            seen = await visit(net)

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.BAD_REDIRECT
        assert seen.hops[0].location == location

    @pytest.mark.parametrize(
        "location", ["weixin://dl/business/?t=abc", "intent://scan/#Intent;scheme=zxing;package=com.example;end"]
    )
    async def test_a_redirect_into_an_app_is_an_event(self, net: Net, location: str) -> None:
        async with serving(net, routes({"/start": to(location)})):
            seen = await visit(net, f"{START}#ours")

        assert [(event.kind, event.url) for event in seen.events] == [(EventKind.APP_SCHEME, location)]
        assert seen.failure is not None
        assert (seen.failure.kind, seen.failure.url) == (FailureKind.ABORTED, location)

    async def test_a_large_body_on_a_redirect_is_nobodys_business(self, net: Net) -> None:
        pages = {"/start": (302, [("location", "/end")], b"x" * 3_000_000), "/end": PAGE}
        async with serving(net, routes(pages)):
            seen = await visit(net)

        assert seen.landed == "https://a.example/end"


class TestRequests:
    async def test_it_looks_like_the_ordinary_browser(self, net: Net) -> None:
        async with serving(net, routes({"/start": echo_headers})):
            sent = headers_seen(await visit(net))

        assert "Chrome/" in sent["user-agent"]
        assert sent["sec-ch-ua-platform"] == '"Linux"'
        assert sent["sec-fetch-mode"] == "navigate"

    async def test_nothing_it_sends_names_what_it_is_for(self, net: Net) -> None:
        async with serving(net, routes({"/start": echo_headers})):
            sent = headers_seen(await visit(net))

        assert not [value for value in sent.values() if "link" in value.lower() or "httpx" in value.lower()]

    async def test_there_is_no_referer_after_a_redirect(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("/end"), "/end": echo_headers})):
            sent = headers_seen(await visit(net))

        assert "referer" not in sent

    async def test_a_client_sends_its_own_headers(self, net: Net) -> None:
        client = Client(user_agent="Mozilla/5.0 MicroMessenger/8.0", headers={"X-Requested-With": "com.tencent.mm"})
        async with serving(net, routes({"/start": echo_headers})):
            sent = headers_seen(await visit(net, client=client))

        assert sent["user-agent"] == "Mozilla/5.0 MicroMessenger/8.0"
        assert sent["x-requested-with"] == "com.tencent.mm"
        assert "sec-ch-ua" not in sent

    async def test_a_vantages_headers_are_sent(self, net: Net) -> None:
        async with serving(net, routes({"/start": echo_headers})):
            seen = await visit_http(net.network, Vantage(headers={"X-Country": "CN"}), START, client=None)

        assert headers_seen(seen)["x-country"] == "CN"

    async def test_hints_stay_away_from_plain_http(self, net: Net) -> None:
        async with website(routes({"/start": echo_headers})) as port:
            net.lead("a.example", 80, port)
            sent = headers_seen(await visit(net, "http://a.example/start"))

        assert not [name for name in sent if name.startswith("sec-")]

    async def test_cookies_of_a_hop_reach_the_next(self, net: Net) -> None:
        given = (302, [("location", "/end"), ("set-cookie", "seen=1; Path=/; Secure; HttpOnly")], b"")
        async with serving(net, routes({"/start": given, "/end": echo_headers})):
            sent = headers_seen(await visit(net))

        assert sent["cookie"] == "seen=1"

    async def test_cookies_do_not_cross_hosts(self, net: Net) -> None:
        given = (302, [("location", "https://b.example/end"), ("set-cookie", "seen=1; Path=/")], b"")
        async with serving(net, routes({"/start": given, "/end": echo_headers})):
            sent = headers_seen(await visit(net))

        assert "cookie" not in sent

    async def test_cookies_do_not_outlive_a_visit(self, net: Net) -> None:
        async with serving(net, routes({"/start": (200, [("set-cookie", "seen=1")], b""), "/end": echo_headers})):
            network = net.network
            await visit_http(network, HERE, START, client=None)
            sent = headers_seen(await visit_http(network, HERE, "https://a.example/end", client=None))

        assert "cookie" not in sent

    async def test_a_password_in_a_url_is_not_sent_unasked(self, net: Net) -> None:
        async with serving(net, routes({"/start": echo_headers})):
            sent = headers_seen(await visit(net, "https://user:pass@a.example/start"))

        assert "authorization" not in sent

    async def test_the_environments_proxy_is_not_used(self, net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{closed_port()}")
        async with serving(net, routes({"/start": PAGE})):
            seen = await visit(net)

        assert seen.failure is None


def echo_headers(scope: dict[str, Any]) -> Reply:
    return 200, [], msgspec.json.encode({name.decode(): value.decode() for name, value in scope["headers"]})


def headers_seen(seen: Visit) -> dict[str, str]:
    assert seen.page is not None
    return msgspec.json.decode(seen.page.body, type=dict[str, str])


class TestPages:
    async def test_a_page_is_kept_with_its_digest(self, net: Net) -> None:
        async with serving(net, routes({"/start": PAGE})):
            page = (await visit(net)).page

        assert page is not None
        assert page.body == b"<h1>arrived</h1>"
        assert page.digest == hashlib.sha256(page.body).hexdigest()
        assert page.content_type == "text/html; charset=utf-8"

    @pytest.mark.parametrize("status", [204, 403, 404, 451, 500, 503])
    async def test_every_status_is_a_page(self, net: Net, status: int) -> None:
        async with serving(net, routes({"/start": (status, [], b"")})):
            seen = await visit(net)

        assert seen.failure is None
        assert seen.page is not None
        assert seen.page.status == status

    async def test_secrets_in_headers_are_not_kept(self, net: Net) -> None:
        headers = [("set-cookie", "acw_tc=s3cret; Path=/"), ("set-cookie", "sid=s3cret"), ("server", "nginx")]
        async with serving(net, routes({"/start": (200, headers, b"")})):
            page = (await visit(net)).page

        assert page is not None
        assert ("set-cookie", "acw_tc=[redacted]") in page.headers
        assert ("server", "nginx") in page.headers
        assert "s3cret" not in repr(page)

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [
            ("gzip", gzip.compress(b"arrived")),
            ("deflate", zlib.compress(b"arrived")),
            ("deflate", zlib.compress(b"arrived", wbits=-15)),
            ("zstd", zstandard.compress(b"arrived")),
            ("gzip, zstd", zstandard.compress(gzip.compress(b"arrived"))),
            ("identity", b"arrived"),
        ],
        ids=["gzip", "deflate", "raw-deflate", "zstd", "both", "identity"],
    )
    async def test_encodings_are_taken_off(self, net: Net, encoding: str, body: bytes) -> None:
        async with serving(net, routes({"/start": (200, [("content-encoding", encoding)], body)})):
            page = (await visit(net)).page

        assert page is not None
        assert page.body == b"arrived"

    @pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "gzip, gzip, gzip, gzip"])
    async def test_what_cannot_be_decoded_is_a_failure_beside_an_empty_page(self, net: Net, encoding: str) -> None:
        async with serving(net, routes({"/start": (200, [("content-encoding", encoding)], b"garbage")})):
            seen = await visit(net)

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.PROTOCOL
        assert seen.page is not None
        assert seen.page.body == b""

    async def test_a_long_body_is_cut(self, net: Net) -> None:
        async with serving(net, routes({"/start": (200, [], b"x" * 10_000)})):
            page = (await visit(net, limits=Limits(body=1000))).page

        assert page is not None
        assert len(page.body) == 1000
        assert page.truncated

    async def test_a_body_just_as_long_as_allowed_is_whole(self, net: Net) -> None:
        async with serving(net, routes({"/start": (200, [], b"x" * 1000)})):
            page = (await visit(net, limits=Limits(body=1000))).page

        assert page is not None
        assert not page.truncated

    @pytest.mark.parametrize(
        ("encoding", "bomb"),
        [
            ("gzip", gzip.compress(b"\0" * 50_000_000)),
            ("gzip, gzip", gzip.compress(gzip.compress(b"\0" * 50_000_000))),
            ("zstd", zstandard.compress(b"\0" * 50_000_000)),
        ],
        ids=["gzip", "gzip-twice", "zstd"],
    )
    async def test_a_bomb_is_cut_as_well(self, net: Net, encoding: str, bomb: bytes) -> None:
        async with serving(net, routes({"/start": (200, [("content-encoding", encoding)], bomb)})):
            page = (await visit(net)).page

        assert page is not None
        assert len(page.body) == LIMITS.body
        assert page.truncated


async def read_head(reader: asyncio.StreamReader) -> None:
    await reader.readuntil(b"\r\n\r\n")


def saying(answer: bytes, then: Callable[[asyncio.StreamWriter], Awaitable[None] | None] | None = None) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_head(reader)
        writer.write(answer)
        await writer.drain()
        if then and (waiting := then(writer)):
            await waiting
        writer.close()

    return talk


class TestFaults:
    """What the network does to a visit, each by the real thing."""

    async def kind(self, net: Net, port: int, url: str = START, limits: Limits = LIMITS) -> FailureKind:
        net.lead("a.example", 443, port)
        net.lead("a.example", 80, port)
        seen = await visit(net, url, limits=limits)
        assert seen.failure is not None
        assert seen.failure.url == url
        assert seen.hops[-1].url == url
        return seen.failure.kind

    async def test_a_name_that_does_not_exist(self, net: Net) -> None:
        seen = await visit(net)

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.DNS
        assert [hop.status for hop in seen.hops] == [None]

    async def test_a_refused_connection(self, net: Net) -> None:
        assert await self.kind(net, closed_port()) is FailureKind.REFUSED

    async def test_a_reset_at_once(self, net: Net) -> None:
        async def talk(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            reset(writer)

        async with raw(talk) as port:
            assert await self.kind(net, port) is FailureKind.RESET

    async def test_a_reset_after_the_client_hello(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(100)
            reset(writer)

        async with raw(talk) as port:
            assert await self.kind(net, port) is FailureKind.RESET

    async def test_an_orderly_end_after_the_client_hello(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.close()

        async with raw(talk) as port:
            assert await self.kind(net, port) is FailureKind.CLOSED

    async def test_plain_text_where_tls_is_spoken(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
            writer.close()

        async with raw(talk) as port:
            assert await self.kind(net, port) is FailureKind.TLS_PROTOCOL

    async def test_a_certificate_for_another_name(self, net: Net) -> None:
        async with website(answering(lambda _: PAGE), context_for("other.example")) as port:
            assert await self.kind(net, port) is FailureKind.TLS_CERTIFICATE

    async def test_a_server_that_speaks_only_old_tls(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.write(bytes.fromhex("15 0301 0002 0246"))  # alert: fatal, protocol version
            writer.close()

        async with raw(talk) as port:
            assert await self.kind(net, port) is FailureKind.TLS_PROTOCOL

    async def test_a_server_that_never_answers(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        async with raw(talk) as port:
            kind = await self.kind(net, port, "http://a.example/", Limits(hop_seconds=0.2))
        assert kind is FailureKind.TIMEOUT

    async def test_a_reset_instead_of_an_answer(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await read_head(reader)
            reset(writer)

        async with raw(talk) as port:
            assert await self.kind(net, port, "http://a.example/") is FailureKind.RESET

    async def test_an_end_instead_of_an_answer(self, net: Net) -> None:
        async with raw(saying(b"")) as port:
            assert await self.kind(net, port, "http://a.example/") is FailureKind.CLOSED

    async def test_an_end_instead_of_an_answer_over_http_2(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.close()

        async with raw(talk, context_for("a.example")) as port:
            assert await self.kind(net, port) is FailureKind.CLOSED

    @pytest.mark.parametrize("answer", [b"nonsense\r\n\r\n", b"HTTP/1.1 99999 x\r\n\r\n", b"\0" * 200_000])
    async def test_an_answer_that_is_not_http(self, net: Net, answer: bytes) -> None:
        async with raw(saying(answer)) as port:
            assert await self.kind(net, port, "http://a.example/") is FailureKind.PROTOCOL

    async def test_garbage_where_http_2_was_agreed(self, net: Net) -> None:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(4096)
            writer.write(b"\0\0\1\0\0\0\0\0\0x")  # a DATA frame on stream 0
            await writer.drain()
            await reader.read()
            writer.close()

        async with raw(talk, context_for("a.example")) as port:
            assert await self.kind(net, port) is FailureKind.PROTOCOL

    async def test_a_header_without_end(self, net: Net) -> None:
        async with raw(saying(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000)) as port:
            assert await self.kind(net, port, "http://a.example/") is FailureKind.PROTOCOL

    async def test_a_body_that_breaks_off_keeps_what_came(self, net: Net) -> None:
        async with raw(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")) as port:
            net.lead("a.example", 80, port)
            seen = await visit(net, "http://a.example/")

        assert seen.failure is not None
        assert seen.page is not None
        assert seen.page.body == b"half"
        assert seen.page.truncated

    async def test_a_reset_in_the_body_is_a_reset(self, net: Net) -> None:
        async def then(writer: asyncio.StreamWriter) -> None:
            await asyncio.sleep(0.05)
            reset(writer)

        async with raw(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", then)) as port:
            assert await self.kind(net, port, "http://a.example/") is FailureKind.RESET

    async def test_a_body_that_drips_ends_with_the_time(self, net: Net) -> None:
        async def drip(writer: asyncio.StreamWriter) -> None:
            while not writer.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.02)

        async with raw(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", drip)) as port:
            net.lead("a.example", 80, port)
            seen = await visit(net, "http://a.example/", limits=Limits(total_seconds=0.3))

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.TIMEOUT
        assert not seen.settled
        assert seen.page is not None
        assert seen.page.truncated

    async def test_headers_that_drip_end_with_the_time(self, net: Net) -> None:
        async def drip(writer: asyncio.StreamWriter) -> None:
            while not writer.is_closing():
                writer.write(b"X-A: b\r\n")
                await asyncio.sleep(0.02)

        async with raw(saying(b"HTTP/1.1 200 OK\r\n", drip)) as port:
            kind = await self.kind(net, port, "http://a.example/", Limits(hop_seconds=0.3))
        assert kind is FailureKind.TIMEOUT

    async def test_a_redirect_to_a_dead_host_tells_where_it_struck(self, net: Net) -> None:
        async with serving(net, routes({"/start": to("https://gone.example/")})):
            seen = await visit(net)

        assert seen.failure is not None
        assert (seen.failure.kind, seen.failure.url) == (FailureKind.DNS, "https://gone.example/")
        assert [hop.status for hop in seen.hops] == [302, None]

    async def test_line_ends_in_a_location_do_no_harm(self, net: Net) -> None:
        """HTTP/2 carries any byte in a header's value."""
        async with raw(h2_redirect(b"/end\r\nset-cookie: evil=1"), context_for("a.example", alpn=("h2",))) as port:
            net.lead("a.example", 443, port)
            seen = await visit(net, limits=Limits(hops=1))

        assert seen.hops[1].url == "https://a.example/endset-cookie:%20evil=1"

    async def test_a_vantage_whose_proxy_is_down_says_nothing_of_the_link(self, net: Net) -> None:
        vantage = Vantage(id="far", proxy=f"socks5://user:s3cret@127.0.0.1:{closed_port()}")
        seen = await visit_http(net.network, vantage, START, client=None)

        assert seen.failure is not None
        assert seen.failure.kind is FailureKind.VANTAGE
        assert "s3cret" not in repr(seen)


def h2_redirect(location: bytes) -> Talk:
    """Redirects every HTTP/2 request to `location`, whatever bytes it holds."""
    import h2.config
    import h2.connection
    import h2.events

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        config = h2.config.H2Configuration(
            client_side=False, header_encoding=None, validate_outbound_headers=False, normalize_outbound_headers=False
        )
        connection = h2.connection.H2Connection(config)
        connection.initiate_connection()
        while data := await reader.read(4096):
            for event in connection.receive_data(data):
                if isinstance(event, h2.events.RequestReceived):
                    headers = [(b":status", b"302"), (b"location", location)]
                    connection.send_headers(event.stream_id, headers, end_stream=True)
            writer.write(connection.data_to_send())
        writer.close()

    return talk


async def test_visits_at_the_same_time_do_not_disturb_each_other(net: Net) -> None:
    """One that is reset, one that is cut and one that is slow beside forty that are fine."""

    def mixed(scope: dict[str, Any]) -> Reply:
        return 200, [], b"x" * (3_000_000 if scope["path"] == "/long" else 20_000)

    async with serving(net, answering(mixed)):
        network = net.network
        urls = [f"https://a.example/{'long' if number % 4 == 0 else 'short'}" for number in range(40)]
        seen = await asyncio.gather(*(visit_http(network, HERE, url, client=None) for url in urls))

    assert [one.failure for one in seen] == [None] * 40
    assert [one.page.truncated for one in seen if one.page] == [number % 4 == 0 for number in range(40)]
