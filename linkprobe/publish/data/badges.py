"""A badge for every platform and every link: how many cells are degraded or shielded, out of how many."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from jinja2 import Environment

from linkprobe.model import Cell
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from linkprobe.publish.looks import State, state
from linkprobe.publish.names import segment
from linkprobe.publish.pages import environment, shown

_COLOURS = {State.OPEN: "2b83ba", State.DEGRADED: "c06a08", State.SHIELDED: "7f0000", State.INCONCLUSIVE: "5f6a70"}
_NARROW, _WIDE = 6.6, 11.5
"""Pixels of a letter and of a Chinese sign at eleven pixels; a badge's text is stretched to fit."""


def badges(edition: Edition) -> Iterator[File]:
    """JSON for shields' endpoint badge and a finished SVG, for each platform and each link."""
    yield from _kind(edition, "platform", lambda cell: cell.platform, edition.platform_name)
    yield from _kind(edition, "target", lambda cell: cell.target, edition.target_name)


def _kind(edition: Edition, kind: str, key: Callable[[Cell], str], named: Callable[[str], str]) -> Iterator[File]:
    groups: defaultdict[str, list[Cell]] = defaultdict(list)
    for cell in edition.cells:
        groups[key(cell)].append(cell)
    for name, cells in sorted(groups.items()):
        label = f"links in {shown(named(name))}" if kind == "platform" else shown(named(name))
        message, colour = told(cells)
        message = f"simulated: {message}" if edition.simulated else message
        yield File(f"badges/{kind}/{segment(name)}.json", _endpoint(label, message, colour))
        yield File(f"badges/{kind}/{segment(name)}.svg", _svg(environment(), label, message, colour))


def told(cells: list[Cell]) -> tuple[str, str]:
    """The message and its colour; cells without a verdict count neither way."""
    found = Counter(map(state, cells))
    speaking = found[State.OPEN] + found[State.DEGRADED] + found[State.SHIELDED]
    if not speaking:
        return f"no verdict in {len(cells)}", _COLOURS[State.INCONCLUSIVE]
    parts = [f"{found[one]} {one}" for one in (State.SHIELDED, State.DEGRADED) if found[one]]
    worst = next((one for one in (State.SHIELDED, State.DEGRADED) if found[one]), State.OPEN)
    return f"{', '.join(parts) or f'{found[State.OPEN]} open'} of {speaking}", _COLOURS[worst]


def _endpoint(label: str, message: str, colour: str) -> bytes:
    badge = {"schemaVersion": 1, "label": label[:80], "message": message, "color": colour}
    return (json.dumps(badge, ensure_ascii=False) + "\n").encode()


def _svg(templates: Environment, label: str, message: str, colour: str) -> bytes:
    left, right = _width(label[:40]), _width(message)
    values = {"label": label[:40], "message": message, "colour": colour, "left": left, "right": right}
    return templates.get_template("badge.svg.j2").render(values).encode()


def _width(text: str) -> int:
    return round(sum(_WIDE if ord(sign) > 0x2E7F else _NARROW for sign in text)) + 12
