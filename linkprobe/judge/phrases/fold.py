"""Text made comparable: case, widths, vowel signs and blanks inside scripts that do not use them."""

import re
import unicodedata

_BETWEEN_SIGNS = re.compile(
    "(?<=[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]) "
    "(?=[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uff01-\uff5e\u3001-\u3011])"
)
# Arabic and Persian letters that writers use for one another, tatweel and vowel signs; quotes; Russian io.
_SAME = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None, "\u200c": None,
        "\u064b": None, "\u064c": None, "\u064d": None, "\u064e": None, "\u064f": None, "\u0650": None,
        "\u0651": None, "\u0652": None, "\u0307": None, "\u00ad": None, "\u200b": None, "\u200d": None,
        "’": "'", "‘": "'", "`": "'", "ʼ": "'", "“": '"', "”": '"', "ё": "е", "–": "-", "—": "-",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """The text as phrases are written and matched."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text.casefold()).translate(_SAME)
    return _BETWEEN_SIGNS.sub("", folded)
