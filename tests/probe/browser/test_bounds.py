"""Hostile pages cost a bounded amount, and never the next visit."""

import asyncio
import time

import psutil
import pytest

from linkprobe.model import EventKind, FailureKind, Landmark
from linkprobe.probe.browser import BrowserLimits, Chromium
from tests.probe.browser.conftest import HERE, QUICK, Theatre

pytestmark = pytest.mark.browser

SHORT = BrowserLimits(total=8.0, load=1.5, suspected=3.0, reading=1.5)


async def still_works(theatre: Theatre) -> bool:
    url = theatre.stage.put("shop.test/after", "welcome")
    return (await theatre.see(url)).landed == url


async def test_a_page_that_never_yields_is_read_and_the_next_visit_works(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<p>stuck</p><script>while (true);</script>")

    visit = await theatre.see(url, limits=SHORT)

    assert visit.page is not None
    assert b"stuck" in visit.page.body
    assert await still_works(theatre)


async def test_a_page_that_never_yields_does_not_hold_up_others(theatre: Theatre) -> None:
    stuck = theatre.stage.put("gate.test/", "<p>stuck</p><script>while (true);</script>")
    url = theatre.stage.put("shop.test/", "welcome")

    _, visit = await asyncio.gather(theatre.see(stuck, limits=SHORT), theatre.see(url))

    assert visit.landed == url


@pytest.mark.parametrize(
    "storm",
    [
        "<script>while (true) alert('again')</script>",
        "<script>setInterval(() => alert('again'), 1)</script>",
        "<script>onbeforeunload = () => 'stay'; while (true) confirm('again')</script>",
    ],
)
async def test_a_storm_of_dialogs_ends(theatre: Theatre, storm: str) -> None:
    url = theatre.stage.put("gate.test/", f"<p>page</p>{storm}")

    visit = await theatre.see(url)

    assert visit.page is not None
    assert len([event for event in visit.events if event.kind is EventKind.DIALOG]) == QUICK.dialogs
    assert await still_works(theatre)


async def test_a_flood_of_tabs_ends(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<p>page</p><script>setInterval(() => open('/tab'), 20)</script>")

    visit = await theatre.see(url)

    assert visit.page is not None
    assert 0 < len(theatre.stage.requests("gate.test/tab")) < 100
    assert await still_works(theatre)


@pytest.mark.parametrize("loop", ["location.reload()", "location.href = '/?' + Math.random()"])
async def test_a_page_that_loads_itself_for_ever_is_too_many_redirects(theatre: Theatre, loop: str) -> None:
    url = theatre.stage.put("gate.test/", f"<script>{loop}</script>")

    visit = await theatre.see(url)

    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.TOO_MANY_REDIRECTS
    assert len(visit.hops) <= QUICK.navigations + 2
    assert not visit.settled


async def test_a_page_that_renews_itself_has_arrived(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<meta http-equiv=refresh content=2>news")

    visit = await theatre.see(url)

    assert visit.settled
    assert [hop.url for hop in visit.hops] == [url]


async def test_a_huge_page_is_cut(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<p>start</p><script>document.write('汉'.repeat(1e6))</script>")

    visit = await theatre.see(url, limits=BrowserLimits())

    assert visit.page is not None
    assert visit.page.truncated
    assert len(visit.page.body) == QUICK.body


async def test_a_flood_of_requests_ends(theatre: Theatre) -> None:
    flood = "let n = 0; const go = () => fetch('/r?' + n++).then(go); go()"
    theatre.stage.put("gate.test/late", "late", after=60)
    url = theatre.stage.put("gate.test/", f"<p>page</p><script>{flood}</script><img src=/late>")

    async def asked(most: int) -> int:
        """How often the page gets to ask while its picture is waited for."""
        before = len(theatre.stage.requests("gate.test/r"))
        await theatre.see(url, limits=BrowserLimits(load=2.0, requests=most))
        return len(theatre.stage.requests("gate.test/r")) - before

    assert await asked(50) < await asked(1_000_000) / 2


async def test_a_server_that_never_answers_is_a_timeout(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "late", after=60)
    began = time.monotonic()

    visit = await theatre.see(url, limits=BrowserLimits(total=3.0, reading=1.0))

    assert time.monotonic() - began < 5
    assert visit.failure is not None
    assert (visit.failure.kind, visit.failure.url) == (FailureKind.TIMEOUT, url)
    assert [hop.status for hop in visit.hops] == [None]
    assert not visit.settled


async def test_a_page_that_leads_to_a_silent_server_is_a_timeout(theatre: Theatre) -> None:
    theatre.stage.put("shop.test/", "late", after=60)
    url = theatre.stage.put("gate.test/", "<script>location = 'https://shop.test/'</script>moment")

    visit = await theatre.see(url, limits=BrowserLimits(total=4.0, reading=1.0))

    assert visit.failure is not None
    assert (visit.failure.kind, visit.failure.url) == (FailureKind.TIMEOUT, "https://shop.test/")


async def test_a_picture_that_never_comes_is_not_waited_for(theatre: Theatre) -> None:
    theatre.stage.put("shop.test/slow.png", "late", after=60)
    url = theatre.stage.put("shop.test/", "<img src=/slow.png>welcome")

    visit = await theatre.see(url, limits=SHORT)

    assert visit.landed == url
    assert visit.settled


async def test_a_landmark_that_is_drawn_late_is_waited_for(theatre: Theatre) -> None:
    draw = "fetch('/data').then(r => r.text()).then(t => document.body.append(t))"
    theatre.stage.put("shop.test/data", "welcome home", after=1.2)
    url = theatre.stage.put("shop.test/", f"<p>moment</p><script>{draw}</script>")

    visit = await theatre.see(url, landmark=Landmark(text="Welcome  home"))

    assert visit.page is not None
    assert b"welcome home" in visit.page.body


async def test_a_landmark_that_never_comes_is_given_up(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<p>moment</p>")
    began = time.monotonic()

    visit = await theatre.see(url, landmark=Landmark(selector="#never"))

    assert visit.settled
    assert QUICK.landmark < time.monotonic() - began < QUICK.landmark + 4


async def test_a_page_whose_process_dies_is_a_crash_and_the_next_visit_works(theatre: Theatre) -> None:
    visit = await theatre.see("chrome://crash")

    assert visit.failure is not None
    assert visit.failure.kind is FailureKind.CRASHED
    assert await still_works(theatre)


async def test_an_address_that_is_none_is_a_failure(theatre: Theatre) -> None:
    visit = await theatre.see("https://")

    assert visit.failure is not None
    assert visit.page is None


async def test_a_browser_that_died_is_started_again(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "welcome")
    known = {child.pid for child in psutil.Process().children(recursive=True)}
    async with Chromium(theatre.network) as chromium:
        for child in psutil.Process().children(recursive=True):
            if child.pid not in known and "headless" in child.name():
                child.kill()

        visit = await chromium.visit(HERE, url, client=None)

    assert visit.landed == url


async def test_nothing_is_left_of_a_visit(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<script>open('/tab')</script>welcome")
    running = theatre.chromium._running

    await theatre.see(url)

    assert running is not None
    assert running.browser.contexts == []


async def test_a_visit_keeps_no_cookies_for_the_next(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", (200, [("set-cookie", "seen=1"), ("content-type", "text/html")], b"welcome"))

    await theatre.see(url)
    await theatre.see(url)

    assert ["cookie" in asked.headers for asked in theatre.stage.requests("shop.test/")] == [False, False]
