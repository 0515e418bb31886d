from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from linkprobe.model import Client, Visit
from linkprobe.probe.browser import Chromium
from tests.lab.conftest import HERE, Visitor

pytestmark = pytest.mark.browser
GROUP = "wechat/group-chat"


@pytest_asyncio.fixture(scope="module")
async def in_china(china: Visitor) -> AsyncIterator[Chromium]:
    async with Chromium(china.network) as chromium:
        yield chromium


@pytest_asyncio.fixture(scope="module")
async def in_fiction(fiction: Visitor) -> AsyncIterator[Chromium]:
    async with Chromium(fiction.network) as chromium:
        yield chromium


def wechat(visitor: Visitor) -> Client:
    return visitor.catalogue.platforms["wechat"].clients["wechat-android"]


def text_of(visit: Visit) -> str:
    assert visit.page is not None
    return visit.page.body.decode()


async def test_a_browser_opens_a_target_with_its_own_certificate(china: Visitor, in_china: Chromium) -> None:
    target = china.catalogue.targets["taobao-item"]
    visit = await in_china.visit(HERE, target.url, client=None)

    assert (visit.failure, visit.landed) == (None, target.url)
    assert target.landmark is not None
    assert target.landmark.text in text_of(visit)


async def test_the_same_web_view_arrives_outside_and_meets_the_copy_page_inside(
    china: Visitor, in_china: Chromium
) -> None:
    url = china.catalogue.targets["taobao-item"].url
    inside = china.network.inside(*GROUP.split("/"))
    client = wechat(china)

    free = await in_china.visit(HERE, url, client=client)
    held = await in_china.visit(HERE, url, client=client, inside=inside)

    assert free.landed == url
    assert (held.landed or "").startswith("https://weixin110.qq.com/cgi-bin/")
    assert 'class="weui-msg__title">如需浏览，请长按网址复制后使用浏览器访问<' in text_of(held)


@pytest.mark.parametrize(
    "target", ["lab-interstitial-auto", "lab-shim-script", "lab-shim-meta-refresh", "lab-interstitial-click"]
)
@pytest.mark.parametrize("surface", ["", "lab-messenger/chat"])
async def test_a_browser_gets_past_every_page_that_has_a_way_on(
    fiction: Visitor, in_fiction: Chromium, target: str, surface: str
) -> None:
    url = fiction.catalogue.targets[target].url
    start = url if surface else f"https://social.example/bio/{url}"
    inside = fiction.network.inside(*surface.split("/")) if surface else None

    visit = await in_fiction.visit(HERE, start, client=None, inside=inside)

    assert url in (visit.landed, visit.clicked.landed if visit.clicked else None)
