"""An Atom feed of the cells that changed from round to round."""

import uuid
from collections.abc import Iterator
from xml.etree import ElementTree as xml

from linkprobe.matrix import Change, Difference, differences, told
from linkprobe.publish.edition import Edition
from linkprobe.publish.names import cell_name, round_folder
from linkprobe.publish.pages import shown
from linkprobe.store import RoundRecord

MOST = 200
"""Entries kept; older changes stand on the rounds' own pages."""
_ATOM = "http://www.w3.org/2005/Atom"
_SPACE = uuid.UUID("6f0a4b0e-6a0d-5c8e-9a43-5d6b3f5f7e11")
"""Our own name space for entry ids, which must never change and belong to no host."""


def feed(edition: Edition) -> bytes:
    """The feed, newest change first. Its ids are the same whenever and wherever it is written."""
    xml.register_namespace("", _ATOM)
    root = xml.Element(f"{{{_ATOM}}}feed")
    _add(root, "id", f"urn:uuid:{_SPACE}")
    _add(root, "title", "linkprobe: changed cells")
    _add(root, "updated", _instant(edition.when))
    _add(_add(root, "author"), "name", "linkprobe")
    _link(root, "changes.atom", "self")
    _link(root, "index.html", "alternate")
    for record, change in _latest(edition):
        _entry(root, record, change)
    xml.indent(root)
    written: bytes = xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _latest(edition: Edition) -> Iterator[tuple[RoundRecord, Difference]]:
    left = MOST
    for number in range(len(edition.rounds) - 1, 0, -1):
        earlier, later = edition.rounds[number - 1 : number + 1]
        found = differences(edition.cells_of[earlier.id], edition.cells_of[later.id])
        changed = [one for one in found if one.change is not Change.UNCHANGED][:left]
        left -= len(changed)
        yield from ((later, one) for one in changed)


def _entry(root: xml.Element, record: RoundRecord, change: Difference) -> None:
    entry = _add(root, "entry")
    name = cell_name(change.key)
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(_SPACE, f'{record.id} {name}')}")
    _add(entry, "title", ("Simulated: " if record.mode == "lab" else "") + shown(told(change)))
    _add(entry, "updated", _instant(record.finished or record.started))
    where = "changes" if change.after is None else f"c/{name}"
    _link(entry, f"{round_folder(record.id)}/{where}.html", "alternate")
    cell = change.after or change.before
    _add(entry, "summary", shown(cell.reason) if cell else "")


def _add(parent: xml.Element, name: str, text: str = "") -> xml.Element:
    made = xml.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = text or None
    return made


def _link(parent: xml.Element, href: str, kind: str) -> None:
    xml.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": kind})


def _instant(when: str) -> str:
    """RFC 3339 demands an offset; what has none is UTC."""
    return when if when.endswith("Z") or "+" in when[10:] else f"{when}Z"
