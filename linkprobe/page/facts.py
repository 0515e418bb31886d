"""The facts of one page, and the one function that reads them."""

import re
from functools import cached_property, lru_cache
from hashlib import sha256
from urllib.parse import quote, unquote

import msgspec
from selectolax.lexbor import LexborHTMLParser

from linkprobe.model import Capture, Card
from linkprobe.page.address import absolute, domain_of, host_of, is_web
from linkprobe.page.card import canonical, claimed, metas, offered_card
from linkprobe.page.decode import decode
from linkprobe.page.forms import forms
from linkprobe.page.language import language
from linkprobe.page.marks import marks
from linkprobe.page.markup import Headers, Markup
from linkprobe.page.parts import Control, Form, FormKind, Jump, Link, Mark, MarkKind
from linkprobe.page.shape import shape, tags
from linkprobe.page.taming import tame
from linkprobe.page.text import node_text, one_line, shingles, visible, words

SOURCE_LIMIT = 1 << 20
"""Characters of a page's source that are read."""
CACHED = 32
"""Pages kept in memory; a round's controls are shared by many cells."""

LITTLE = 60
"""Readable characters below which a page shows its reader next to nothing."""

_PASSWORD = re.compile(r"""type\s?=\s?["']?password""", re.I)
_MARKUP = re.compile(
    r"^\s*(?:<!doctype html|<\?xml|<!--|<(?:html|head|body|title|meta|script|style|link|noscript|div|p|h[1-6]|center"
    r"|iframe|frameset|a|table|ul|ol|img|form|span|b|br|font|main|section)\b)",
    re.I,
)


class Facts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything the judge may know of a page. Texts are whitespace-normalised and bounded; URLs are absolute.

    What costs time is read when it is first asked for. Nothing here depends on attribute order, on white space, or on
    what scripts would do when run.
    """

    url: str
    """The landed URL."""
    status: int
    headers: Headers
    digest: str
    """SHA-256 hex of the body."""
    size: int
    """Bytes of the body as captured."""
    truncated: bool
    is_html: bool
    """Whether the body is HTML by its declared type or, where that is silent, by its first bytes."""
    content_type: str
    charset: str
    """Charset the text was read with, empty for an empty body."""
    charset_declared: str
    """Charset the page or its headers name, empty where none does."""
    broken_text: bool
    """Whether some bytes could not be read in that charset."""
    declared_language: str
    title: str
    text: str
    """Visible text of the body: no script, style, template, noscript, nor elements hidden in the source."""
    card: Card
    """What the page offers for a preview: Open Graph, else Twitter card, else title and description."""
    canonical: str
    """Canonical URL or og:url, absolute; empty if none."""
    claimed: str
    """Canonical URL or og:url where the page itself writes its host; a relative one claims no host."""
    source: str
    """The decoded source, bounded and safe to parse."""

    @property
    def host(self) -> str:
        """Host of the landed URL, lower case, without port."""
        return host_of(self.url)

    @property
    def domain(self) -> str:
        """Registrable domain of the landed URL; the host itself where there is none."""
        return domain_of(self.url)

    @cached_property
    def language(self) -> str:
        """Primary language subtag, from the script the text is written in and from `lang`; empty if unknown."""
        return language(self.declared_language, f"{self.title} {self.text or self.state_text}")

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the visible text, case-folded, those with digits as `0`; one per sign in Chinese and Japanese."""
        return words(self.text)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Runs of three words, hashed: comparable within one process."""
        return shingles(self.words, 3)

    @cached_property
    def shape(self) -> frozenset[int]:
        """Runs of four opening tags, hashed: the page's structure without its text."""
        return shape(self.source)

    @cached_property
    def elements(self) -> int:
        """Number of opening tags in the source, a measure of how much page there is."""
        return len(tags(self.source))

    @cached_property
    def _markup(self) -> Markup:
        return Markup(self.source, self.url)

    @cached_property
    def noscript_text(self) -> str:
        """Text shown only where scripts do not run."""
        return self._markup.noscript()

    @cached_property
    def state_text(self) -> str:
        """Strings of inline state objects, which pages drawn by script show instead of their own text."""
        return one_line(self._markup.state.text, 20_000)

    @property
    def state(self) -> tuple[tuple[str, str], ...]:
        """Keys and string values of inline state objects, in order."""
        return self._markup.state.pairs

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Texts of the headings of the first three levels."""
        return self._markup.headings()

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Forms, password fields outside any form counted as one more."""
        return forms(self._markup.tree, self._markup.base)

    @cached_property
    def entered(self) -> tuple[str, ...]:
        """What stands in the page's fields, hidden ones among them, as far as the source says."""
        return self._markup.entered()

    @cached_property
    def is_writable(self) -> bool:
        """Whether there is room to write a message: a text area, or a part of the page that can be edited."""
        return self._markup.is_writable()

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Anchors that lead to other pages."""
        return self._markup.links()

    @cached_property
    def controls(self) -> tuple[Control, ...]:
        """What can be pressed, in document order, anchors with longer texts left out; then buttons of inline state."""
        return self._markup.controls()

    @cached_property
    def jumps(self) -> tuple[Jump, ...]:
        """Where the page sends its visitor by itself."""
        return self._markup.jumps(self.headers)

    @cached_property
    def frames(self) -> tuple[str, ...]:
        """Addresses of frames a reader can see."""
        return self._markup.frames()

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """Addresses of external scripts."""
        return self._markup.scripts()

    @cached_property
    def has_scripts(self) -> bool:
        """Whether scripts may change the page, its own or others'."""
        return bool(self.scripts or self._markup.inline[0])

    @cached_property
    def images(self) -> int:
        """Number of images, drawings and embedded objects."""
        return self._markup.images()

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Structural marks, from source and response headers."""
        return marks(self.source, "\n".join(self._markup.inline[0]), self.headers)

    @cached_property
    def drawn_by_script(self) -> bool:
        """Whether the page shows next to nothing until its scripts have run: no text, no picture, no frame."""
        if self.readable >= LITTLE or self.images or self.frames or any(jump.certain for jump in self.jumps):
            return False
        return bool(self.scripts) or sum(map(len, self._markup.inline[0])) >= LITTLE

    @cached_property
    def link_hosts(self) -> frozenset[str]:
        """Hosts the page's anchors lead to, its own included."""
        return frozenset(host for link in self.links if (host := host_of(link.url)))

    @property
    def said(self) -> str:
        """All a reader or the page's script would show: title, text, state strings, and noscript where no text is."""
        parts = (self.title, self.text, self.state_text, "" if self.text else self.noscript_text)
        return " ".join(part for part in parts if part)

    @property
    def readable(self) -> int:
        """Number of characters a reader sees, state strings included."""
        return len(self.text) + (0 if len(self.text) > 200 else len(self.state_text))

    def has(self, kind: MarkKind) -> bool:
        """Whether the page bears a structural mark of this kind."""
        return any(mark.kind is kind for mark in self.marks)

    @cached_property
    def has_password(self) -> bool:
        """Whether there is a password field, seen without taking the page apart."""
        return bool(_PASSWORD.search(self.source))

    def asks_for(self, kind: FormKind) -> bool:
        """Whether the page has a form of this kind."""
        return any(form.kind is kind for form in self.forms)

    def leads_to(self, url: str) -> tuple[Control, ...]:
        """The controls that lead to `url` or to another address of its registrable domain."""
        return tuple(control for control in self.controls if _same_place(control.url, url))

    def jumps_to(self, url: str) -> tuple[Jump, ...]:
        """The jumps to `url` or to another address of its registrable domain."""
        return tuple(jump for jump in self.jumps if _same_place(jump.url, url))

    def names(self, url: str) -> bool:
        """Whether the page shows the address `url`, plain or percent-encoded, in text or state."""
        wanted = url.split("://", 1)[-1].rstrip("/")
        shown = f"{self.text} {' '.join(value for _, value in self.state)}"
        return bool(wanted) and any(form in shown for form in (wanted, unquote(wanted), quote(wanted, safe="")))


