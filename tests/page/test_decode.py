"""Bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.page.decode import LIMIT, declared_charset, decode, guess_charset

UNDECLARED = {
    "gb18030": "如果您的浏览器没有跳转，请点击这里访问网站。抱歉，您访问的页面不存在",
    "big5hkscs": "您要訪問的網頁不存在，請點擊這裡繼續，該網站的說明在這裡",
    "cp932": "お探しのページは見つかりませんでした。もういちどおためしください。",
    "euc_jp": "お探しのページは見つかりませんでした。もういちどおためしください。",
    "cp949": "요청하신 페이지를 찾을 수 없습니다. 주소를 확인해 주세요",
    "cp1251": "Доступ к данному ресурсу ограничен по решению владельца",
    "koi8_r": "Доступ к данному ресурсу ограничен по решению владельца",
    "cp1256": "تم حجب هذا الموقع وفقا لقرار هيئة الاتصالات",
    "cp1255": "הגישה לאתר זה נחסמה על פי צו בית המשפט",
    "cp1253": "Η πρόσβαση στον ιστότοπο έχει αποκλειστεί προσωρινά",
    "cp874": "เว็บไซต์นี้ถูกระงับการเข้าถึงตามคำสั่งศาล",
}


@pytest.mark.parametrize("charset", UNDECLARED)
def test_a_text_without_a_declared_charset_is_read_by_its_look(charset: str) -> None:
    page = f"<p>{UNDECLARED[charset]}</p>"

    found = decode(page.encode(charset))

    assert (found.text, found.charset, found.declared, found.broken) == (page, charset, "", False)


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030"])
def test_gb2312_is_read_as_its_superset(declared: str) -> None:
    body = f'<meta charset="{declared}"><p>朱镕基'.encode("gb18030")

    assert decode(body).text.endswith("朱镕基")


def test_the_header_goes_before_the_page() -> None:
    body = '<meta charset="iso-8859-1"><p>ш'.encode("cp1251")

    found = decode(body, "text/html; charset=windows-1251")

    assert found.text.endswith("ш")
    assert found.declared == "cp1251"


def test_valid_utf8_wins_over_another_claim() -> None:
    found = decode('<meta charset="iso-8859-1"><p>已停止访问'.encode(), "text/html; charset=big5")

    assert found.text.endswith("已停止访问")
    assert (found.charset, found.declared) == ("utf-8", "big5hkscs")


@pytest.mark.parametrize(
    ("mark", "charset"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_decides(mark: bytes, charset: str) -> None:
    assert decode(mark + "<p>可".encode(charset), "text/html; charset=gbk").text == "<p>可"


def test_a_charset_with_escapes_is_believed() -> None:
    body = "<p>お探し".encode("iso2022_jp")

    assert decode(body, "text/html; charset=iso-2022-jp").text == "<p>お探し"


def test_damaged_text_is_read_as_declared_and_said_to_be_broken() -> None:
    found = decode("<p>访问".encode("gb18030") + b"\xff\xff", "text/html; charset=gb2312")

    assert found.text.startswith("<p>访问")
    assert found.broken


def test_nearly_valid_utf8_is_utf8() -> None:
    found = decode("<p>déjà vu, été à côté".encode() + b"\xc3")

    assert (found.charset, found.broken) == ("utf-8", True)


def test_western_text_without_a_charset_is_windows_1252() -> None:
    assert decode("<p>désolé, accès refusé à la page".encode("cp1252")).text.endswith("désolé, accès refusé à la page")


def test_bytes_without_meaning_are_left_out_of_western_text() -> None:
    found = decode(b"<p>caf\xe9 \x81 cr\xe8me")

    assert "café" in found.text
    assert found.broken


def test_an_xml_declaration_names_a_charset() -> None:
    assert declared_charset(b'<?xml version="1.0" encoding="KOI8-R"?>', "") == "koi8-r"


@pytest.mark.parametrize("name", ["rot13", "nonsense", "utf-16", "base64"])
def test_what_is_no_charset_of_a_page_is_not_believed(name: str) -> None:
    assert declared_charset(b"", f"text/html; charset={name}") in ("", "utf-8")


def test_an_unknown_name_in_the_header_leaves_it_to_the_page() -> None:
    assert declared_charset(b'<meta charset="gbk">', "text/html; charset=xyz") == "gb18030"


def test_an_empty_body_has_no_charset() -> None:
    assert decode(b"") == ("", "", "", False)


def test_what_exceeds_the_limit_is_not_read() -> None:
    assert len(decode(b"a" * (LIMIT + 10)).text) == LIMIT


def test_letters_that_stand_alone_are_left_to_western_charsets() -> None:
    assert guess_charset("Bu siteye erişim engellenmiş, şikayet için tıklayınız çok".encode("cp1254")) == ""


def test_scattered_signs_are_no_language() -> None:
    assert guess_charset(bytes(range(0x80, 0x100)) * 4) == ""


@given(st.binary(max_size=400), st.sampled_from(["", "text/html", "text/html; charset=gbk", "x; charset=utf-16"]))
def test_any_bytes_give_a_text(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type).text, str)


@given(st.text(max_size=200))
def test_utf8_comes_through_unchanged(text: str) -> None:
    body = text.encode("utf-8", "ignore")

    assert decode(b"<p>" + body, "text/html; charset=utf-8").text.encode() == b"<p>" + body
