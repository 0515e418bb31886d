"""Signs of what a page is: each weighs something for one kind. Structure speaks in any language, phrases support it.

A weight w alone gives the strength 1 - exp(-w): 0.7 is even, 1.4 three in four, 2.3 nine in ten.
"""

import re
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

from linkprobe.judge.kind import Kind, Sign
from linkprobe.judge.phrases import Meaning, Said, fold, said
from linkprobe.judge.way import BRIEF, way_on
from linkprobe.page import Facts
from linkprobe.page.parts import FormKind, MarkKind

SHORT = 400
LONG = 1000
"""Words from which a page has matter of its own, whatever it says: an article about blocking is no block page."""
LEAD = 400
"""Characters of the text's beginning."""
HEARD = 3000
"""Characters of the text in which phrases are looked for."""
WITHOUT_FIELD = 0.4
"""What the words of a login page weigh where there is no password field."""
REFUSING = (401, 403, 407)
"""Statuses that block pages come with as well."""

_LOGIN_PATH = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|signon|logon|auth|sso|cas|passport|oauth2?|session)(?:[/._-]|$)", re.I
)
_REFUSALS = ("denied", "blocked", "forbidden", "restricted", "filter", "policy", "prohibited")
_CODE_ALONE = re.compile(r"^\W{0,3}(?:error\s?)?([45]\d\d)(?:\s?error)?\W{0,3}$", re.I)


def signs(page: Facts, target: str) -> Iterator[Sign]:
    """All signs of a page."""
    if _shows_nothing(page):
        yield Sign(Kind.EMPTY, 3.0, "the page is empty")
        return
    if not page.is_html:
        yield from _by_status(page)
        return
    length = _length(page)
    if length > SHORT:
        yield from _of_long(page, length)
        return
    way = way_on(page, target, length)
    for sign in _phrases(page, length):
        weighed = way.weighed(sign)
        if weighed.weight:
            yield weighed
    yield from _by_status(page)
    yield from _challenge(page, length)
    yield from _login(page, length)
    yield from _errors(page, length)
    yield from way.signs


def _of_long(page: Facts, length: int) -> Iterator[Sign]:
    """A page with matter gives itself away by its title, its status and its headers at most."""
    yield from _phrases(page, length)
    yield from _by_status(page)
    if page.status >= 400 or any(name.lower() == "cf-mitigated" for name, _ in page.headers):
        yield from _challenge(page, length)
    if page.has_password:
        yield from _login(page, length)


def _shows_nothing(page: Facts) -> bool:
    if not page.size:
        return True
    if not page.is_html or page.title or page.readable:
        return False
    return not (page.jumps or page.frames or page.images or page.scripts)


def _length(page: Facts) -> int:
    """Words of the page: those shown, else those of its state."""
    return len(page.words) or len(page.state_text) // 5


class _Heard(NamedTuple):
    """A phrase, how much its place lets it count, and whether that is a title or heading."""

    factor: float
    headline: bool
    said: Said


def _phrases(page: Facts, length: int) -> Iterator[Sign]:
    """What the page says, by where it says it: the same words weigh less the more there is beside them."""
    for heard in _heard(page, length):
        wording = heard.said.wording
        weight = -log(1 - wording.sure) * heard.factor
        if wording.meaning is Meaning.LOGIN and not page.has_password:
            weight *= WITHOUT_FIELD if heard.headline and length <= BRIEF else 0.0
        if weight:
            yield Sign(_KINDS[wording.meaning], weight, f"says “{heard.said.words[:60].strip()}”")


def _heard(page: Facts, length: int) -> Iterable[_Heard]:
    """Each phrase once, from the place where it counts most."""
    best: dict[str, _Heard] = {}
    for factor, headline, text in _segments(page, length):
        for found in said(fold(text)) if factor else ():
            known = best.get(found.wording.pattern)
            if known is None or known.factor < factor:
                best[found.wording.pattern] = _Heard(factor, headline, found)
    return best.values()


def _segments(page: Facts, length: int) -> Iterator[tuple[float, bool, str]]:
    title, lead, rest = _places(length)
    yield title, True, page.title
    if length <= SHORT:
        yield from ((title, True, heading) for heading in page.headings[:3])
    text = page.text or f"{page.state_text} {page.noscript_text}"
    yield lead, False, text[:LEAD]
    yield rest, False, text[LEAD:HEARD]


