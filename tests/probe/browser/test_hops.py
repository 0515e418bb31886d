"""What a visit writes down of its way."""

import pytest

from linkprobe.model import FailureKind, HopWay, Landmark
from tests.probe.browser.conftest import Theatre, html, to

pytestmark = pytest.mark.browser


async def test_http_redirects_are_hops_with_status_and_location(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/item", "welcome")
    url = theatre.stage.put("gate.test/", to("https://shop.test/item?x=1#part"))

    visit = await theatre.see(url)

    first, second = visit.hops
    assert (first.url, first.status, first.way, first.location) == (
        "https://gate.test/",
        302,
        HopWay.REQUEST,
        "https://shop.test/item?x=1#part",
    )
    assert (second.url, second.status, second.way) == (f"{shop}?x=1#part", 200, HopWay.REDIRECT)
    assert visit.landed == f"{shop}?x=1#part"


async def test_a_meta_refresh_of_two_seconds_is_waited_for(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "welcome")
    url = theatre.stage.put("gate.test/", f'<meta http-equiv="refresh" content="2;url={shop}">moment')

    visit = await theatre.see(url)

    assert [(hop.url, hop.way) for hop in visit.hops] == [(url, HopWay.REQUEST), (shop, HopWay.META_REFRESH)]
    assert visit.settled
    assert 1.9 < visit.hops[1].at < 4


async def test_a_refresh_header_counts_as_a_meta_refresh(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "welcome")
    url = theatre.stage.put("gate.test/", html("moment", refresh=f"1;url={shop}"))

    visit = await theatre.see(url)

    assert [hop.way for hop in visit.hops] == [HopWay.REQUEST, HopWay.META_REFRESH]


async def test_a_countdown_of_three_seconds_is_waited_for(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "welcome")
    url = theatre.stage.put(
        "gate.test/",
        f"""<p><b id="n">3</b> 秒后跳转</p><script>let n = 3; function go() {{ location.replace("{shop}") }}
        setInterval(() => {{ n -= 1; document.getElementById("n").textContent = n; if (!n) go() }}, 1000)</script>""",
    )

    visit = await theatre.see(url)

    assert [(hop.url, hop.way) for hop in visit.hops] == [(url, HopWay.REQUEST), (shop, HopWay.SCRIPT)]


async def test_a_single_timer_on_a_thin_page_is_waited_for(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "welcome")
    url = theatre.stage.put(
        "gate.test/", f'moment<script>setTimeout(go, 1500); function go() {{ location = "{shop}" }}</script>'
    )

    assert (await theatre.see(url)).landed == shop


async def test_a_page_with_a_clock_is_at_rest(theatre: Theatre) -> None:
    body = "<p id=t></p><script>setInterval(() => { document.getElementById('t').textContent = Date() }, 1000)</script>"
    url = theatre.stage.put("shop.test/", body)

    visit = await theatre.see(url)

    assert visit.settled
    assert visit.landed == url


async def test_a_script_that_leads_on_is_a_hop(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "welcome")
    url = theatre.stage.put("gate.test/", f"<script>location.href = '{shop}'</script>")

    visit = await theatre.see(url)

    assert [(hop.url, hop.way) for hop in visit.hops] == [(url, HopWay.REQUEST), (shop, HopWay.SCRIPT)]


async def test_an_address_that_the_page_rewrites_is_a_history_hop(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<script>history.pushState({}, '', '/moved?a=1#b')</script>welcome")

    visit = await theatre.see(url)

    assert [(hop.url, hop.way) for hop in visit.hops][1:] == [("https://shop.test/moved?a=1#b", HopWay.HISTORY)]
    assert visit.page is not None
    assert (visit.page.url, visit.page.status) == ("https://shop.test/moved?a=1#b", 200)


async def test_seconds_end_with_the_landed_documents_headers(theatre: Theatre) -> None:
    theatre.stage.put("shop.test/", "<img src=/slow.png>welcome", after=0.5)
    theatre.stage.put("shop.test/slow.png", (200, [("content-type", "image/png")], b""), after=1.0)
    url = theatre.stage.put("gate.test/", to("https://shop.test/"))

    visit = await theatre.see(url)

    assert 0.5 <= visit.seconds < 1.0


async def test_the_page_is_the_dom_after_scripts(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<p id=a></p><script>document.getElementById('a').append('写好')</script>")

    visit = await theatre.see(url)

    assert visit.page is not None
    assert '<p id="a">写好</p>'.encode() in visit.page.body
    assert visit.page.content_type == "text/html; charset=utf-8"
    assert ("content-type", "text/html; charset=utf-8") in visit.page.headers


async def test_a_cookies_value_is_not_kept(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", html("welcome", set_cookie="session=verysecret"))

    visit = await theatre.see(url)

    assert visit.page is not None
    assert "verysecret" not in repr(visit.page.headers)


async def test_an_error_status_with_an_empty_body_is_a_page(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", html("", status=451))

    visit = await theatre.see(url)

    assert visit.failure is None
    assert visit.page is not None
    assert visit.page.status == 451


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://nowhere.test/", FailureKind.DNS),
        ("https://dead.test/", FailureKind.REFUSED),
        ("https://wrong.test/", FailureKind.TLS_CERTIFICATE),
        ("http://shop.test:1/", FailureKind.BAD_REDIRECT),
    ],
)
async def test_a_connection_that_fails_has_its_kind(theatre: Theatre, url: str, kind: FailureKind) -> None:
    visit = await theatre.see(url)

    assert visit.failure is not None
    assert (visit.failure.kind, visit.failure.url, visit.page) == (kind, url, None)


async def test_a_failure_behind_a_redirect_names_the_hop_it_struck(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", to("https://dead.test/x"))

    visit = await theatre.see(url)

    assert visit.failure is not None
    assert (visit.failure.kind, visit.failure.url) == (FailureKind.REFUSED, "https://dead.test/x")
    assert [hop.status for hop in visit.hops] == [302, None]


async def test_a_page_that_leads_to_a_dead_host_has_failed(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<script>location = 'https://dead.test/'</script>moment")

    visit = await theatre.see(url)

    assert visit.page is None
    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.REFUSED


async def test_a_redirect_loop_is_too_many_redirects(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", to("https://gate.test/"))

    visit = await theatre.see(url)

    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.TOO_MANY_REDIRECTS


async def test_a_page_that_leaves_while_it_is_looked_at_is_followed(theatre: Theatre) -> None:
    shop = theatre.stage.put("shop.test/", "<p id='item'>welcome</p>", after=1.0)
    leaving = f"""setInterval(() => 0, 5000); const body = document.body;
        Object.defineProperty(document, "body", {{ get() {{ location.href = "{shop}"; return body }} }})"""
    url = theatre.stage.put("gate.test/", f"<body>moment<script>{leaving}</script>")

    visit = await theatre.see(url, landmark=Landmark(selector="#item"), target=shop)

    assert (visit.landed, visit.failure) == (shop, None)
