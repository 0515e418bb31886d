"""Text made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkprobe.judge.phrases import fold


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ACCESS Denied", "access denied"),
        ("继续 访问", "继续访问"),
        ("ไม่ พบ", "ไม่พบ"),
        ("ＡＢＣ", "abc"),
        ("can’t", "can't"),
        ("ERİŞİM", "erişim"),
        ("запрещён", "запрещен"),
        ("الصفحة", "الصفحه"),
        ("می‌شود", "ميشود"),
        ("کتاب", "كتاب"),
        ("Straße", "strasse"),
        ("下载 APP", "下载 app"),
    ],
)
def test_what_reads_alike_is_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_is_total(text: str) -> None:
    assert isinstance(fold(text), str)
