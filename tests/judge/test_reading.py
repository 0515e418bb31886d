"""What a page is, by its signs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.judge.kind import Kind
from linkprobe.judge.reading import kinds
from linkprobe.judge.signs import LONG, signs
from linkprobe.page import Facts
from tests.page.pages import facts

TARGET = "https://target.example/path?a=1"
PLATFORM = "https://link.platform.example/?to=x"
ARTICLE = "The ducks have gone south and the bench by the willow is wet where nobody sits. "


def strongest(page: Facts) -> Kind:
    found = kinds(page, TARGET)[0]
    return found.kind if found.strength >= 0.5 else Kind.CONTENT


def at_platform(markup: str) -> Facts:
    return facts(markup, url=PLATFORM)


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<title>Stop</title><p>Access to this website has been blocked by order of the court.", Kind.BLOCK),
        ("<script>var s={'type':'x','title':'已停止访问该网页'}</script><div id=app></div>", Kind.BLOCK),
        ("<body id=ERR_ACCESS_DENIED><p>Ni dovoljeno.", Kind.BLOCK),
        ("<body id=ERR_CONNECT_FAIL><p>Ni šlo.", Kind.NET_ERROR),
        ("<title>Error</title><p>The proxy could not connect to the remote server.", Kind.NET_ERROR),
        (
            "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>",
            Kind.HTTP_ERROR,
        ),
        ("<h1>404</h1><p>Oh.", Kind.NOT_FOUND),
        ("<title>Oops</title><p>The page you are looking for does not exist.", Kind.NOT_FOUND),
        ("<title>Hi</title><p>This domain is for sale.", Kind.PARKED),
        ("<title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>", Kind.DEFAULT),
        ("<p>x</p><img src=/img-sys/logo.png>", Kind.DEFAULT),
        ("<title>Just a moment...</title><script>window._cf_chl_opt={}</script>", Kind.CHALLENGE),
        ("<p>Please prove it.</p><form><div class=g-recaptcha></div></form>", Kind.CHALLENGE),
        ("<title>Sign in</title><form><input name=u><input type=password></form>", Kind.LOGIN),
        ("<p>请使用浏览器打开本页</p>", Kind.OPEN_IN_BROWSER),
        ("<p>请长按网址复制</p>", Kind.COPY),
        ("<p>Open this page in the app to go on. Download the app now.</p>", Kind.APP),
        ("<script>location='https://elsewhere.example/'</script>", Kind.FORWARD),
        ("", Kind.EMPTY),
        ("<html><body></body></html>", Kind.EMPTY),
        ("<title>A pond</title><p>Ducks.", Kind.CONTENT),
    ],
)
def test_a_page_is_told_by_its_signs(markup: str, kind: Kind) -> None:
    assert strongest(facts(markup)) is kind


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        (f"<p>You are leaving us.</p><a class=btn href='{TARGET}'>Continue</a>", Kind.LEAVING),
        (f"<p>Bạn đi đâu?</p><a href='{TARGET}'>Ừ</a>", Kind.LEAVING),
        ("<p>Where to?</p><a class=btn href='https://short.example/x'>Continue</a>", Kind.LEAVING),
        (f"<p>On you go in 5 s</p><script>setTimeout(function(){{location='{TARGET}'}}, 5000)</script>", Kind.AUTO),
        (
            f"<p>即将离开，5 秒后自动跳转</p><a href='{TARGET}'>继续</a>"
            f"<script>var n=5;setInterval(function(){{if(!n--)location='{TARGET}'}},1000)</script>",
            Kind.AUTO,
        ),
        (f"<p>{TARGET}</p><a data-clipboard-text='{TARGET}'>Copy link</a>", Kind.COPY),
        ("<p>Seen and gone for good.</p><script>location='https://elsewhere.example/'</script>", Kind.FORWARD),
        ("<p>An app</p><a href='ourapp://open'>x</a><a href='https://play.google.com/store/apps/x'>y</a>", Kind.APP),
    ],
)
def test_what_leads_on_from_a_platform_s_page_tells_it(markup: str, kind: Kind) -> None:
    assert strongest(at_platform(markup)) is kind


def test_a_bare_address_is_no_button() -> None:
    page = at_platform(f"<p>Blocked by order of the court.</p><a href='{TARGET}'>{TARGET}</a>")

    assert Kind.LEAVING not in {reading.kind for reading in kinds(page, TARGET)}


def test_a_link_to_its_own_host_leads_nowhere() -> None:
    assert Kind.LEAVING not in {
        reading.kind for reading in kinds(facts(f"<p>x</p><a href='{TARGET}'>Continue</a>"), TARGET)
    }


def test_words_about_going_on_weigh_little_where_nothing_goes_on() -> None:
    bare = kinds(at_platform("<p>You are about to leave our site.</p>"), TARGET)[0]
    able = kinds(at_platform("<p>You are about to leave our site.</p><button>Continue</button>"), TARGET)[0]

    assert bare.strength < 0.2 < able.strength


def test_an_article_that_says_everything_a_block_page_says_is_content() -> None:
    phrases = "Access to this website has been blocked by order of the court. The page you requested is not allowed. "
    page = facts(f"<title>How providers block</title><h1>Access denied</h1><p>{phrases * 3}{ARTICLE * 80}")

    assert len(page.words) > LONG
    assert strongest(page) is Kind.CONTENT


def test_a_front_page_with_a_login_box_is_content() -> None:
    assert (
        strongest(facts(f"<title>Pond news</title><form><input type=password></form><p>{ARTICLE * 40}")) is Kind.CONTENT
    )


@pytest.mark.parametrize("url", ["https://target.example/login", "https://target.example/user/sign-in?x=1"])
def test_a_login_address_tells_a_login_page(url: str) -> None:
    page = facts(f"<title>Hi</title><form><input type=password></form><p>{ARTICLE * 14}", url=url)

    assert strongest(page) is Kind.LOGIN


def test_a_long_login_page_is_told_by_address_and_title() -> None:
    body = f"<title>Sign in</title><form><input type=password></form><p>{ARTICLE * 40}"

    assert strongest(facts(body, url="https://target.example/login")) is Kind.LOGIN


def test_login_words_without_a_field_are_no_login() -> None:
    assert strongest(facts("<title>Pond</title><p>Sign in. Forgot your password? Log in to continue.")) is Kind.CONTENT


def test_a_form_with_a_purpose_and_a_captcha_is_no_challenge() -> None:
    form = "<form><input name=name><textarea name=text></textarea><div class=g-recaptcha></div></form>"

    assert strongest(facts(f"<title>Write to us</title>{form}")) is Kind.CONTENT


@pytest.mark.parametrize(
    ("status", "kind"), [(451, Kind.BLOCK), (404, Kind.NOT_FOUND), (503, Kind.HTTP_ERROR), (500, Kind.HTTP_ERROR)]
)
def test_a_status_is_a_sign(status: int, kind: Kind) -> None:
    assert strongest(facts("<title>Hm</title><p>Hm.", status=status)) is kind


def test_a_page_that_names_its_own_status_is_an_error_page() -> None:
    assert strongest(facts("<title>Trouble | 403 - Access denied</title>", status=403)) is Kind.HTTP_ERROR


def test_an_error_without_a_page_is_read_by_its_status() -> None:
    assert kinds(facts('{"error": 1}', status=503, content_type="application/json"))[0].kind is Kind.HTTP_ERROR


def test_a_challenge_header_tells_a_long_page() -> None:
    page = facts(f"<title>x</title><p>{ARTICLE * 40}", headers=(("cf-mitigated", "challenge"),))

    assert strongest(page) is Kind.CHALLENGE


def test_a_bot_wall_s_script_on_a_page_with_matter_is_no_challenge() -> None:
    page = facts(f"<title>Pond</title><script>window['__CF$cv$params']={{}}</script><p>{ARTICLE * 25}")

    assert strongest(page) is Kind.CONTENT


def test_a_middling_page_says_less_by_its_text_than_a_short_one() -> None:
    phrase = "<p>Access to this website has been blocked.</p>"
    short = kinds(facts(phrase))[0]
    middling = kinds(facts(f"<p>{ARTICLE * 15}</p>{phrase}"))[0]

    assert short.strength > middling.strength


def test_the_evidence_quotes_the_page() -> None:
    assert "access denied" in kinds(facts("<h1>Access denied</h1>"))[0].evidence


@given(st.text(max_size=200), st.sampled_from(["", TARGET, "☃"]))
@settings(max_examples=80)
def test_any_page_has_a_reading(text: str, target: str) -> None:
    found = kinds(facts(f"<p>{text}"), target)

    assert found
    assert all(0 <= reading.strength <= 1 for reading in found)
    assert all(sign.weight > 0 for sign in signs(facts(f"<p>{text}"), target))
