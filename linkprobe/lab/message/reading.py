"""What another viewer reads: messages and cards, laid out as the platform's file says they lie. Pure."""

import re
from typing import Any, NamedTuple

from linkprobe.lab.message.paths import place, place_each
from linkprobe.lab.pages.markup import Document, element, text
from linkprobe.model import Card, CardFields, ReadBack

_SCHEME = re.compile(r"\bhttp(?=s?://)")


class Shown(NamedTuple):
    """A message as the recipient gets it: its words, the link in them if it is alive, its card if it has one."""

    id: str
    text: str
    link: str = ""
    shared: str = ""
    """The link as it was shared, which is what is written where the live link stands."""
    card: Card | None = None


def as_json(read: ReadBack, messages: list[Shown]) -> Any:
    """The answer to a read request in JSON. A request for one message may have it as the whole answer."""
    entries = [_entry(read, message) for message in messages]
    path = read.messages.removesuffix(".*").removesuffix("*")
    if not path and not read.messages and "{message}" in read.call.url:
        return entries[0] if entries else {"error": "not found"}
    return place(None, path, entries)


def as_html(read: ReadBack, messages: list[Shown]) -> str:
    """The same as a page, with elements that the declared selectors find."""
    listed = "\n".join(element(read.messages or "article.message", _parts(read, message)) for message in messages)
    return Document(title="", body=f"<main>{listed}</main>").render()


def with_card(root: Any, fields: CardFields, card: Card) -> Any:
    """`root` with the card's fields at their paths; empty ones are left out."""
    for name, value in _pairs(fields, card):
        if value:
            root = place(root, f"{fields.at}.{name}" if fields.at else name, value)
    return root


def _entry(read: ReadBack, message: Shown) -> Any:
    """With paths for links the text is plain; without them the text is HTML, whose anchors are the links."""
    root: Any = {"id": message.id}
    root = place(root, read.text, _plain(read, message) if read.links or read.linkify else _html(message))
    if read.links:
        root = place_each(root, read.links, [message.link] if message.link else [])
    if read.card and message.card and not read.preview:
        root = with_card(root, read.card, message.card)
    return root


def _plain(read: ReadBack, message: Shown) -> str:
    """The text. Where clients make links of addresses, the live link stands in it, and a dead one is broken up."""
    if not read.linkify:
        return message.text
    if not message.link:
        return _SCHEME.sub("hxxp", message.text)
    if read.links:
        return message.text
    return message.text.replace(message.shared, message.link)


def _html(message: Shown) -> str:
    written = text(message.text)
    if not message.link:
        return f"<p>{written}</p>"
    shared = text(message.shared)
    anchor = f'<a href="{text(message.link)}" rel="nofollow noopener" target="_blank">{shared}</a>'
    return f"<p>{written.replace(shared, anchor, 1)}</p>"


def _parts(read: ReadBack, message: Shown) -> str:
    plain = bool(read.links or read.linkify)
    made = element(read.text, f"<p>{text(_plain(read, message))}</p>" if plain else _html(message))
    if read.links and message.link:
        made += element(read.links, text(message.shared), tag="a", href=message.link)
    if read.card and message.card and not read.preview:
        made += _card(read.card, message.card)
    return made


def _card(fields: CardFields, card: Card) -> str:
    inner = ""
    for selector, value in _pairs(fields, card):
        if not value:
            continue
        if selector == fields.image:
            inner += element(selector, "", tag="img", src=value)
        elif selector == fields.url:
            inner += element(selector, text(value), tag="a", href=value)
        else:
            inner += element(selector, text(value), tag="span")
    return element(fields.at, inner) if fields.at else inner


def _pairs(fields: CardFields, card: Card) -> tuple[tuple[str, str], ...]:
    return (
        (fields.title, card.title),
        (fields.description, card.description),
        (fields.image, card.image),
        (fields.url, card.url),
    )
