"""One story: what headers say, what scripts say, in the page and in the tabs it opens."""

import json
from typing import Any

import pytest

from linkprobe.model import Bridge, Client, EventKind, Vantage, Visit
from linkprobe.probe.agents import ORDINARY
from linkprobe.probe.browser.disguise import disguise
from tests.probe.browser.conftest import Asked, Theatre, to

ANDROID = Client(
    user_agent=(
        "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
        "Chrome/126.0.6478.188 Mobile Safari/537.36 MicroMessenger/8.0.50"
    ),
    brands={"Not/A)Brand": "8.0.0.0", "Chromium": "126.0.6478.188", "Android WebView": "126.0.6478.188"},
    os="Android",
    os_version="14.0.0",
    model="Pixel 8",
    mobile=True,
    headers={"X-Requested-With": "com.tencent.mm"},
    viewport=(393, 851),
    bridge=Bridge(
        objects={"WeixinJSBridge": ("invoke", "on", "call")},
        variables={"__wxjs_environment": "browser"},
        ready_event="WeixinJSBridgeReady",
    ),
)
IPHONE = Client(
    user_agent="Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 App/8.0",
    os="iOS",
    mobile=True,
    viewport=(390, 844),
    language="en-US",
    timezone="Europe/Berlin",
)
CLIENTS = pytest.mark.parametrize("client", [None, ANDROID, IPHONE], ids=["ordinary", "android", "iphone"])

SAYS = """<pre id=says></pre><script>(async () => {
  const data = navigator.userAgentData, high = data && await data.getHighEntropyValues(["model", "fullVersionList"]);
  document.getElementById("says").textContent = JSON.stringify({
    agent: navigator.userAgent, platform: navigator.platform, languages: navigator.languages,
    brands: data && data.brands, mobile: data && data.mobile, os: data && data.platform, high,
    has: "userAgentData" in navigator, touch: navigator.maxTouchPoints > 0, width: screen.width,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
})()</script>"""


def saying(visit: Visit) -> dict[str, Any]:
    assert visit.page is not None
    text = visit.page.body.decode().partition('<pre id="says">')[2].partition("</pre>")[0]
    said: dict[str, Any] = json.loads(text)
    return said


def hints(asked: Asked) -> dict[str, str]:
    return {name: value for name, value in asked.headers.items() if name.startswith("sec-ch-")}


def as_header(brands: list[dict[str, str]]) -> str:
    return ", ".join(f'"{brand["brand"]}";v="{brand["version"]}"' for brand in brands)


@pytest.mark.browser
@CLIENTS
async def test_headers_and_scripts_tell_the_same_story(theatre: Theatre, client: Client | None) -> None:
    posed = client or ORDINARY
    url = theatre.stage.put("shop.test/", SAYS)

    said = saying(await theatre.see(url, client=client))

    (asked,) = theatre.stage.requests("shop.test/")
    assert said["agent"] == asked.headers["user-agent"] == posed.user_agent
    assert said["languages"][0] == posed.language == asked.headers["accept-language"].partition(",")[0]
    assert said["zone"] == posed.timezone
    assert (said["touch"], said["width"]) == (posed.mobile, posed.viewport[0])
    assert said["has"] is bool(posed.brands)
    if posed.brands:
        assert hints(asked)["sec-ch-ua"] == as_header(said["brands"])
        assert hints(asked)["sec-ch-ua-mobile"] == ("?1" if said["mobile"] else "?0")
        assert hints(asked)["sec-ch-ua-platform"] == f'"{said["os"]}"'
        assert said["high"]["model"] == posed.model
    else:
        assert hints(asked) == {}


