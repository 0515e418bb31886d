"""The phrase book, read from the YAML files beside it: each phrase with its source and an example it must match."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from linkprobe.judge.phrases.fold import fold
from linkprobe.judge.phrases.literals import required

GAP = ".{0,60}?"
"""What three dots stand for: up to 60 signs of anything."""
SHORT_GAP = ".{0,24}?"
"""The same in scripts where a sign is a syllable or a word."""
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")
REACH = 150
"""Signs before and after a literal within which a phrase that needs it must match."""
HEAD = 4
"""Signs of a literal by which most phrases are ruled out at once; two where it is shorter."""
MOST_PLACES = 30
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, ten times faster where it is built


class Meaning(StrEnum):
    """What a wording says; the files are named after these."""

    BLOCK = "block"
    LEAVING = "leaving"
    COPY = "copy"
    AUTO = "auto"
    CHALLENGE = "challenge"
    LOGIN = "login"
    APP = "app"
    OPEN_IN_BROWSER = "open-in-browser"
    HTTP_ERROR = "http-error"
    NET_ERROR = "net-error"
    NOT_FOUND = "not-found"
    PARKED = "parked"
    DEFAULT = "default"
    ONWARD = "onward"


class Wording(NamedTuple):
    """One phrase: the folded pattern, a literal it cannot do without, and how surely it means what it means."""

    meaning: Meaning
    language: str
    pattern: str
    needs: tuple[str, ...]
    """Literals of which one must be in the text."""
    sure: float
    example: str
    source: str


class Said(NamedTuple):
    """A phrase found: which, and the words that matched."""

    wording: Wording
    words: str


@cache
def _book() -> tuple[Wording, ...]:
    folder = files("linkprobe.judge.phrases")
    documents = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(wording for _, entry in documents for wording in _wordings(yaml.load(entry.read_bytes(), _LOADER)))  # noqa: S506


def _wordings(document: dict[str, Any]) -> Iterator[Wording]:
    meaning = Meaning(document["means"])
    for language, phrases in document["phrases"].items():
        for phrase in phrases:
            text = fold(phrase["say"]).replace("...", "…")
            yield Wording(
                meaning=meaning,
                language=language,
                pattern=text.replace("…", SHORT_GAP if _DENSE.search(text) else GAP),
                needs=required(text),
                sure=phrase.get("sure", 0.8),
                example=phrase["example"],
                source=phrase.get("source", document["source"]),
            )


PHRASES = _book()
"""Every phrase, in the order of files and languages."""
_BUTTONS = tuple(wording for wording in PHRASES if wording.meaning is Meaning.ONWARD)
_SENTENCES = tuple(
    (wording, frozenset(need[:HEAD] if len(need) >= HEAD else need[:2] for need in wording.needs))
    for wording in PHRASES
    if wording.meaning is not Meaning.ONWARD
)


def said(text: str) -> Iterator[Said]:
    """The phrases a folded text holds, each once, with the words that matched."""
    heads = {text[at : at + 2] for at in range(len(text))} | {text[at : at + HEAD] for at in range(len(text))}
    for wording, starts in _SENTENCES:
        if starts.isdisjoint(heads):
            continue
        found = _search(wording, text)
        if found:
            yield Said(wording, found[0])


def _search(wording: Wording, text: str) -> re.Match[str] | None:
    """The first match, looked for only around the literals it cannot do without."""
    done = 0
    for at in _places(wording.needs, text):
        if at < done:
            continue
        done = at + REACH
        found = _compiled(wording.pattern).search(text, max(0, at - REACH), at + 2 * REACH)
        if found:
            return found
    return None


def _places(needs: tuple[str, ...], text: str) -> list[int]:
    """Where the literals stand, the first few of each."""
    places: list[int] = []
    for need in needs:
        at = text.find(need)
        while at >= 0 and len(places) < MOST_PLACES:
            places.append(at)
            at = text.find(need, at + REACH)
    return sorted(places)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first needed: most phrases are in languages a round never meets."""
    return re.compile(pattern)


def onward(label: str) -> bool:
    """Whether a control's label says that pressing it goes on."""
    folded = fold(label).strip(" .!>»→›")
    return any(_compiled(wording.pattern).search(folded) for wording in _BUTTONS)
