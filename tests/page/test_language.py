"""Language guesses."""

import pytest

from linkprobe.page.language import language

TEXTS = {
    "ja": "このサイトは表示できません",
    "ko": "이 사이트는 차단되었습니다",
    "zh": "该网页无法访问",
    "fa": "دسترسی به این پایگاه ممکن نیست چون گزارش شد",
    "ar": "هذا الموقع غير متاح",
    "he": "האתר אינו זמין",
    "uk": "Цей сайт недоступний, її адресу змінено",
    "ru": "Этот сайт недоступен",
    "el": "Η σελίδα δεν υπάρχει",
    "th": "ไม่พบหน้านี้",
    "hi": "यह पृष्ठ उपलब्ध नहीं है",
    "my": "ဤစာမျက်နှာ",
    "ka": "გვერდი ვერ მოიძებნა",
    "hy": "Էջը չի գտնվել",
    "vi": "Trang này không tồn tại, vui lòng thử lại",
    "": "This page does not exist",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_a_script_tells_the_language(tag: str) -> None:
    assert language("", TEXTS[tag]) == tag


@pytest.mark.parametrize(
    ("declared", "text", "tag"),
    [
        ("fr-CA", "Cette page", "fr"),
        ("en", "该网页无法访问", "zh"),
        ("kk", "Этот сайт недоступен", "kk"),
        ("zh-Hant", "該網頁無法訪問", "zh"),
        ("de", "Этот сайт недоступен", "ru"),
        ("", "", ""),
        ("?", "", ""),
    ],
)
def test_the_text_s_script_goes_before_the_declared_language(declared: str, text: str, tag: str) -> None:
    assert language(declared, text) == tag
