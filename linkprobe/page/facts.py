"""The facts of one page, and the one function that reads them."""

from functools import cached_property

import msgspec

from linkprobe.model import Capture, Card
from linkprobe.page.parts import Control, Form, Jump, Link, Mark


class Facts(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything the judge may know of a page. Texts are whitespace-normalised and bounded; URLs are absolute.

    Nothing here depends on attribute order, on whitespace, or on what scripts would do when run.
    """

    url: str
    """The landed URL."""
    status: int
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
    language: str
    """Primary language tag from `lang`, else guessed from the script; empty if unknown."""
    title: str
    text: str
    """Visible text of the body: no script, style, template, noscript, nor elements hidden in the source."""
    noscript_text: str
    """Text shown only where scripts do not run."""
    state_text: str
    """Strings of inline state objects, which pages drawn by script show instead of their own text."""
    headings: tuple[str, ...]
    forms: tuple[Form, ...]
    links: tuple[Link, ...]
    controls: tuple[Control, ...]
    """What can be pressed, in document order, anchors with longer texts left out."""
    jumps: tuple[Jump, ...]
    """Where the page sends its visitor by itself."""
    frames: tuple[str, ...]
    """Absolute URLs of iframes and frames that are not hidden."""
    scripts: tuple[str, ...]
    """Absolute URLs of external scripts."""
    card: Card
    """What the page offers for a preview: Open Graph, else Twitter card, else title and description."""
    canonical: str
    """Canonical URL or og:url, absolute; empty if none."""
    images: int
    """Number of images."""
    elements: int
    """Number of opening tags in the source, a measure of how much page there is."""
    marks: tuple[Mark, ...]
    """Structural marks, from source and response headers."""
    source: str
    """The decoded source, bounded; for the parts computed on demand."""

    @property
    def host(self) -> str:
        """Host of the landed URL, lower case, without port."""
        return ""

    @property
    def domain(self) -> str:
        """Registrable domain of the landed URL; the host itself where there is none."""
        return ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the visible text (title not included), case-folded; one per character in Chinese and Japanese."""
        return ()

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Runs of three words, numbers masked."""
        return frozenset()

    @cached_property
    def shape(self) -> frozenset[tuple[str, ...]]:
        """Runs of four opening tags: the page's structure without its text."""
        return frozenset()

    @cached_property
    def link_hosts(self) -> frozenset[str]:
        """Hosts the page's anchors lead to, its own included."""
        return frozenset()

    @property
    def said(self) -> str:
        """All a reader or the page's own script would show: title, text, state strings, noscript text."""
        return " ".join(part for part in (self.title, self.text, self.state_text, self.noscript_text) if part)

    @property
    def readable(self) -> int:
        """Number of characters a reader sees, state strings included."""
        return len(self.text) + len(self.state_text)

    def leads_to(self, url: str) -> tuple[Control, ...]:
        """The controls that lead to `url` or to another address of its registrable domain."""
        return ()

    def names(self, url: str) -> bool:
        """Whether the page shows the address `url` in its text (percent-encoded or not)."""
        return False


def read(capture: Capture) -> Facts:
    """Facts of a capture; total on arbitrary bytes. The same capture gives the same object while it is cached."""
    return Facts(
        url=capture.url,
        status=capture.status,
        digest=capture.digest,
        size=len(capture.body),
        truncated=capture.truncated,
        is_html=True,
        content_type=capture.content_type,
        charset="",
        charset_declared="",
        broken_text=False,
        language="",
        title="",
        text="",
        noscript_text="",
        state_text="",
        headings=(),
        forms=(),
        links=(),
        controls=(),
        jumps=(),
        frames=(),
        scripts=(),
        card=Card(),
        canonical="",
        images=0,
        elements=0,
        marks=(),
        source="",
    )