def _places(length: int) -> tuple[float, float, float]:
    """How much a phrase counts in title and headings, in the beginning, in the rest."""
    if length <= BRIEF:
        return 1.0, 1.0, 1.0
    if length <= SHORT:
        return 1.0, 0.7, 0.4
    return (0.4, 0.2, 0.0) if length <= LONG else (0.1, 0.0, 0.0)


_KINDS = {
    Meaning.BLOCK: Kind.BLOCK,
    Meaning.LEAVING: Kind.LEAVING,
    Meaning.COPY: Kind.COPY,
    Meaning.AUTO: Kind.AUTO,
    Meaning.CHALLENGE: Kind.CHALLENGE,
    Meaning.LOGIN: Kind.LOGIN,
    Meaning.APP: Kind.APP,
    Meaning.OPEN_IN_BROWSER: Kind.OPEN_IN_BROWSER,
    Meaning.HTTP_ERROR: Kind.HTTP_ERROR,
    Meaning.NET_ERROR: Kind.NET_ERROR,
    Meaning.NOT_FOUND: Kind.NOT_FOUND,
    Meaning.PARKED: Kind.PARKED,
    Meaning.DEFAULT: Kind.DEFAULT,
}


def _by_status(page: Facts) -> Iterator[Sign]:
    """A status of refusal counts for little, as block pages come with it; others are a server's own trouble."""
    status = page.status
    if status == 451:
        yield Sign(Kind.BLOCK, 2.0, "status 451")
    elif status in (404, 410):
        yield Sign(Kind.NOT_FOUND, 1.0, f"status {status}")
    elif status >= 400:
        yield Sign(Kind.HTTP_ERROR, 0.75 if status in REFUSING else 1.2, f"status {status}")
    if status >= 400 and status != 451 and re.search(rf"\b{status}\b", f"{page.title} {' '.join(page.headings[:3])}"):
        yield Sign(Kind.HTTP_ERROR, 1.2, f"names its own status {status}")


def _challenge(page: Facts, length: int) -> Iterator[Sign]:
    """A bot wall's own scripts on a page with nothing else; they stand on ordinary pages as well."""
    for mark in page.marks:
        if mark.kind is MarkKind.CHALLENGE and (length <= 2 * BRIEF or ":" in mark.excerpt[:20]):
            yield Sign(Kind.CHALLENGE, 2.5, f"bears the challenge of {mark.name}")
        if mark.kind is MarkKind.CAPTCHA and length <= BRIEF and _asks_nothing_else(page):
            yield Sign(Kind.CHALLENGE, 1.2, f"holds a {mark.name} box and little else")


def _asks_nothing_else(page: Facts) -> bool:
    """Whether no form has a purpose of its own that a captcha could guard."""
    return all(len(form.fields) <= 1 and form.kind is not FormKind.LOGIN for form in page.forms)


def _login(page: Facts, length: int) -> Iterator[Sign]:
    """A password field on a page that is about little else: many front pages have one in a corner."""
    if not page.asks_for(FormKind.LOGIN):
        return
    yield Sign(Kind.LOGIN, 0.4, "asks for a password")
    if length <= SHORT:
        yield Sign(Kind.LOGIN, 0.9 if length <= BRIEF else 0.4, f"has {length} words beside the password field")
    if _LOGIN_PATH.search(page.url.partition("?")[0].partition("://")[2].partition("/")[2]):
        yield Sign(Kind.LOGIN, 0.8, "stands at a login address")
    if any(found.wording.meaning is Meaning.LOGIN for found in said(fold(page.title))):
        yield Sign(Kind.LOGIN, 0.8, "is called a login page")


def _errors(page: Facts, length: int) -> Iterator[Sign]:
    if length > BRIEF:
        return
    alone = next((found[1] for said in (page.title, *page.headings) if (found := _CODE_ALONE.match(said))), "")
    if alone:
        yield Sign(Kind.NOT_FOUND if alone in ("404", "410") else Kind.HTTP_ERROR, 1.2, f"is headed {alone}")
    for mark in page.marks:
        if mark.kind is MarkKind.ERROR_STYLE and mark.name != "squid":
            kind = Kind.NET_ERROR if mark.name == "chromium" else Kind.HTTP_ERROR
            yield Sign(kind, 1.0, f"is built as an error page ({mark.name})")
        if mark.kind is MarkKind.ERROR_CODE:
            refusal = any(word in mark.name for word in _REFUSALS)
            yield Sign(Kind.BLOCK if refusal else Kind.NET_ERROR, 2.0, f"bears the code {mark.name.upper()}")
        if mark.kind is MarkKind.SERVER_DEFAULT:
            yield Sign(Kind.DEFAULT, 0.8, f"is a default page of {mark.name}")
