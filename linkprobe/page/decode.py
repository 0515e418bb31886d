"""Bytes to text, whatever a page or its headers claim. Never raises."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, lookup
from typing import NamedTuple

from bs4.dammit import UnicodeDammit

LIMIT = 1 << 21
"""Bytes that are decoded; the probes keep no more of a body."""

_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_HEADER = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)

# Browsers read these names as their supersets: https://encoding.spec.whatwg.org/#names-and-labels
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
}
_STATEFUL = frozenset(("iso2022_jp", "hz"))
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
"""Bytes that mean nothing in windows-1252, the last resort."""
_BOMS = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))

# A language's commonest letters as seen through one of its charsets, and what share of running text they make up:
# under a wrong charset they scatter. Shares are rounded from common letter frequency tables.
_GUESSES: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("cp932", re.compile("[\u3041-\u30f6\u30fc]"), 0.55),
    ("euc_jp", re.compile("[\u3041-\u30f6\u30fc]"), 0.55),
    ("cp949", re.compile("[\uac00-\ud7a3]"), 1.0),
    ("gb18030", re.compile("[的一是不在有人这中大来上国个到说们为子和你地出时要以可会网站页访问您点击请]"), 0.25),
    ("big5hkscs", re.compile("[的一是不在有人這中大來上國個到說們為子和你地出時要以可會網站頁訪問您點擊請]"), 0.25),
    ("cp1251", re.compile("[оеаинтсрвл]"), 0.65),
    ("koi8_r", re.compile("[оеаинтсрвл]"), 0.65),
    ("cp1256", re.compile("[اليمنوترب]"), 0.65),
    ("cp1255", re.compile("[יוהלאםרתבמש]"), 0.65),
    ("cp1253", re.compile("[αοιετσνηυρ]"), 0.65),
    ("cp874", re.compile("[านรอกเงมยล\u0e31\u0e34\u0e35\u0e48\u0e49]"), 0.55),
)
_LEAST = 0.6
"""How much of the expected share a charset must show."""
_RUNS = re.compile(rb"[\x80-\xff]{2,}")
_FOREIGN = re.compile(rb"[\x80-\xff][\x40-\x7e\x80-\xff ]*")


class Decoded(NamedTuple):
    """A page's text, the charset it was read with, the one it names, and whether bytes were lost."""

    text: str
    charset: str
    declared: str
    broken: bool


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Text of a body: by its byte order mark, as UTF-8 where it is valid, as declared, else by its look."""
    body = body[:LIMIT]
    if not body:
        return Decoded("", "", "", broken=False)
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return _lossy(body[len(mark) :], charset, charset)
    declared = declared_charset(body, content_type)
    if declared in _STATEFUL:
        return _lossy(body, declared, declared)
    return _plain(body, declared)


def declared_charset(body: bytes, content_type: str) -> str:
    """Python's name of the charset that header, meta element or XML declaration names; empty where none is known."""
    found = _HEADER.search(content_type[:300])
    if found and (name := _known(found.group(1))):
        return name
    inside = _META.search(body, 0, 8192) or _XML.search(body, 0, 300)
    return _known(inside.group(1).decode("ascii", "replace")) if inside else ""


def _known(name: str) -> str:
    try:
        charset = lookup(name).name
    except (LookupError, ValueError):
        return ""
    if charset.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"
    try:
        b"a".decode(charset)
    except (LookupError, ValueError):  # codecs that are no charsets, such as rot13
        return ""
    return _SUPERSETS.get(charset, charset)


def _plain(body: bytes, declared: str) -> Decoded:
    """UTF-8 wins over any other claim where it is valid: no other charset's text passes for it by chance."""
    for charset in ("utf-8", declared):
        try:
            return Decoded(body.decode(charset), charset, declared, broken=False) if charset else _looked_at(body)
        except UnicodeDecodeError:
            continue
    return _lossy(body, declared, declared)


def _lossy(body: bytes, charset: str, declared: str) -> Decoded:
    text = body.decode(charset, "replace")
    return Decoded(text, charset, declared, broken="\ufffd" in text)


def _looked_at(body: bytes) -> Decoded:
    """None declared and not UTF-8: the charset whose letters look like running text, else what bs4 makes of it."""
    if _nearly_utf8(body):
        return _lossy(body, "utf-8", "")
    guess = guess_charset(body)
    if guess:
        return _lossy(body, guess, "")
    defined = body.translate(None, _UNDEFINED)
    found = UnicodeDammit(defined, ["windows-1252"], is_html=True)
    return Decoded(found.unicode_markup or "", found.original_encoding or "", "", broken=len(defined) < len(body))


def _nearly_utf8(body: bytes) -> bool:
    """Whether it is UTF-8 but for a few damaged or cut characters."""
    text = body.decode("utf-8", "replace")
    good = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    return good > 4 * text.count("\ufffd")


def guess_charset(body: bytes) -> str:
    """The charset under which non-ASCII text shows a language's common letters; empty where none stands out.

    Western text is left alone: its letters beyond ASCII stand one by one.
    """
    high = len(body[:65536]) - len(body[:65536].translate(None, bytes(range(0x80, 0x100))))
    if high < 8 or sum(map(len, _RUNS.findall(body[:65536]))) < 0.7 * high:
        return ""
    sample = b"\n".join(_FOREIGN.findall(body[:65536]))[:8192]
    scores = [(_share(sample, charset, letters) / usual, charset) for charset, letters, usual in _GUESSES]
    score, charset = max(scores, key=lambda scored: scored[0])
    return charset if score >= _LEAST else ""


def _share(sample: bytes, charset: str, letters: re.Pattern[str]) -> float:
    foreign = re.findall(r"[^\x00-\x7f]", sample.decode(charset, "replace"))
    return len(letters.findall("".join(foreign))) / max(1, len(foreign))
