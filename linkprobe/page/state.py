"""Inline state: what a page drawn by script hands to it, as pairs of key and text, without parsing strictly."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from linkprobe.page.script import STRING, unquote

LIMIT = 200_000
"""Characters of inline state that are read."""
MOST_PAIRS = 400

_PAIR = re.compile(rf"""["']?([A-Za-z_$][\w$-]{{0,40}})["']?\s{{0,9}}:\s{{0,9}}({STRING})""")
_STARTS = re.compile(
    r"(?:(?:var|let|const)\s{1,9}|window\s?\.\s?|self\s?\.\s?|(?:window|self)\[['\"])[\w$]{1,60}(?:['\"]\])?\s{0,9}=\s{0,9}"
    r"(?:JSON\.parse\(\s?['\"`])?[{\[]"
)
_OBJECT = re.compile(r"\{[^{}]{1,2000}\}")
_LABELS = ("name", "text", "label", "title", "btntext", "btn_text", "buttontext")
_URLS = ("url", "href", "link", "target", "jumpurl", "jump_url")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]{1,20}:)?//|[/#.?]|data:|javascript:", re.I)
_TOKEN = re.compile(r"[\w.:;,%&=/+#()*-]*$")


class State(NamedTuple):
    """Key and value pairs in order, and the pairs of label and address that make a button."""

    pairs: tuple[tuple[str, str], ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The values a reader would be shown: those with words, or with signs beyond ASCII."""
        shown = dict.fromkeys(value.strip() for _, value in self.pairs if _is_wording(value))
        return " ".join(shown)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The values that are addresses."""
        return tuple(value for _, value in self.pairs if value[:8].lower().startswith(("http://", "https://")))


def _is_wording(value: str) -> bool:
    """Whether a value is made to be read: neither address nor code nor markup."""
    if len(value) < 2 or _ADDRESS.match(value) or "<" in value or "{" in value:
        return False
    return not value.isascii() or (" " in value.strip() and not _TOKEN.match(value))


def read_state(scripts: Iterable[str], documents: Iterable[str]) -> State:
    """State in assignments of inline scripts and in embedded JSON documents."""
    sources = [script[start.end() - 1 :] for script in scripts for start in [_STARTS.search(script)] if start]
    pairs: list[tuple[str, str]] = []
    buttons: list[tuple[str, str]] = []
    for source in (*sources, *documents):
        text = source[:LIMIT].lstrip()
        for key, value in _PAIR.findall(text):
            pairs.append((key, unquote(value)))
        buttons += _buttons(text)
        if len(pairs) > MOST_PAIRS:
            break
    return State(tuple(pairs[:MOST_PAIRS]), tuple(buttons[:50]))


def _buttons(text: str) -> list[tuple[str, str]]:
    """Innermost objects that hold both a short label and an address; the page's own title and address are no button."""
    found = []
    for match in _OBJECT.finditer(text, 1):
        fields = {key.lower(): unquote(value) for key, value in _PAIR.findall(match[0])}
        label = next((fields[key] for key in _LABELS if fields.get(key)), "")
        url = next((fields[key] for key in _URLS if fields.get(key)), "")
        if label and url and len(label) <= 60:
            found.append((label, url))
    return found
