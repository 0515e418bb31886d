"""Forwards that need no click."""

import pytest

from linkprobe.page.parts import Jump, JumpWay
from tests.page.pages import URL, facts

THERE = "https://there.example/x?a=1&b=2"


def script(code: str) -> tuple[Jump, ...]:
    return facts(f"<p>text</p><script>{code}</script>").jumps


@pytest.mark.parametrize(
    ("content", "seconds"),
    [
        (f"0;URL={THERE}", 0.0),
        (f"5; url='{THERE}'", 5.0),
        (f'3;"{THERE}"', 3.0),
        (f"; url={THERE}", 0.0),
        (f"2.5;url={THERE}", 2.0),
    ],
)
def test_a_refresh_element_forwards(content: str, seconds: float) -> None:
    content = content.replace("&", "&amp;").replace('"', "&quot;")
    page = facts(f'<noscript><meta http-equiv="Refresh" content="{content}"></noscript>')

    assert page.jumps == (Jump(THERE, seconds, JumpWay.META_REFRESH, certain=True),)


@pytest.mark.parametrize("content", ["30", "", "x", "5;url=#top"])
def test_a_refresh_that_only_reloads_is_no_jump(content: str) -> None:
    assert facts(f'<meta http-equiv=refresh content="{content}">').jumps == ()


def test_a_refresh_header_forwards() -> None:
    page = facts("<p>x", headers=(("Refresh", f"1; url={THERE}"),))

    assert page.jumps == (Jump(THERE, 1.0, JumpWay.HEADER, certain=True),)


@pytest.mark.parametrize(
    "code",
    [
        "location='https://there.example/x?a=1&b=2'",
        'window.location.href = "https:\\/\\/there.example\\/x?a=1\\u0026b=2";',
        "top.location.replace('https://there.example/x?a=1\\x26b=2')",
        "document.location.assign(`https://there.example/x?a=1&b=2`)",
        "var to = 'https://there.example/x?a=1&b=2'; location.href = to;",
        "(function(){ location.replace('https://there.example/x?a=1&b=2') })()",
        "if (top == self) { self.location = 'https://there.example/x?a=1&b=2' }",
        "window.onload = function () { location = 'https://there.example/x?a=1&b=2' }",
        "function go() { location = 'https://there.example/x?a=1&b=2' } go();",
        "document.addEventListener('DOMContentLoaded', () => { location = 'https://there.example/x?a=1&b=2' })",
        "setTimeout(\"location.href='https://there.example/x?a=1&b=2'\", 0)",
    ],
)
def test_a_script_that_runs_by_itself_forwards(code: str) -> None:
    assert script(code) == (Jump(THERE, 0.0, JumpWay.SCRIPT, certain=True),)


@pytest.mark.parametrize(
    ("code", "seconds"),
    [
        ("setTimeout(function() { location = 'https://there.example/' }, 3000)", 3.0),
        ("setTimeout(\"location='https://there.example/'\", 2500)", 2.5),
        ("function go() { location = 'https://there.example/' } setTimeout(go, 4000)", 4.0),
        (
            "var count = 8; setInterval(function() { if (--count < 0) { location = 'https://there.example/' } }, 1000)",
            8.0,
        ),
        (
            "var n=5; (function(){ function t(){ if(n){n--; setTimeout(t,1000)} "
            "else { location='https://there.example/' } } t() })()",
            5.0,
        ),
        ("setInterval(function() { if (ready) { location = 'https://there.example/' } }, 1000)", 1.0),
    ],
)
def test_a_timer_says_when(code: str, seconds: float) -> None:
    assert [(jump.seconds, jump.certain) for jump in script(code)] == [(seconds, True)]


@pytest.mark.parametrize(
    "code",
    [
        "button.onclick = function() { location = 'https://there.example/' }",
        "$('#b').on('click', function() { location = 'https://there.example/' })",
        "function unused() { location = 'https://there.example/' }",
        "const f = () => { location = 'https://there.example/' }",
    ],
)
def test_what_waits_for_a_visitor_is_not_certain(code: str) -> None:
    assert [jump.certain for jump in script(code)] == [False]


def test_the_body_s_load_handler_runs() -> None:
    page = facts("<body onload='go()'><script>function go() { location = 'https://there.example/' }</script>")
    direct = facts("<body onload=\"location='https://there.example/'\">x")

    assert page.jumps[0].certain
    assert direct.jumps[0].certain


@pytest.mark.parametrize(
    "code",
    [
        "var location = 'https://there.example/'",
        "// location = 'https://there.example/'",
        "var s = \"location='https://there.example/'\"",
        "if (location == 'https://there.example/') {}",
        "location = '#top'",
        "setTimeout('tick()', 1000); location.hash",
        "setTimeout(\"location='#top'\", 1000)",
        "location.href = 'mailto:a@b.example'",
    ],
)
def test_what_is_no_forward_is_none(code: str) -> None:
    assert script(code) == ()


def test_a_computed_address_is_an_empty_one() -> None:
    assert script("location.href = decodeURIComponent(q('url'))")[0].url == ""
    assert script("location.href = somewhere")[0].url == ""


def test_a_block_too_long_to_close_still_forwards() -> None:
    code = "setTimeout(function() { location = 'https://there.example/'; " + "x(); " * 2000 + "}, 3000)"

    assert script(code)[0].url == "https://there.example/"


def test_a_page_that_goes_to_the_target_is_found_by_its_domain() -> None:
    page = facts(f'<meta http-equiv=refresh content="0;url={THERE}">', url=URL)

    assert page.jumps_to("https://www.there.example/")
    assert not page.jumps_to("https://elsewhere.example/")
