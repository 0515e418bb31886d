"""Whether two captures show the same page, and what is left of the one in the other. Says nothing about why.

Thresholds were set on two captures each of 39 front pages against pages of other sites: those of one site share at
least 0.39 of their structure and all of their title, those of two sites at most 0.15 and 0.17.
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from linkprobe.judge.similarity import card_likeness, held, jaccard, length_ratio, title_likeness
from linkprobe.page import Facts
from linkprobe.page.address import host_of

FEW_WORDS = 5
"""Words below which a text says nothing about which page it is."""
FEW_RUNS = 12
"""Runs of words or of tags that two pages may share by chance."""
SAME_TITLE = 0.6
OTHER_TITLE = 0.3
SAME_TEXT = 0.5
SURE_TEXT = 0.75
"""Likeness of text that outweighs another title."""
SOME_TEXT = 0.1
SAME_STRUCTURE = 0.35
LEAST_LENGTH = 0.35
"""A page whose dynamic parts changed keeps about its length; an empty shell of it does not."""
LEFT = 0.05
"""Share of text beyond what two sites share by chance."""
LEAST_KEPT = 0.6
"""Share of the stable text that another capture of the page shows, where two controls taught what is stable."""


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Subject against control. Scores run from 0 (nothing in common) to 1 (equal); None means not comparable."""

    same_page: bool | None
    """Whether the subject shows the control's page; None where the two cannot be compared."""
    reason: str
    """Why, in words, with the figures that decided."""
    same_domain: bool
    """Whether both landed on one registrable domain."""
    same_host: bool
    same_path: bool
    same_canonical: bool | None
    """None where one of the two names no canonical address."""
    text: float | None
    """Likeness of the visible texts, the control's learnt noise left out."""
    structure: float | None
    """Likeness of the tags; None as well where text and title leave no doubt."""
    title: float | None
    card: float | None
    kept: float | None
    """Share of the control's stable text that the subject still shows."""
    added: float | None
    """Share of the subject's text, noise left out, that no control shows."""
    noise: float | None
    """Share of the control's text that its second capture does not repeat; None where there was one capture."""
    replaced: bool | None
    """Whether nothing that tells the control apart is left in the subject: another page took its place.

    False together with `same_page` False means a variant: the same site or page with other content.
    """


class _Texts(NamedTuple):
    """How much two texts have in common, in runs of words, and how much of the control was noise."""

    likeness: float | None
    kept: float | None
    added: float | None
    noise: float | None


@lru_cache(maxsize=32)
def compare(subject: Facts, control: Facts, second_control: Facts | None = None) -> Comparison:
    """Compare two pages; what differs between the two controls counts as noise and is left out."""
    texts = _texts(subject, control, second_control)
    title = title_likeness(subject.title, control.title)
    plain = (texts.likeness or 0.0) >= SAME_TEXT and (title is None or title >= OTHER_TITLE)
    scores = Comparison(
        same_page=None,
        reason="",
        same_domain=subject.domain == control.domain,
        same_host=subject.host == control.host,
        same_path=_path(subject.url) == _path(control.url),
        same_canonical=_same_canonical(subject, control),
        text=texts.likeness,
        structure=None if plain else jaccard(subject.shape, control.shape),
        title=title,
        card=card_likeness(subject.card, control.card),
        kept=texts.kept,
        added=texts.added,
        noise=texts.noise,
        replaced=None,
    )
    return _decided(scores, subject, control)


def _texts(subject: Facts, control: Facts, second: Facts | None) -> _Texts:
    if subject.text == control.text:
        return _Texts(1.0, 1.0, 0.0, None) if subject.text else _Texts(None, None, None, None)
    ours, theirs = subject.shingles, control.shingles
    if second is None or len(second.words) < FEW_WORDS <= len(control.words):
        return _shared(len(ours & theirs), len(ours), len(theirs), None)
    stable = theirs & second.shingles
    noise = (theirs | second.shingles) - stable
    counted = ours - noise
    lost = 1 - (held(theirs, second.shingles) or 0.0)
    return _shared(len(counted & stable), len(counted), len(stable), lost)


