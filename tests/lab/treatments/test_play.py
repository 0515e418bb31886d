import json
import re
from html import unescape
from typing import Any

import httpx
import pytest

from tests.lab.conftest import Visitor

GO = "https://go.social.example/?u="
CHAT = "lab-messenger/chat"
GROUP = "wechat/group-chat"


def cgi_data(page: httpx.Response) -> dict[str, Any]:
    found = re.search(r"var cgiData = (\{.*?\});</script>", page.text)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


async def test_a_shim_goes_by_another_hop_of_the_platforms(fiction: Visitor) -> None:
    page = await fiction.through(GO, "lab-shim")

    assert [hop.url.host for hop in page.history] == ["go.social.example", "social.example"]
    assert page.url.host == "shim.shop.example"


@pytest.mark.parametrize(
    ("target", "means"),
    [
        ("lab-shim-script", r"<script>var u=\"https:\\/\\/shim-script\.shop\.example\\/item\?id=103&from=friend\";"),
        ("lab-shim-meta-refresh", r"http-equiv=\"refresh\" content=\"0;url=https://shim-meta-refresh\.shop\.example/"),
        (
            "lab-interstitial-auto",
            r"setTimeout\(function\(\){location\.href=\"https://[^\"]+\"},2000\)|content=\"2;url=",
        ),
        ("lab-interstitial-click", r"<a class=\"button go\"|<button class=\"go\"|<form class=\"go\""),
        ("lab-dead-click", r"onclick=\"return false\""),
        ("lab-login-wall", r"<input name=\"password\" type=\"password\""),
        ("lab-app-wall", r"/download/app\.apk"),
        ("lab-challenge", r"id=\"captcha\""),
        ("lab-copy-only", r"https://copy-only\.shop\.example/item\?id=113&amp;from=friend"),
        ("lab-block-page", r"We stopped this link to keep you safe"),
    ],
)
async def test_a_treatment_answers_in_its_own_shape(fiction: Visitor, target: str, means: str) -> None:
    page = await fiction.through(GO, target)

    assert page.url.host == "go.social.example"
    assert re.search(means, page.text)


async def test_pages_of_a_platform_differ_from_answer_to_answer(fiction: Visitor) -> None:
    pages = [(await fiction.through(GO, "lab-block-page")).text for _ in range(2)]

    assert pages[0] != pages[1]


@pytest.mark.parametrize(
    ("target", "landed"),
    [
        ("lab-add-parameters", "https://add-parameters.shop.example/item?id=105&from=friend&ref=lab-social"),
        ("lab-strip-parameters", "https://strip-parameters.shop.example/item"),
        ("lab-deep-link", "https://strip-path.shop.example/"),
        ("lab-rewrite-to-self", "https://posts.social.example/post?id=1"),
        ("lab-delay", "https://delay.shop.example/item?id=107&from=friend"),
    ],
)
async def test_a_treatment_changes_where_the_link_lands(fiction: Visitor, target: str, landed: str) -> None:
    page = await fiction.through(GO, target)

    assert str(page.url) == landed


async def test_a_delay_takes_its_seconds_for_that_link_only(fiction: Visitor) -> None:
    held = await fiction.through(GO, "lab-delay")
    free = await fiction.through(GO, "lab-direct")

    assert held.history[0].elapsed.total_seconds() > 2.9
    assert free.history[0].elapsed.total_seconds() < 1.5


async def test_a_reset_cuts_the_gateways_connection(fiction: Visitor) -> None:
    with pytest.raises(httpx.TransportError):
        await fiction.through(GO, "lab-reset")


async def test_a_platform_that_is_down_says_so_for_every_link(fiction: Visitor) -> None:
    pages = [await fiction.through("https://broken.example/out?url=", name) for name in ("lab-direct", "lab-neutral")]

    assert {page.status_code for page in pages} <= {502, 503}


@pytest.mark.parametrize("target", ["lab-interstitial-click", "lab-interstitial-auto", "lab-shim-script"])
async def test_the_way_on_leaves_an_app_without_a_second_page(fiction: Visitor, target: str) -> None:
    page = await fiction.open(target, inside=CHAT)
    code = page.url.params["c"]

    onward = await fiction.ask(f"https://messenger.example/safety/continue?c={code}", inside=CHAT)

    assert str(onward.url) == fiction.catalogue.targets[target].url


async def test_wechats_copy_page_is_empty_but_for_its_data(china: Visitor) -> None:
    page = await china.open("taobao-item", inside=GROUP)
    data = cgi_data(page)

    assert (page.status_code, page.url.host) == (200, "weixin110.qq.com")
    assert "taobao" not in str(page.url)
    assert "<title></title>" in page.text
    assert data["type"] == "empty"
    assert data["btns"] == []
    assert "/" not in data["desc"]
    assert unescape(data["desc"]) == china.catalogue.targets["taobao-item"].url
    assert unescape(data["title"]) == "如需浏览，请长按网址复制后使用浏览器访问"


async def test_wechats_block_page_offers_an_appeal_and_no_way_on(china: Visitor) -> None:
    data = cgi_data(await china.open("malware-canary", inside=GROUP))

    assert data["type"] == "block"
    assert "newreadtemplate" in data["btns"][0]["url"]
    assert "appspot" not in json.dumps(data)


async def test_wechat_opens_in_a_direct_chat_what_it_holds_in_a_group(china: Visitor) -> None:
    direct, group = [
        await china.open("taobao-item", inside=f"wechat/{where}") for where in ("direct-chat", "group-chat")
    ]

    assert [page.url.host for page in (direct, group)] == ["item.taobao.com", "weixin110.qq.com"]


async def test_a_warning_adds_the_parameters_the_world_names(china: Visitor) -> None:
    page = await china.through("https://weibo.cn/sinaurl?u=", "unfiled-page")
    code = re.search(r'name="c" value="(\w+)"', page.text)
    assert code is not None

    onward = await china.ask(f"https://weibo.cn/safety/continue?c={code[1]}")

    assert str(onward.url) == "https://www.example.com/document?id=1&continueFlag=weibo"
