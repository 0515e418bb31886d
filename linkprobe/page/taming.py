"""Source made safe to parse: what would cost a parser square time or memory is cut before it gets there.

Three kinds of page do: unclosed formatting elements, which every later block repeats; nesting, which every scope check
walks up; and attributes, each compared with all before it. Ordinary pages pass by a few counts.
"""

import re

FEW_TAGS = 1200
MOST_WORK = 2_000_000
"""Formatting elements times tags, above which they are taken out: at worst each tag repeats each of them."""
MANY_TAGS = 16_000
DEEPEST = 2000
"""Open elements, beyond which the source is cut; browsers stop nesting at 512."""
WINDOW = 8000
"""Characters of which one must be a closing bracket; a longer run may hide thousands of attributes."""
MORE_CLOSING = 3000
"""Closing brackets beyond the opening ones, which may hide a tag's attributes as well."""
MOST_ATTRIBUTES = 500
SHORT_TAG = 2 * MOST_ATTRIBUTES
"""Characters in which no tag has more attributes than that."""

# Spelt in both cases because ignoring case takes twice the time, and this runs on every page.
_OPENS_FORMATTING = re.compile(
    "<(?:[bBiIuUsS]|[eE][mM]|[tT]{2}|[bB][iI][gG]|[cC][oO][dD][eE]|[fF][oO][nN][tT]|[nN][oO][bB][rR]"
    r"|[sS](?:[mM][aA]|[tT][rR])[a-zA-Z]{2,3})[\s/>]"
)
_ANY_FORMATTING = re.compile(r"</?(?:b|i|u|s|em|tt|big|code|font|nobr|small|strike|strong)(?:[\s/][^>]*)?>", re.I)
_RAW = re.compile(r"<(script|style|textarea|title)\b", re.I)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,40})")
_WHOLE = re.compile(r"""<[a-zA-Z](?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s>/=][^\s>/=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']*))?""")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
_CLOSED_BY_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "thead", "tbody", "tfoot"])
_DRAWING = frozenset(("svg", "math"))


def tame(source: str) -> str:
    """The source, cut where an ordinary page would not go."""
    tags = source.count("<")
    windows = range(0, len(source), WINDOW)
    if source.count(">") - tags > MORE_CLOSING or any(source.find(">", at, at + WINDOW) < 0 for at in windows):
        source = _with_few_attributes(source)
    if tags > FEW_TAGS and len(_OPENS_FORMATTING.findall(source)) * tags > MOST_WORK:
        source = _unformatted(source)
    return _shallow(source) if tags > MANY_TAGS else source


def _unformatted(source: str) -> str:
    """Without formatting elements. What follows the last closing bracket holds no whole tag and is left out."""
    return _ANY_FORMATTING.sub(" ", source[: source.rfind(">") + 1])


def _shallow(source: str) -> str:
    """Up to where the elements that stay open exceed the deepest nesting."""
    opened: list[str] = []
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if tag[1]:
            _close(opened, name)
        elif name not in _VOID and not (_DRAWING.intersection(opened) and _self_closed(source, tag.end())):
            if opened and name in _CLOSED_BY_NEXT and opened[-1] in _CLOSED_BY_NEXT:
                opened.pop()
            opened.append(name)
            if len(opened) > DEEPEST:
                return source[: tag.start()]
    return source


def _close(opened: list[str], name: str) -> None:
    """Closes the element if it is the last, but for one whose end may be left out; a stray end tag does nothing."""
    if len(opened) > 1 and opened[-1] in _CLOSED_BY_NEXT and opened[-2] == name:
        opened.pop()
    if opened and opened[-1] == name:
        opened.pop()


def _self_closed(source: str, at: int) -> bool:
    end = source.find(">", at)
    return end > 0 and source[end - 1] == "/"


def _with_few_attributes(source: str) -> str:
    """Up to the first tag with more attributes than any page needs, raw text passed over."""
    at = source.find("<")
    while at >= 0:
        whole = _WHOLE.match(source, at)
        end = whole.end() if whole and whole.end() - at < SHORT_TAG else _end_of_tag(source, at)
        if end < 0:
            return source[:at]
        raw = _RAW.match(source, at)
        at = source.find(f"</{raw[1]}", end) if raw else source.find("<", end)
    return source


def _end_of_tag(source: str, at: int) -> int:
    """Where the attributes of what may be a tag end; -1 where they are too many."""
    tag = _TAG.match(source, at)
    if tag is None:
        return at + 1
    at = tag.end()
    for _ in range(MOST_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(source, at)
        if attribute is None:
            return at
        at = attribute.end()
    return -1
