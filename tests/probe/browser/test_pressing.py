"""Buttons that lead on are pressed with the mouse; others never are."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from linkprobe.model import EventKind, HopWay, Landmark
from linkprobe.probe.browser import find_chromium
from linkprobe.probe.browser.pressing import WORDS
from linkprobe.probe.browser.scripting import call
from linkprobe.probe.browser.vocabulary import GO_ON, NOT_ON
from tests.probe.browser.conftest import Theatre, to

pytestmark = pytest.mark.browser

SHOP = "https://shop.test/item?id=1"
CARRIED = "https%3A%2F%2Fshop.test%2Fitem%3Fid%3D1"


@pytest.fixture(scope="module")
async def blank() -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_chromium({}), args=["--no-sandbox"])
        yield await browser.new_page()
        await browser.close()


async def found(page: Page, body: str) -> Any:
    await page.set_content(body)
    button = await page.evaluate(call("button", WORDS))
    return button and button["label"]


async def test_every_label_that_leads_on_is_found(blank: Page) -> None:
    missed = [label for label in GO_ON if not await found(blank, f"<button>{label}</button>")]

    assert missed == []


async def test_no_label_that_leads_elsewhere_is_found(blank: Page) -> None:
    pressed = [label for label in NOT_ON if await found(blank, f"<button>{label}</button>")]

    assert pressed == []


@pytest.mark.parametrize(
    "label",
    [
        "Continue in app",
        "继续下载客户端",
        "登录后继续",
        "Continue with Google",
        "复制链接后继续访问",
        "继续阅读全文",
        "Visit our app store",
    ],
)
async def test_a_label_with_both_is_left_alone(blank: Page, label: str) -> None:
    assert await found(blank, f"<a href='https://x.test/'>{label}</a>") is None


@pytest.mark.parametrize(
    "body",
    [
        "<form><input type=password><button>Continue</button></form>",
        "<form><input name=phone><button>继续</button></form>",
        "<a href='https://x.test/a.apk'>继续</a>",
        "<a href='weixin://open'>继续</a>",
        "<button style='display:none'>Continue</button>",
        "<p>Do you want to continue?</p>",
        "<p>continue</p>",
        "<button>3</button>",
    ],
)
async def test_what_does_not_lead_on_is_left_alone(blank: Page, body: str) -> None:
    assert await found(blank, body) is None


async def test_the_plainest_label_wins(blank: Page) -> None:
    body = "<a href='https://x.test/1'>Continue to our help pages</a><a href='https://x.test/2'>Continue</a>"

    assert await found(blank, body) == "continue"


@pytest.mark.parametrize(
    "button",
    [
        f"<a href='{SHOP}'>继续访问</a>",
        f"<button onclick=\"location = '{SHOP}'\">Continue</button>",
        f"<div style='cursor:pointer' id=d>前往</div><script>d.onclick = () => {{ location = '{SHOP}' }}</script>",
        f"<form action='{SHOP}'><input type=hidden name=id value=1><input type=submit value='Proceed'></form>",
        f"<div style='height:3000px'></div><a href='{SHOP}'>Перейти</a>",
        f"<button disabled id=b onclick=\"location = '{SHOP}'\">Continue</button>"
        "<script>setTimeout(() => { b.disabled = false }, 1500)</script>",
    ],
)
async def test_the_button_is_pressed_and_followed(theatre: Theatre, button: str) -> None:
    theatre.stage.put("shop.test/item", "welcome")
    url = theatre.stage.put("gate.test/", f"<p>您即将离开</p>{button}") + f"?target={CARRIED}"

    visit = await theatre.see(url)

    assert visit.landed == url
    assert visit.clicked is not None
    assert visit.clicked.requested == url
    assert [(hop.url, hop.way) for hop in visit.clicked.hops] == [(SHOP, HopWay.CLICK)]
    assert visit.clicked.landed == SHOP
    assert [event.kind for event in visit.events] == [EventKind.CLICK]


async def test_a_click_is_followed_through_redirects(theatre: Theatre) -> None:
    theatre.stage.put("shop.test/item", "welcome")
    theatre.stage.put("gate.test/go", to(SHOP))
    url = theatre.stage.put("gate.test/", "<a href=/go>Continue</a>") + f"?target={CARRIED}"

    visit = await theatre.see(url)

    assert visit.clicked is not None
    ways = [(hop.url, hop.status, hop.way) for hop in visit.clicked.hops]
    assert ways == [("https://gate.test/go", 302, HopWay.CLICK), (SHOP, 200, HopWay.REDIRECT)]


async def test_a_click_is_followed_into_a_new_tab(theatre: Theatre) -> None:
    theatre.stage.put("shop.test/item", "welcome")
    theatre.stage.put("gate.test/go", to(SHOP))
    url = theatre.stage.put("gate.test/", "<a href=/go target=_blank rel=noopener>Continue</a>") + f"?target={CARRIED}"

    visit = await theatre.see(url)

    assert visit.clicked is not None
    ways = [(hop.url, hop.status, hop.way) for hop in visit.clicked.hops]
    assert ways == [("https://gate.test/go", 302, HopWay.CLICK), (SHOP, 200, HopWay.REDIRECT)]
    assert visit.clicked.landed == SHOP
    assert visit.clicked.page is not None
    assert visit.clicked.page.status == 200


async def test_a_click_that_does_nothing_leaves_the_page(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<button>Continue</button>") + f"?target={CARRIED}"

    visit = await theatre.see(url)

    assert visit.clicked is not None
    assert (visit.clicked.hops, visit.clicked.landed) == ((), url)


async def test_a_click_into_a_dead_host_is_a_failure_of_the_click(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<a href=https://dead.test/>Continue</a>") + f"?target={CARRIED}"

    visit = await theatre.see(url)

    assert visit.failure is None
    assert visit.clicked is not None
    assert visit.clicked.failure is not None
    assert visit.clicked.failure.url == "https://dead.test/"


async def test_nothing_is_pressed_on_the_targets_own_host(theatre: Theatre) -> None:
    url = theatre.stage.put("www.shop.test/", "<a href=/next>Continue</a>")

    assert (await theatre.see(url, target="https://shop.test/")).clicked is None


async def test_nothing_is_pressed_where_the_landmark_is(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "welcome<a href=/next>Continue</a>") + f"?target={CARRIED}"

    assert (await theatre.see(url, landmark=Landmark(text="welcome"))).clicked is None


async def test_nothing_is_pressed_unless_asked(theatre: Theatre) -> None:
    url = theatre.stage.put("gate.test/", "<a href=/next>Continue</a>") + f"?target={CARRIED}"

    assert (await theatre.see(url, click_through=False)).clicked is None
