"""A page's language, cheaply: what it declares, else the script it is written in."""

import re

SAMPLE = 4000
"""Characters of text that are looked at."""

# Blocks that tell a language or a script's most usual one apart: https://www.unicode.org/charts/
_BLOCKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("my", re.compile("[\u1000-\u109f]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
    ("vi", re.compile("[ăđơưạảấầẩậắằặẹẻếềểễệỉịọỏốồổộớờởợụủứừửữựỳỷỹ]")),
)
# A Japanese or Persian page has more of the wider block than of its own letters, hence an own bar for each.
_BARS = {"ja": 0.08, "fa": 0.03, "uk": 0.02, "vi": 0.03}
_BAR = 0.2
_TAG = re.compile(r"^[A-Za-z]{2,3}\b")


def language(declared: str, text: str) -> str:
    """Primary language subtag: the script's, where the text has one of its own; else as declared; else empty."""
    written = script_language(text)
    tag = _TAG.match(declared.strip())
    named = tag[0].lower() if tag else ""
    if written in ("ru", "ar", "hi", "zh") and named and named != "en" and _shares_script(written, named):
        return named
    return written or named


def script_language(text: str) -> str:
    """Language by unicode blocks; empty for plain Latin text."""
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    for name, block in _BLOCKS:
        if len(block.findall(sample)) >= _BARS.get(name, _BAR) * letters:
            return name
    return ""


def _shares_script(written: str, named: str) -> bool:
    others = {
        "ru": ("uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "ru"),
        "ar": ("fa", "ur", "ps", "ku", "ug", "ar"),
        "hi": ("mr", "ne", "hi"),
        "zh": ("zh", "ja"),
    }
    return named in others[written]
