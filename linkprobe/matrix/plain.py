"""Text of others, made harmless for a terminal, for Markdown, and for JSON that somebody prints."""

import re
import unicodedata

import wcwidth

_STEERING = frozenset({"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"})
"""Unicode categories that move the cursor, turn the writing direction, hide, or mean nothing."""
_BLANKS = str.maketrans(dict.fromkeys("\t\n\r\v\f\u0085\u2028\u2029", " "))
_EXOTIC = re.compile(r"[^\x20-\x7e\n]+")
"""Runs in which there may be steering characters; what Python calls printable has none."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|@!~])")


def plain(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal would obey: such characters are spelled out."""
    line = text.translate(_BLANKS)
    return " ".join((line if line.isascii() and line.isprintable() else _EXOTIC.sub(_spelled_out, line)).split())


def shortened(text: str, columns: int) -> str:
    """`text` cut to at most `columns` of a terminal, with an ellipsis where something is missing."""
    return text if wcwidth.width(text) <= columns else f"{wcwidth.clip(text, 0, columns - 1).rstrip()}…"


def wrapped(text: str, columns: int, indent: str) -> list[str]:
    """`text` in lines of at most `columns`, all indented, continued ones two further; wide characters count twice."""
    return wcwidth.wrap(text, columns, initial_indent=indent, subsequent_indent=f"{indent}  ", break_on_hyphens=False)


def code_span(text: str) -> str:
    """`text` as Markdown code, in which links, images, markup and mentions are dead."""
    return f"`{text.replace('`', 'ˋ')}`" if text else ""


def markdown(text: str) -> str:
    """`text` with Markdown's markup escaped."""
    return _MARKUP.sub(r"\\\1", text)


def json_safe(text: str) -> str:
    """JSON with steering characters as escapes, so that it may be shown on a terminal too."""
    return _EXOTIC.sub(_escaped, text)


def _steers(character: str) -> bool:
    return unicodedata.category(character) in _STEERING


def _spelled_out(run: re.Match[str]) -> str:
    text = run[0]
    return text if text.isprintable() else "".join(f"\\u{ord(c):04x}" if _steers(c) else c for c in text)


def _escaped(run: re.Match[str]) -> str:
    text = run[0]
    return text if text.isprintable() else "".join(_json_escape(c) if _steers(c) else c for c in text)


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
