"""What a page offers for a preview card, and the address it calls its own."""

from selectolax.lexbor import LexborHTMLParser

from linkprobe.model import Card
from linkprobe.page.address import absolute, is_web
from linkprobe.page.text import one_line

LONGEST = 1000
"""Characters of a card's field."""

Metas = dict[str, str]


def metas(tree: LexborHTMLParser) -> Metas:
    """Contents of the meta elements by property or name, lower case; the first of each wins."""
    found: Metas = {}
    for node in tree.css("meta[content]")[:200]:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name")
        content = attributes.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), one_line(content, LONGEST))
    return found


def offered_card(found: Metas, title: str, base: str) -> Card:
    """Open Graph first, then Twitter's, then title and description as preview makers fall back to."""
    return Card(
        title=_first(found, "og:title", "twitter:title") or title[:LONGEST],
        description=_first(found, "og:description", "twitter:description", "description"),
        image=absolute(base, _first(found, "og:image", "og:image:url", "twitter:image", "twitter:image:src")),
        url=absolute(base, found.get("og:url", "")),
    )


def canonical(tree: LexborHTMLParser, found: Metas, base: str) -> str:
    """The canonical link, else `og:url`; empty where the page names none."""
    node = tree.css_first("link[rel~='canonical' i][href]")
    href = (node.attributes.get("href") or "") if node is not None else ""
    return absolute(base, href) or absolute(base, found.get("og:url", ""))


def claimed(tree: LexborHTMLParser, found: Metas) -> str:
    """The same where the page writes it with its host; a relative one names whatever host sent the page."""
    node = tree.css_first("link[rel~='canonical' i][href]")
    href = (node.attributes.get("href") or "").strip() if node is not None else ""
    return next((url for url in (href, found.get("og:url", "")) if is_web(url) or url.startswith("//")), "")


def _first(found: Metas, *names: str) -> str:
    return next((found[name] for name in names if name in found), "")