def _same_place(url: str, other: str) -> bool:
    return is_web(url) and domain_of(url) == domain_of(other)


@lru_cache(maxsize=CACHED)
def read(capture: Capture) -> Facts:
    """Facts of a capture; total on arbitrary bytes. The same capture gives the same object while it is cached."""
    decoded = decode(capture.body, capture.content_type)
    source = decoded.text[:SOURCE_LIMIT]
    is_html = _is_html(capture.content_type, source)
    source = tame(source) if is_html else source
    tree = LexborHTMLParser(source if is_html else "")
    title, found = _title(tree), metas(tree)
    root = tree.root
    return Facts(
        url=capture.url,
        status=capture.status,
        headers=capture.headers,
        digest=capture.digest or sha256(capture.body).hexdigest(),
        size=len(capture.body),
        truncated=capture.truncated,
        is_html=is_html,
        content_type=capture.content_type,
        charset=decoded.charset,
        charset_declared=decoded.declared,
        broken_text=decoded.broken,
        declared_language=((root.attributes.get("lang") or "") if root is not None else "")[:20],
        title=title,
        card=offered_card(found, title, capture.url),
        canonical=canonical(tree, found, capture.url),
        claimed=absolute(capture.url, claimed(tree, found)),
        text=visible(tree) if is_html else _plain_text(capture.content_type, source),
        source=source if is_html else "",
    )


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title") or tree.css_first("title")
    return one_line(node_text(node), 500) if node is not None else ""


def _is_html(content_type: str, source: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("", "text/plain", "application/octet-stream", "application/xml", "text/xml"):
        return bool(_MARKUP.match(source[:2000]))
    return kind in ("text/html", "application/xhtml+xml")


def _plain_text(content_type: str, source: str) -> str:
    """The words of an answer that is text but no page, such as JSON; none for images and archives."""
    kind = content_type.partition(";")[0].strip().lower()
    return one_line(source) if kind.startswith("text/") or "json" in kind or "xml" in kind else ""
