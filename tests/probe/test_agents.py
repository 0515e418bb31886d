"""What the probes say they are."""

import msgspec
import pytest

from linkprobe.model import Client, Vantage
from linkprobe.probe.agents import ORDINARY, accept_language, client_hints, extra_headers, headers_for

WEBVIEW = Client(
    user_agent="Mozilla/5.0 (Linux; Android 14; X) Chrome/126.0.6478.188 Mobile MicroMessenger/8.0",
    brands={"Not/A)Brand": "8.0.0.0", "Chromium": "126.0.6478.188", "Android WebView": "126.0.6478.188"},
    os="Android",
    os_version="14.0.0",
    model="X",
    mobile=True,
    headers={"X-Requested-With": "com.tencent.mm"},
)
WEBKIT = msgspec.structs.replace(WEBVIEW, brands={}, os="iOS", headers={})


@pytest.mark.parametrize("word", ["link", "bot", "probe", "crawl", "headless", "python", "httpx"])
def test_the_ordinary_browser_does_not_say_what_it_is_for(word: str) -> None:
    assert word not in repr(headers_for(None, Vantage())).lower()


def test_the_ordinary_browsers_hints_agree_with_its_user_agent() -> None:
    major = ORDINARY.brands["Chromium"].partition(".")[0]

    assert f"Chrome/{major}.0.0.0" in ORDINARY.user_agent
    assert ORDINARY.os in ORDINARY.user_agent


def test_hints_are_derived_from_brands_and_system() -> None:
    assert client_hints(WEBVIEW).headers == {
        "sec-ch-ua": '"Not/A)Brand";v="8", "Chromium";v="126", "Android WebView";v="126"',
        "sec-ch-ua-mobile": "?1",
        "sec-ch-ua-platform": '"Android"',
    }


def test_scripts_are_told_the_same() -> None:
    metadata = client_hints(WEBVIEW).metadata

    assert metadata is not None
    assert metadata["fullVersion"] == "126.0.6478.188"
    assert metadata["platformVersion"] == "14.0.0"
    assert metadata["mobile"] is True


def test_a_client_without_brands_has_no_hints() -> None:
    assert client_hints(WEBKIT) == ({}, None)
    assert not [name for name in headers_for(WEBKIT, Vantage()) if name.startswith("sec-ch-")]


def test_headers_of_the_client_and_of_the_vantage_are_added() -> None:
    headers = headers_for(WEBVIEW, Vantage(headers={"X-Country": "CN"}))

    assert headers["x-requested-with"] == "com.tencent.mm"
    assert headers["x-country"] == "CN"


def test_the_vantage_has_the_last_word() -> None:
    assert extra_headers(WEBVIEW, Vantage(headers={"Accept-Language": "ru"}))["accept-language"] == "ru"


def test_a_quote_in_a_brand_stays_inside_its_string() -> None:
    client = msgspec.structs.replace(WEBVIEW, brands={'a"b': "1.2"})

    assert client_hints(client).headers["sec-ch-ua"] == '"a\\"b";v="1"'


@pytest.mark.parametrize(("language", "header"), [("zh-CN", "zh-CN,zh;q=0.9"), ("ru", "ru")])
def test_languages_are_listed_as_chromium_lists_them(language: str, header: str) -> None:
    assert accept_language(language) == header
