"""Inline script read without running it: its strings, its plain variables, and where a statement stands."""

import re
from html import unescape
from typing import NamedTuple

LIMIT = 300_000
"""Characters of inline script that are read."""

REACH = 20_000
"""Characters before a statement in which the blocks around it are looked for."""
STRING = r"""(?:"(?:[^"\\\n]|\\.){0,4000}"|'(?:[^'\\\n]|\\.){0,4000}'|`(?:[^`\\]|\\.){0,4000}`)"""
_OPAQUE = re.compile(rf"{STRING}|//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?", re.S)
_ASSIGNED = re.compile(rf"(?<![\w.$])([A-Za-z_$][\w$]{{0,60}})\s{{0,9}}=\s{{0,9}}({STRING}|\d{{1,6}}(?![\w.]))")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.S)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": "", "\r": ""}
_BRACE = re.compile(r"[{}]")


def unquote(literal: str) -> str:
    """Value of a string literal: script escapes first, then HTML entities, which sites put into their state."""
    return unescape(_ESCAPE.sub(_escaped, literal[1:-1]))


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        point = int(code, 16)
        return chr(point) if point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"
    return _PLAIN.get(match[4], match[4])


class Script(NamedTuple):
    """Source, the same with strings and comments blanked out, and the variables that hold plain values."""

    source: str
    bare: str
    values: dict[str, str]


def analysed(source: str) -> Script:
    """The script ready to be asked; a variable assigned twice keeps its first value, as countdowns need it."""
    source = source[:LIMIT]
    values: dict[str, str] = {}
    for name, value in _ASSIGNED.findall(source):
        values.setdefault(name, value if value[0].isdigit() else unquote(value))
    return Script(source, _OPAQUE.sub(lambda match: " " * len(match[0]), source), values)


def enclosing(script: Script, at: int) -> tuple[str, ...]:
    """Heads of the blocks around a position, innermost first: what stands before each open brace."""
    stack: list[tuple[int, int]] = []
    since = start = max(0, at - REACH)
    for brace in _BRACE.finditer(script.bare, start, at):
        if brace[0] == "{":
            stack.append((max(since, brace.start() - 120), brace.start()))
        elif stack:
            stack.pop()
        since = brace.end()
    return tuple(script.source[since:end].strip() for since, end in reversed(stack[-12:]))


def after_block(script: Script, at: int, outwards: int) -> str:
    """What follows a block around a position, counted from the innermost as 0: `, 5000)` of a timer."""
    depth = outwards
    for brace in _BRACE.finditer(script.bare, at, at + 4000):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            return script.source[brace.end() : brace.end() + 40]
    return ""