@pytest.mark.browser
@CLIENTS
async def test_the_story_outlasts_a_redirect(theatre: Theatre, client: Client | None) -> None:
    theatre.stage.put("shop.test/", SAYS)
    url = theatre.stage.put("gate.test/", to("https://shop.test/"))

    await theatre.see(url, client=client)

    (before,), (after,) = theatre.stage.requests("gate.test/"), theatre.stage.requests("shop.test/")
    kept = ("user-agent", "accept-language", "x-requested-with", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform")
    assert {name: after.headers.get(name) for name in kept} == {name: before.headers.get(name) for name in kept}


@pytest.mark.browser
@CLIENTS
async def test_a_new_tab_tells_the_same_story(theatre: Theatre, client: Client | None) -> None:
    theatre.stage.put("shop.test/", SAYS)
    warning = "<button onclick=\"window.open('https://shop.test/')\">Continue</button>"
    url = theatre.stage.put("gate.test/", warning)

    alone = saying(await theatre.see("https://shop.test/", client=client))
    visit = await theatre.see(url, client=client, target="https://shop.test/")

    assert visit.clicked is not None
    assert saying(visit.clicked) == alone
    page, tab = theatre.stage.requests("shop.test/")
    assert page.headers["accept-language"].startswith(tab.headers["accept-language"])
    assert page.headers["user-agent"] == tab.headers["user-agent"]
    if client is not IPHONE:  # a tab's empty hints cannot be taken away; the module says so
        assert hints(tab) == hints(page)


@pytest.mark.browser
@CLIENTS
async def test_nothing_says_headless(theatre: Theatre, client: Client | None) -> None:
    theatre.stage.put("shop.test/", SAYS)
    theatre.stage.put("shop.test/hop", to("https://shop.test/"))
    worker = "<script>new Worker(URL.createObjectURL(new Blob(['fetch(\"https://shop.test/w\")'])))</script>"
    url = theatre.stage.put("gate.test/", f"{SAYS}{worker}<script>window.open('https://shop.test/hop')</script>")

    visit = await theatre.see(url, client=client)

    assert len(theatre.stage.requests("shop.test/")) == 1
    assert theatre.stage.requests("shop.test/w")
    assert "headless" not in repr(theatre.stage.asked).lower()
    assert visit.page is not None
    assert b"headless" not in visit.page.body.lower()


@pytest.mark.browser
async def test_an_apps_own_header_makes_no_cross_origin_request_ask_first(theatre: Theatre) -> None:
    theatre.stage.put("cdn.test/a.js", (200, [("access-control-allow-origin", "*")], b"document.title = 'drawn'"))
    url = theatre.stage.put("shop.test/", "<script crossorigin src=https://cdn.test/a.js></script>welcome")

    visit = await theatre.see(url, client=ANDROID)

    assert theatre.stage.requests("shop.test/")[0].headers["x-requested-with"] == "com.tencent.mm"
    assert [asked.method for asked in theatre.stage.requests("cdn.test/a.js")] == ["GET"]
    assert visit.page is not None
    assert b"<title>drawn</title>" in visit.page.body


@pytest.mark.browser
async def test_a_vantages_headers_go_with_documents(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "welcome")
    vantage = Vantage(id="staging", headers={"X-Country": "DE"})

    await theatre.chromium.visit(vantage, url, client=None)

    assert theatre.stage.requests("shop.test/")[0].headers["x-country"] == "DE"


@pytest.mark.browser
async def test_bridge_calls_are_answered_and_kept(theatre: Theatre) -> None:
    url = theatre.stage.put(
        "shop.test/",
        """<p id=said></p><script>document.addEventListener("WeixinJSBridgeReady", () =>
        WeixinJSBridge.invoke("openUrl", {url: "x"}, (answer) =>
          document.getElementById("said").append(__wxjs_environment, " ", answer.err_msg)))</script>""",
    )

    visit = await theatre.see(url, client=ANDROID)

    calls = [event.text for event in visit.events if event.kind is EventKind.BRIDGE_CALL]
    assert calls == ['WeixinJSBridge.invoke ["openUrl",{"url":"x"}]']
    assert visit.page is not None
    assert b"browser openUrl:ok" in visit.page.body


@pytest.mark.browser
async def test_the_ordinary_browser_has_no_bridge(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "<p id=a></p><script>a.append(typeof WeixinJSBridge)</script>")

    visit = await theatre.see(url)

    assert visit.page is not None
    assert b'<p id="a">undefined</p>' in visit.page.body


def test_only_headers_that_need_permission_are_kept_for_documents() -> None:
    pose = disguise(ANDROID, Vantage(headers={"X-Country": "DE"}), "_w")

    assert pose.navigation == {"x-requested-with": "com.tencent.mm", "x-country": "DE"}
    assert set(pose.options["extra_http_headers"]) == {
        "sec-ch-ua",
        "sec-ch-ua-mobile",
        "sec-ch-ua-platform",
        "accept-language",
    }
