"""Links, and what can be pressed: where it leads, as far as the source says."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkprobe.page.address import absolute, is_web
from linkprobe.page.jumps import script_jumps
from linkprobe.page.parts import Control, Link
from linkprobe.page.script import analysed
from linkprobe.page.text import node_text, one_line

MOST_LINKS = 3000
MOST_CONTROLS = 400
LONGEST_LABEL = 120
"""A label longer than this is a text that happens to be a link."""

_PRESSED = (
    "a, button, area, input[type='submit' i], input[type='button' i], input[type='image' i], [role='button'], [onclick]"
)
_BUTTON = re.compile(r"\bbtn|button|btn\b", re.I)
_ADDRESS = re.compile(r"""["'(](https?://[^"'\s()<>]{4,2000})["')]""")
_CALL = re.compile(r"(?:javascript:)?\s*(?:return\s+)?([\w$]{1,60})\s?\(", re.I)
_DATA = re.compile(r"^data-\w*(?:url|href|link|target|to|jump|redirect|continue)\w*$", re.I)


def links(tree: LexborHTMLParser, base: str) -> tuple[Link, ...]:
    """Anchors that lead to pages, in order, with their visible texts."""
    found = []
    for node in tree.css("a[href]")[:MOST_LINKS]:
        url = absolute(base, node.attributes.get("href") or "")
        if url and not url[:11].lower().startswith("javascript:"):
            found.append(Link(url, one_line(node_text(node), LONGEST_LABEL)))
    return tuple(found)


def controls(tree: LexborHTMLParser, base: str, handlers: dict[str, str]) -> tuple[Control, ...]:
    """Everything short that can be pressed. `handlers` says where the page's functions and `#id`s lead."""
    found = (_control(node, base, handlers) for node in tree.css(_PRESSED)[:MOST_CONTROLS])
    return tuple(dict.fromkeys(control for control in found if control is not None))


def _control(node: LexborNode, base: str, handlers: dict[str, str]) -> Control | None:
    label = _label(node)
    if len(label) > LONGEST_LABEL:
        return None
    attributes = node.attributes
    url = next((url for url in _addresses(node, attributes, base) if is_web(url)), "")
    url = url or _by_handler(attributes, handlers)
    return Control(label, url, button=_is_button(node, attributes)) if label or url else None


def _by_handler(attributes: dict[str, str | None], handlers: dict[str, str]) -> str:
    called = _CALL.match((attributes.get("onclick") or attributes.get("href") or "").strip())
    return handlers.get(called[1] if called else "", "") or handlers.get(f"#{attributes.get('id')}", "")


def _label(node: LexborNode) -> str:
    text = one_line(node_text(node), LONGEST_LABEL + 1)
    if text:
        return text
    attributes = node.attributes
    named = (attributes.get(name) for name in ("value", "aria-label", "title", "alt"))
    image = node.css_first("img[alt]")
    inside = (image.attributes.get("alt") or "") if image is not None else ""
    return one_line(next((name for name in named if name), "") or inside, LONGEST_LABEL)


def _is_button(node: LexborNode, attributes: dict[str, str | None]) -> bool:
    if node.tag in ("button", "input") or attributes.get("role") == "button":
        return True
    return bool(_BUTTON.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _addresses(node: LexborNode, attributes: dict[str, str | None], base: str) -> Iterator[str]:
    href = attributes.get("href") or ""
    if href[:11].lower().startswith("javascript:"):
        yield from _in_handler(href[11:], base)
    elif href.strip():
        yield absolute(base, href)
    yield from _in_handler(attributes.get("onclick") or "", base)
    for name, value in attributes.items():
        if value and _DATA.match(name):
            yield absolute(base, value) if "/" in value else ""
    if node.tag in ("button", "input"):
        yield _form_action(node, attributes, base)


def _in_handler(code: str, base: str) -> Iterator[str]:
    if not code:
        return
    script = analysed(code[:4000])
    yield from (jump.url for jump in script_jumps(script, base))
    yield from (match[1] for match in _ADDRESS.finditer(script.source))


def _form_action(node: LexborNode, attributes: dict[str, str | None], base: str) -> str:
    kind = (attributes.get("type") or ("submit" if node.tag == "button" else "")).lower()
    if kind not in ("submit", "image"):
        return ""
    if attributes.get("formaction"):
        return absolute(base, attributes["formaction"] or "")
    form = node.parent
    while form is not None and form.tag != "form":
        form = form.parent
    return absolute(base, form.attributes.get("action") or "") if form is not None else ""
