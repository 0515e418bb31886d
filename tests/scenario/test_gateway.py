"""A target goes into a gateway's URL and comes out of it again, whatever the encoding."""

import base64
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.model import Encoding
from linkprobe.scenario.gateway import gateway_target, gateway_url, likeness

TEMPLATES = [
    "https://link.example/?target={url}",
    "https://link.example?target={url}",
    "https://Link.Example:8443/out/page.html?a=1&target={url}&z=2",
    "https://link.example/go/{url}",
    "https://link.example/go/{url}/end?x=1",
    "https://link.example/?{url}",
    "https://link.example/#/jump/{url}",
    "https://link.example/?to=x{url}y",
    "https://重定向.example/跳转?网址={url}",
]
URLS = [
    "https://item.taobao.com/item.htm?id=1&spm=a%20b+c#frag",
    "https://例子.测试/路径/页?词=值&x=%E4%BD%A0",
    "http://user.example:8080//double//slash/?a=b&a=c&target=https%3A%2F%2Fx.example%2F",
    "https://x.example/?q={url}&r=%257Burl%257D",
    "https://x.example/a=b;c=d~e'(f)!*@,$",
    "https://x.example/==",
]
text = st.text(st.characters(codec="utf-8"), min_size=1)


@settings(deadline=None)
@given(st.sampled_from(TEMPLATES), st.sampled_from(Encoding), text | st.sampled_from(URLS))
def test_a_target_comes_out_as_it_went_in(template: str, encoding: Encoding, url: str) -> None:
    assert gateway_target(template, encoding, gateway_url(template, encoding, url)) == url


@settings(deadline=None)
@given(st.sampled_from(TEMPLATES[:3]), st.sampled_from([each for each in Encoding if each is not Encoding.RAW]), text)
def test_a_target_survives_what_an_http_client_does_to_the_gateways_url(
    template: str, encoding: Encoding, url: str
) -> None:
    asked = str(httpx.URL(gateway_url(template, encoding, url)))

    assert gateway_target(template, encoding, asked) == url


@settings(deadline=None)
@given(st.sampled_from(TEMPLATES), st.sampled_from(Encoding), text)
def test_no_url_makes_reading_fail(template: str, encoding: Encoding, url: str) -> None:
    gateway_target(template, encoding, url)
    gateway_target(template, encoding, template.replace("{url}", url))


@pytest.mark.parametrize("encoding", [each for each in Encoding if each is not Encoding.RAW])
@pytest.mark.parametrize("url", URLS)
def test_an_encoded_target_cannot_break_out_of_its_parameter(encoding: Encoding, url: str) -> None:
    encoded = gateway_url("{url}", encoding, url)

    assert encoded.isascii()
    assert not set(encoded) & set("&#?/+= {}")


@pytest.mark.parametrize(
    ("encoding", "carried"),
    [
        (Encoding.PERCENT, "https%3A%2F%2Fx.example%2F%3Fa%3D1"),
        (Encoding.DOUBLE_PERCENT, "https%253A%252F%252Fx.example%252F%253Fa%253D1"),
        (Encoding.BASE64, "aHR0cHM6Ly94LmV4YW1wbGUvP2E9MQ%3D%3D"),
        (Encoding.RAW, "https://x.example/?a=1"),
    ],
)
def test_each_encoding_is_written_as_documented(encoding: Encoding, carried: str) -> None:
    assert (
        gateway_url("https://g.example/?u={url}", encoding, "https://x.example/?a=1")
        == f"https://g.example/?u={carried}"
    )


@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("alphabet", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_is_read_in_both_alphabets_with_and_without_padding(alphabet: object, padded: bool) -> None:
    url = "https://x.example/?a=>>>???ÿÿ"
    assert callable(alphabet)
    carried = alphabet(url.encode()).decode()
    carried = carried if padded else carried.rstrip("=")

    assert (
        gateway_target("https://g.example/?u={url}", Encoding.BASE64, f"https://g.example/?u={quote(carried)}") == url
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://link.example/?utm=1&target=https%3A%2F%2Fx.example%2F&more=2",
        "https://LINK.EXAMPLE/?target=https%3a%2f%2fx.example%2f",
        "https://link.example?target=https%3A%2F%2Fx.example%2F#top",
        "https://link.example/?target=https%3A%2F%2Fx.example%2F&target=https%3A%2F%2Fsecond.example",
    ],
)
def test_what_platforms_and_browsers_add_does_not_hide_the_target(url: str) -> None:
    assert gateway_target("https://link.example/?target={url}", Encoding.PERCENT, url) == "https://x.example/"


@pytest.mark.parametrize(
    ("encoding", "url"),
    [
        (Encoding.PERCENT, "https://other.example/?target=https%3A%2F%2Fx.example%2F"),
        (Encoding.PERCENT, "http://link.example/?target=https%3A%2F%2Fx.example%2F"),
        (Encoding.PERCENT, "https://link.example/other?target=https%3A%2F%2Fx.example%2F"),
        (Encoding.PERCENT, "https://link.example/?url=https%3A%2F%2Fx.example%2F"),
        (Encoding.PERCENT, "https://link.example/?target="),
        (Encoding.PERCENT, "https://link.example/?target=%FF%FE"),
        (Encoding.BASE64, "https://link.example/?target=%21%21%21"),
        (Encoding.BASE64, "https://link.example/?target=a"),
        (Encoding.BASE64, "https://link.example/?target=é"),
        (Encoding.BASE64, "https://link.example/?target=%2F%2F8%3D"),
        (Encoding.PERCENT, "https://[::1/?target=x"),
        (Encoding.RAW, "https://link.example/?x=1"),
    ],
)
def test_what_is_not_of_the_template_carries_no_target(encoding: Encoding, url: str) -> None:
    assert gateway_target("https://link.example/?target={url}", encoding, url) is None


def test_a_url_shorter_than_the_text_around_the_target_carries_none() -> None:
    assert gateway_target("https://g.example/aba{url}aba", Encoding.RAW, "https://g.example/aba") is None


def test_a_target_is_found_behind_what_stands_before_it_in_its_parameter() -> None:
    url = "https://search.example/ck/a?p=1&u=a1aHR0cHM6Ly94LmV4YW1wbGUv&ntb=1"

    assert gateway_target("https://search.example/ck/a?u=a1{url}", Encoding.BASE64, url) == "https://x.example/"
    assert gateway_target("https://search.example/ck/a?u=b2{url}", Encoding.BASE64, url) is None


def test_of_two_templates_the_one_with_more_of_the_urls_own_parameters_is_more_like_it() -> None:
    url = "https://g.example/safety?lang=en&scene=chat&target=https%3A%2F%2Fx.example%2F"
    chat, document = (f"https://g.example/safety?target={{url}}&scene={scene}&lang=en" for scene in ("chat", "ccm"))

    assert (likeness(chat, url), likeness(document, url)) == (2, 1)
    assert likeness("https://g.example/safety?target={url}", url) == 0
