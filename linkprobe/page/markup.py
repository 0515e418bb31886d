"""A page's source as a tree, for what its text does not say: made only for pages that need a second reading."""

from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from linkprobe.page.address import absolute, is_web
from linkprobe.page.controls import controls, links
from linkprobe.page.forms import entered, is_writable
from linkprobe.page.jumps import MOST, handlers_of, refresh, script_jumps
from linkprobe.page.parts import Control, Jump, JumpWay, Link
from linkprobe.page.script import LIMIT as SCRIPT_LIMIT
from linkprobe.page.script import Script, analysed
from linkprobe.page.state import State, read_state
from linkprobe.page.text import node_text, one_line

Headers = tuple[tuple[str, str], ...]
_UNSEEN_SIZE = ("0", "1", "0px", "1px")


class Markup:
    """The tree, the address its references are relative to, and its inline scripts and data."""

    def __init__(self, source: str, url: str) -> None:
        self.tree = LexborHTMLParser(source)
        node = self.tree.css_first("base[href]")
        self.base = absolute(url, (node.attributes.get("href") or "") if node is not None else "") or url

    @cached_property
    def inline(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Inline scripts, and embedded JSON documents that are not there for search engines."""
        code: list[str] = []
        documents: list[str] = []
        room = SCRIPT_LIMIT
        for node in self.tree.css("script:not([src])")[:200]:
            text = (node.text() or "")[:room]
            room -= len(text)
            kind = (node.attributes.get("type") or "").lower()
            if "ld+json" not in kind:
                (documents if "json" in kind else code).append(text)
        return tuple(code), tuple(documents)

    @cached_property
    def moving(self) -> tuple[Script, ...]:
        """The inline scripts that touch the location, analysed."""
        return tuple(analysed(text) for text in self.inline[0] if "location" in text)

    @cached_property
    def state(self) -> State:
        """Inline state objects."""
        return read_state(*self.inline)

    def headings(self) -> tuple[str, ...]:
        """Texts of the headings of the first three levels."""
        return tuple(one_line(node_text(node), 300) for node in self.tree.css("h1, h2, h3")[:40])

    def noscript(self) -> str:
        """Text shown only where scripts do not run."""
        return one_line(" ".join(node_text(node) for node in self.tree.css("noscript")[:20]), 5000)

    def entered(self) -> tuple[str, ...]:
        """What stands in the page's fields."""
        return entered(self.tree)

    def is_writable(self) -> bool:
        """Whether there is room to write a message."""
        return is_writable(self.tree)

    def links(self) -> tuple[Link, ...]:
        """Anchors that lead to other pages."""
        return links(self.tree, self.base)

    def controls(self) -> tuple[Control, ...]:
        """What can be pressed; then the buttons of inline state."""
        handlers = {name: url for script in self.moving for name, url in handlers_of(script, self.base)}
        drawn = (Control(label, absolute(self.base, to), button=True) for label, to in self.state.buttons)
        return (*controls(self.tree, self.base, handlers), *drawn)

    def jumps(self, headers: Headers) -> tuple[Jump, ...]:
        """Where the page sends its visitor by itself."""
        found = [refresh(value, self.base, JumpWay.HEADER) for name, value in headers if name.lower() == "refresh"]
        for node in self.tree.css("meta[http-equiv='refresh' i]")[:5]:
            found.append(refresh(node.attributes.get("content") or "", self.base, JumpWay.META_REFRESH))
        body = self.tree.body
        onload = (body.attributes.get("onload") or "") if body is not None else ""
        if onload:
            found += list(script_jumps(analysed(onload), self.base))
        for script in self.moving:
            found += list(script_jumps(script, self.base, onload))
        return tuple(dict.fromkeys(jump for jump in found if jump is not None))[:MOST]

    def frames(self) -> tuple[str, ...]:
        """Addresses of frames a reader can see."""
        found = []
        for node in self.tree.css("iframe[src], frame[src]")[:50]:
            attributes = node.attributes
            style = (attributes.get("style") or "").replace(" ", "").lower()
            small = attributes.get("width") in _UNSEEN_SIZE or attributes.get("height") in _UNSEEN_SIZE
            if not small and "display:none" not in style and "visibility:hidden" not in style:
                found.append(absolute(self.base, attributes.get("src") or ""))
        return tuple(url for url in found if is_web(url))

    def scripts(self) -> tuple[str, ...]:
        """Addresses of external scripts."""
        return tuple(
            absolute(self.base, node.attributes.get("src") or "") for node in self.tree.css("script[src]")[:200]
        )

    def images(self) -> int:
        """Number of images."""
        return len(self.tree.css("img, input[type='image' i], svg, object, embed, picture"))
