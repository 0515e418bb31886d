"""Forms and what they ask for, by their fields; the words around them are the judge's business."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkprobe.page.address import absolute
from linkprobe.page.parts import Form, FormKind

MOST = 60
"""Forms that are read."""
LONGEST_VALUE = 4096
"""Characters of a field's value that are read."""
_FIELDS = "input, textarea, select, button"
_UNSEEN = ("hidden", "submit", "button", "image", "reset")
_SEARCH = re.compile(
    r"^(?:q|s|qs|wd|kw|query|search\w*|keywords?|term|find|busqueda|buscar|recherche|suche?|txtsearch|searchtext)$",
    re.I,
)
_CAPTCHA = re.compile(r"captcha|g-recaptcha|h-captcha|cf-turnstile|verif(?:y|ication)_?code|vcode|geetest", re.I)


def forms(tree: LexborHTMLParser, base: str) -> tuple[Form, ...]:
    """The page's forms; password fields outside any form count as one more."""
    found = [_form(node, base) for node in tree.css("form")[:MOST]]
    if len(tree.css("input[type='password' i]")) > len(tree.css("form input[type='password' i]")):
        found.append(Form(FormKind.LOGIN, "", ("password",)))
    return tuple(found)


def entered(tree: LexborHTMLParser) -> tuple[str, ...]:
    """What stands in the page's fields, hidden ones among them, as far as the source says."""
    given = (node.attributes.get("value") or "" for node in tree.css("input[value]")[:400])
    written = (node.text() or "" for node in tree.css("textarea")[:60])
    return tuple(dict.fromkeys(value[:LONGEST_VALUE].strip() for value in (*given, *written) if value.strip()))


def is_writable(tree: LexborHTMLParser) -> bool:
    """Whether there is room to write a message: a text area, or a part of the page that can be edited."""
    return (
        tree.css_first("textarea, [contenteditable]:not([contenteditable='false' i]), [role='textbox' i]") is not None
    )


def _form(node: LexborNode, base: str) -> Form:
    fields = [field.attributes for field in node.css(_FIELDS)[:200]]
    names = tuple(_name(field) for field in fields if (field.get("type") or "").lower() not in _UNSEEN)
    action = absolute(base, node.attributes.get("action") or "") or base
    return Form(_kind(node, fields, names), action, tuple(name for name in names if name))


def _name(field: dict[str, str | None]) -> str:
    return (field.get("name") or field.get("id") or field.get("type") or "").strip()[:80]


def _kind(node: LexborNode, fields: list[dict[str, str | None]], names: tuple[str, ...]) -> FormKind:
    types = [(field.get("type") or "").lower() for field in fields]
    if types.count("password") == 1:
        return FormKind.LOGIN
    if any(_CAPTCHA.search(name) for name in names) or _CAPTCHA.search((node.html or "")[:4000]):
        return FormKind.CAPTCHA
    role = (node.attributes.get("role") or "").lower()
    if "search" in types or role == "search" or any(_SEARCH.match(name) for name in names):
        return FormKind.SEARCH
    return FormKind.OTHER
