"""Forms and what they ask for, by their fields; the words around them are the judge's business."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkprobe.page.address import absolute
from linkprobe.page.parts import Form, FormKind

MOST = 60
"""Forms that are read."""
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
