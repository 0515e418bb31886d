"""The messages in a read-back answer, as the platform's file says where they lie."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkprobe.model import Card, CardFields, ReadBack
from linkprobe.probe.message.call import Answer
from linkprobe.probe.message.linkify import addresses
from linkprobe.probe.message.paths import at, entries, texts, word

_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
"""A tag, other than an address in angle brackets."""
_BACKGROUND = re.compile(r"background(?:-image)?:\s*url\(\s*['\"]?([^'\")]+)")


class Message(NamedTuple):
    """One message as another viewer gets it."""

    text: str
    links: tuple[str, ...] = ()
    card: Card | None = None
    names: frozenset[str] = frozenset()
    """The scalars at its top level, among which its id is."""
    raw: bytes = b""
    """What it was read from, by which it is known again."""


def messages(read: ReadBack, answer: Answer) -> list[Message] | None:
    """The messages in `answer`; None where it is no answer of the declared format."""
    if read.format == "html":
        return list(_from_html(read, answer))
    document = answer.json
    # A refusal inside a success holds no list: whoever may not look does not see that nothing is there.
    return None if at(document, read.messages) is None else list(_from_json(read, document, answer.url))


def _from_json(read: ReadBack, document: Any, base: str) -> Iterator[Message]:
    found = at(document, read.messages)
    for entry in found if isinstance(found, list) else [found]:
        written = entry if isinstance(entry, str) else at(entry, read.text)
        if written is None:
            continue
        text = "\n".join(texts(written)) or word(written)
        yield Message(
            _plain(text),
            _web(_linked(read, texts(at(entry, read.links)) if read.links else _anchors(text), text), base),
            card_in(entry, read.card, base) if read.card else None,
            frozenset(word(value) for value in entries(entry)) - {""},
            msgspec.json.encode(entry),
        )


def card_in(document: Any, fields: CardFields, base: str) -> Card | None:
    """The card in a JSON document; None where there is none, or nothing in it."""
    holder = at(document, fields.at)
    holder = holder[0] if isinstance(holder, list) and holder else holder
    card = Card(
        word(at(holder, fields.title)),
        word(at(holder, fields.description)),
        _absolute(word(at(holder, fields.image)), base),
        _absolute(word(at(holder, fields.url)), base),
    )
    return card if card != Card() and isinstance(holder, dict) else None


def _from_html(read: ReadBack, answer: Answer) -> Iterator[Message]:
    page = LexborHTMLParser(answer.text)
    for node in page.css(read.messages or "body"):
        text = node.css_first(read.text) or node
        linked = _selected(node, read.links) if read.links else _hrefs(text)
        yield Message(
            _spaced(text.text(separator="")),
            _web(_linked(read, linked, text.html or ""), answer.url),
            _card_in_node(node, read.card, answer.url) if read.card else None,
            frozenset(value for value in node.attributes.values() if value),
            (node.html or "").encode(),
        )


def _card_in_node(node: LexborNode, fields: CardFields, base: str) -> Card | None:
    holder = node.css_first(fields.at) if fields.at else node
    if holder is None:
        return None
    card = Card(
        _value(holder, fields.title),
        _value(holder, fields.description),
        _absolute(_value(holder, fields.image, "src", "data-src", "content", "href"), base),
        _absolute(_value(holder, fields.url, "href", "content"), base),
    )
    return card if fields.at or card != Card() else None


def _value(holder: LexborNode, selector: str, *attributes: str) -> str:
    node = holder.css_first(selector) if selector else None
    if node is None:
        return ""
    given = (node.attributes.get(name) for name in attributes)
    return next((value for value in given if value), "") or _background(node, attributes) or _spaced(node.text())


def _background(node: LexborNode, attributes: tuple[str, ...]) -> str:
    """The picture a node shows as its background, where a picture is looked for."""
    found = _BACKGROUND.search(node.attributes.get("style") or "") if "src" in attributes else None
    return found[1] if found else ""


def _selected(node: LexborNode, selector: str) -> tuple[str, ...]:
    found = (link.attributes.get("href") or next(iter(_hrefs(link)), "") for link in node.css(selector))
    return tuple(href for href in found if href)


def _hrefs(node: LexborNode) -> tuple[str, ...]:
    return tuple(href for anchor in node.css("a[href]") if (href := anchor.attributes.get("href")))


def _anchors(text: str) -> tuple[str, ...]:
    return _hrefs(body) if "<a" in text.lower() and (body := LexborHTMLParser(text).body) else ()


def _linked(read: ReadBack, declared: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The links the service shows, and those its clients make of addresses in the rest of the text.

    Where it says by a path which links there are, and there are some, the text beside them is only their label.
    """
    if not read.linkify or (read.links and declared):
        return declared
    return (*declared, *addresses(_outside_anchors(text)))


def _outside_anchors(text: str) -> str:
    if not _TAG.search(text) or not (body := LexborHTMLParser(text).body):
        return text
    for anchor in body.css("a[href]"):
        anchor.decompose()
    return body.text(separator=" ")


def _plain(text: str) -> str:
    if not _TAG.search(text):
        return text
    body = LexborHTMLParser(text).body
    return _spaced(body.text()) if body else text


def _web(links: tuple[str, ...], base: str) -> tuple[str, ...]:
    """The links that a browser would open, whole; others are not links to a service."""
    whole = (_absolute(link, base) for link in links)
    return tuple(dict.fromkeys(link for link in whole if link.lower().startswith(("http://", "https://"))))


def _absolute(link: str, base: str) -> str:
    try:
        return urljoin(base, link.strip()) if link else ""
    except ValueError:
        return ""


def _spaced(text: str) -> str:
    return " ".join(text.split())
