"""Structural marks."""

import pytest

from linkprobe.page.marks import SHAPES, Shape, marks
from linkprobe.page.parts import Mark, MarkKind
from tests.page.pages import facts


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape.name}-{shape.piece}")
def test_every_shape_is_found_in_a_page_that_has_it(shape: Shape) -> None:
    found = marks(f"<html><body>x {shape.piece.upper()} y", "", ())

    assert (shape.kind, shape.name) in [(mark.kind, mark.name) for mark in found]
    assert shape.source.startswith("http")


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (("CF-Mitigated", "challenge"), "cloudflare"),
        (("x-amzn-waf-action", "captcha"), "aws-waf"),
        (("X-DD-B", "1"), "datadome"),
    ],
)
def test_headers_betray_a_challenge(header: tuple[str, str], name: str) -> None:
    assert Mark(MarkKind.CHALLENGE, name, f"{header[0]}: {header[1]}") in marks("", "", (header, ("server", "x")))


def test_another_value_of_the_header_betrays_nothing() -> None:
    assert marks("", "", (("cf-mitigated", "log"),)) == ()


def test_an_app_s_scheme_is_a_mark_and_a_page_s_is_not() -> None:
    page = facts("<a href='https://a.example'>a</a><a href='snssdk1128://open'>b</a>")

    assert [mark.name for mark in page.marks] == ["snssdk1128"]
    assert not facts("<a href='https://a.example'>a</a><a href='ftp://b.example'>").has(MarkKind.APP_SCHEME)


def test_a_machine_s_error_code_is_a_mark() -> None:
    assert facts("<body id=ERR_CONNECT_FAIL><p>x").marks[0].name == "err_connect_fail"


def test_a_code_in_a_script_is_none() -> None:
    assert not facts("<script>var e = 'ERR_CONNECT_FAIL'</script>").has(MarkKind.ERROR_CODE)


@pytest.mark.parametrize(
    "code",
    [
        "setInterval(function() { seconds--; show() }, 1000)",
        "function t() { left -= 1; setTimeout(t, 1000) }",
    ],
)
def test_a_counting_timer_is_a_countdown(code: str) -> None:
    assert facts(f"<p>x</p><script>{code}</script>").has(MarkKind.COUNTDOWN)


def test_each_product_is_marked_once() -> None:
    page = facts("<script>window._cf_chl_opt={}; '__cf_chl_tk'</script>")

    assert [mark.name for mark in page.marks] == ["cloudflare"]