def _shared(both: int, ours: int, theirs: int, noise: float | None) -> _Texts:
    either = ours + theirs - both
    return _Texts(
        both / either if either else None, both / theirs if theirs else None, 1 - both / ours if ours else None, noise
    )


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _same_canonical(subject: Facts, control: Facts) -> bool | None:
    if not subject.canonical or not control.canonical:
        return None
    return _address(subject.canonical) == _address(control.canonical)


def _address(url: str) -> tuple[str, str]:
    return host_of(url).removeprefix("www."), _path(url)


def _decided(scores: Comparison, subject: Facts, control: Facts) -> Comparison:
    why_not = _incomparable(scores, subject, control)
    if why_not:
        return msgspec.structs.replace(scores, reason=why_not)
    if subject.digest == control.digest:
        return msgspec.structs.replace(scores, same_page=True, reason="the bodies are equal", replaced=False)
    if subject.is_html != control.is_html:
        return msgspec.structs.replace(scores, same_page=False, reason="only one of the two is a page", replaced=True)
    same, why = _same(scores, subject, control)
    replaced = None if same is None else not same and not _something_left(scores, subject, control)
    return msgspec.structs.replace(scores, same_page=same, reason=why, replaced=replaced)


def _incomparable(scores: Comparison, subject: Facts, control: Facts) -> str:
    """Why the two cannot be compared, in words; empty if they can."""
    if subject.digest == control.digest and subject.size:
        return ""
    alike = (scores.structure or 0.0) >= SAME_STRUCTURE
    reasons = (
        (not subject.size or not control.size, "one of the two is empty"),
        (not subject.is_html and not control.is_html, "neither of the two is a page"),
        (not _says_anything(control), "the control says nothing"),
        (not _says_anything(subject) and alike, "the subject is built like the control and shows nothing"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _says_anything(page: Facts) -> bool:
    return bool(page.title) or len(page.words) >= FEW_WORDS or not page.is_html


def _same(scores: Comparison, subject: Facts, control: Facts) -> tuple[bool | None, str]:
    text, title = scores.text or 0.0, scores.title
    figures = f"text {text:.2f}, structure {_figure(scores.structure)}, title {_figure(title)}"
    if title is not None and title < OTHER_TITLE:
        same = text >= SURE_TEXT or (scores.same_canonical is True and text >= SAME_TEXT)
        return same, f"{'another title, the same text' if same else 'another title and another text'}: {figures}"
    if text >= SAME_TEXT:
        return True, f"the same text: {figures}"
    alike = _alike_by_shape(scores, subject, control)
    if alike and scores.noise is not None and (scores.kept or 0.0) < LEAST_KEPT * _repeated(scores.noise):
        return None, f"built alike, but what two controls agree on is gone, kept {scores.kept or 0.0:.2f}: {figures}"
    return alike, f"{'the same page with other dynamic parts' if alike else 'another text'}: {figures}"


def _figure(score: float | None) -> str:
    return "-" if score is None else f"{score:.2f}"


def _repeated(noise: float) -> float:
    """How far the stable text itself can be trusted: where two controls share little, the rest is chance."""
    return 1.0 if noise < 0.5 else 2 * (1 - noise)


def _alike_by_shape(scores: Comparison, subject: Facts, control: Facts) -> bool:
    """The same title, or canonical address, on a page that is built alike and about as long."""
    if length_ratio(len(subject.words), len(control.words)) < LEAST_LENGTH:
        return False
    if scores.title is None and scores.same_canonical is not True:
        return (scores.structure or 0.0) >= SAME_STRUCTURE and (scores.text or 0.0) >= SOME_TEXT
    return (scores.structure or 0.0) >= SAME_STRUCTURE or (scores.text or 0.0) >= 2 * SOME_TEXT


def _something_left(scores: Comparison, subject: Facts, control: Facts) -> bool:
    if (scores.title or 0.0) >= SAME_TITLE or (scores.card or 0.0) >= SAME_TEXT:
        return True
    text = (scores.kept or 0.0) >= LEFT and len(subject.shingles & control.shingles) >= FEW_RUNS
    return text or ((scores.structure or 0.0) >= SAME_STRUCTURE and len(control.shape) >= FEW_RUNS)
