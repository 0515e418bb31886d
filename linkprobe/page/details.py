"""The second reading of a page, made only when it is not plainly its control: all that says what the page does."""

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from linkprobe.page.address import absolute, is_web
from linkprobe.page.controls import controls, links
from linkprobe.page.forms import forms
from linkprobe.page.jumps import MOST, handlers_of, refresh, script_jumps
from linkprobe.page.marks import marks
from linkprobe.page.parts import Control, Form, Jump, JumpWay, Link, Mark
from linkprobe.page.script import LIMIT as SCRIPT_LIMIT
from linkprobe.page.script import analysed
from linkprobe.page.state import State, read_state
from linkprobe.page.text import node_text, one_line

Headers = tuple[tuple[str, str], ...]
_HIDDEN_FRAME = ("0", "1", "0px", "1px")


class Details(NamedTuple):
    """See `Facts`, which shows these under the same names."""

    noscript_text: str
    state: State
    headings: tuple[str, ...]
    forms: tuple[Form, ...]
    links: tuple[Link, ...]
    controls: tuple[Control, ...]
    jumps: tuple[Jump, ...]
    frames: tuple[str, ...]
    scripts: tuple[str, ...]
    images: int
    marks: tuple[Mark, ...]


def details(source: str, headers: Headers, url: str) -> Details:
    """Everything about the page that its text does not say."""
    tree = LexborHTMLParser(source)
    base = _base(tree, url)
    code, documents = _inline(tree)
    state = read_state(code, documents)
    handlers = {name: url for text in code if "location" in text for name, url in handlers_of(analysed(text), base)}
    pressed = (
        *controls(tree, base, handlers),
        *(Control(label, absolute(base, to), button=True) for label, to in state.buttons),
    )
    return Details(
        noscript_text=one_line(" ".join(node_text(node) for node in tree.css("noscript")[:20]), 5000),
        state=state,
        headings=tuple(one_line(node_text(node), 300) for node in tree.css("h1, h2, h3")[:40]),
        forms=forms(tree, base),
        links=links(tree, base),
        controls=pressed,
        jumps=_jumps(tree, code, headers, base)[:MOST],
        frames=_frames(tree, base),
        scripts=tuple(absolute(base, node.attributes.get("src") or "") for node in tree.css("script[src]")[:200]),
        images=len(tree.css("img, input[type='image' i], svg")),
        marks=marks(source, "\n".join(code), headers),
    )


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return absolute(url, (node.attributes.get("href") or "") if node is not None else "") or url


def _inline(tree: LexborHTMLParser) -> tuple[list[str], list[str]]:
    """Inline scripts, and embedded JSON documents."""
    code: list[str] = []
    documents: list[str] = []
    room = SCRIPT_LIMIT
    for node in tree.css("script:not([src])")[:200]:
        text = (node.text() or "")[:room]
        room -= len(text)
        kind = (node.attributes.get("type") or "").lower()
        if "ld+json" not in kind:
            (documents if "json" in kind else code).append(text)
    return code, documents


def _jumps(tree: LexborHTMLParser, code: list[str], headers: Headers, base: str) -> tuple[Jump, ...]:
    found = [refresh(value, base, JumpWay.HEADER) for name, value in headers if name.lower() == "refresh"]
    for node in tree.css("meta[http-equiv='refresh' i]")[:5]:
        found.append(refresh(node.attributes.get("content") or "", base, JumpWay.META_REFRESH))
    handlers = (tree.body.attributes.get("onload") or "") if tree.body is not None else ""
    if handlers:
        found += list(script_jumps(analysed(handlers), base))
    for text in code:
        if "location" in text:
            found += list(script_jumps(analysed(text), base, handlers))
    return tuple(dict.fromkeys(jump for jump in found if jump is not None))


def _frames(tree: LexborHTMLParser, base: str) -> tuple[str, ...]:
    """Addresses of frames a reader can see."""
    found = []
    for node in tree.css("iframe[src], frame[src]")[:50]:
        attributes = node.attributes
        style = (attributes.get("style") or "").replace(" ", "").lower()
        small = attributes.get("width") in _HIDDEN_FRAME or attributes.get("height") in _HIDDEN_FRAME
        if not small and "display:none" not in style and "visibility:hidden" not in style:
            found.append(absolute(base, attributes.get("src") or ""))
    return tuple(url for url in found if is_web(url))
