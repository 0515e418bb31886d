"""XMPP's XML (RFC 6120): written as text, read by a parser that refuses what XMPP forbids. Pure."""

from typing import TypeAlias
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

CLIENT = "jabber:client"
BOSH = "http://jabber.org/protocol/httpbind"
XBOSH = "urn:xmpp:xbosh"
STREAMS = "http://etherx.jabber.org/streams"
SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
BIND = "urn:ietf:params:xml:ns:xmpp-bind"
CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas"
ENDINGS = "urn:ietf:params:xml:ns:xmpp-streams"
MUC = "http://jabber.org/protocol/muc"
MUC_USER = "http://jabber.org/protocol/muc#user"
ORIGIN = "urn:xmpp:sid:0"
PING = "urn:xmpp:ping"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

Stanza: TypeAlias = ElementTree.Element


class NotXmpp(ValueError):
    """Not well-formed, or with a document type: RFC 6120 §11.1 forbids it, and entities live nowhere else."""


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree, but for a document that declares entities: one of a few lines could fill the memory."""

    def doctype(self, name: str, *_: object) -> None:
        raise NotXmpp(f"a document type in XMPP: {name[:80]!r}")


def read(document: bytes) -> Stanza:
    """The root of `document`. Raises `NotXmpp`."""
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314 - it refuses document types, hence all entities
    try:
        parser.feed(document)
        return parser.close()
    except (ElementTree.ParseError, ValueError) as error:
        raise NotXmpp(str(error)) from error


def write(name: str, attributes: dict[str, str], *inside: str) -> str:
    """An element; `inside` is XML already."""
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


def text(value: str) -> str:
    """`value` as it stands between tags."""
    return escape(value)


def is_a(stanza: Stanza, name: str, kind: str | None = None) -> bool:
    """Whether it is a client's stanza of that name and, if given, of that `type`."""
    return stanza.tag == f"{{{CLIENT}}}{name}" and kind in (None, stanza.get("type"))


def body_of(message: Stanza) -> str:
    """What a client shows of a message; of several languages the first."""
    return message.findtext(f"{{{CLIENT}}}body") or ""


def names_of(message: Stanza) -> set[str]:
    """Its id, and the one its sender gave it where a room has put another in its place (XEP-0359)."""
    origins = (origin.get("id") for origin in message.findall(f"{{{ORIGIN}}}origin-id"))
    return {name for name in (message.get("id"), *origins) if name}


def statuses_of(presence: Stanza) -> set[str]:
    """The status codes of a room's presence (XEP-0045 §15.6.2)."""
    return {status.get("code", "") for status in presence.iterfind(f"{{{MUC_USER}}}x/{{{MUC_USER}}}status")}
