"""Signs of what a page is: each weighs something for one kind. Structure speaks in any language, phrases support it.

A weight w alone gives the strength 1 - exp(-w): 0.7 is even, 1.4 three in four, 2.3 nine in ten.
"""

import re
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

from linkprobe.judge.kind import Kind
from linkprobe.judge.phrases import Meaning, Said, fold, onward, said
from linkprobe.page import Facts
from linkprobe.page.address import domain_of, host_of
from linkprobe.page.parts import Control, FormKind, MarkKind

BRIEF = 150
"""Words up to which a page is a notice rather than a page with matter."""
SHORT = 400
LONG = 1000
"""Words from which a page has matter of its own, whatever it says: an article about blocking is no block page."""
LEAD = 400
"""Characters of the text's beginning."""
HEARD = 3000
"""Characters of the text in which phrases are looked for."""
WITHOUT_FIELD = 0.4
"""What the words of a login page weigh where there is no password field."""
BRIEF_STAY = 10
"""Seconds up to which a forward is a stop on the way; longer ones reload a page or give up waiting."""
SHOWN = 12
"""Readable characters from which a page that moves on by itself has shown something."""

_LOGIN_PATH = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|signon|logon|auth|sso|cas|passport|oauth2?|session)(?:[/._-]|$)", re.I
)
_REFUSALS = ("denied", "blocked", "forbidden", "restricted", "filter", "policy", "prohibited")
_CODE_ALONE = re.compile(r"^\W{0,3}(?:error\s?)?([45]\d\d)(?:\s?error)?\W{0,3}$", re.I)


class Sign(NamedTuple):
    """One sign: for which kind, its weight, and the evidence in words."""

    kind: Kind
    weight: float
    words: str


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
    way = _way(page, target, length)
    yield from (sign for sign in _phrases(page, length) if way.allows(sign.kind))
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
    """A status counts for little: block pages come with every one."""
    if page.status == 451:
        yield Sign(Kind.BLOCK, 2.0, "status 451")
    elif page.status in (404, 410):
        yield Sign(Kind.NOT_FOUND, 1.0, f"status {page.status}")
    elif page.status in (502, 503, 504):
        yield Sign(Kind.HTTP_ERROR, 0.9, f"status {page.status}")
    elif page.status >= 400:
        yield Sign(Kind.HTTP_ERROR, 0.75, f"status {page.status}")


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


class _Way(NamedTuple):
    """What leads on from the page, and which wordings its structure rules out."""

    signs: tuple[Sign, ...] = ()
    barred: tuple[Kind, ...] = ()

    def allows(self, kind: Kind) -> bool:
        """Whether the structure leaves room for a wording of this kind."""
        return kind not in self.barred


def _way(page: Facts, target: str, length: int) -> _Way:
    """Pages between link and target: what leads on, and whether by itself, decides which."""
    if length > BRIEF:
        return _Way()
    jumps = [jump for jump in page.jumps if jump.certain]
    onto = [jump for jump in jumps if target and (not jump.url or domain_of(jump.url) == domain_of(target))]
    if jumps and page.readable < SHOWN:
        return _Way((Sign(Kind.FORWARD, 2.0, f"shows nothing and forwards to {host_of(jumps[0].url)}"),))
    if onto and (onto[0].seconds >= 1 or page.has(MarkKind.COUNTDOWN)):
        moves = Sign(Kind.AUTO, 2.5, f"moves on to {host_of(onto[0].url) or 'its target'} by itself")
        return _Way((moves,), (Kind.LEAVING, Kind.COPY))
    if jumps and not onto and jumps[0].seconds <= BRIEF_STAY:
        elsewhere = Sign(Kind.FORWARD, 0.9, f"forwards to {host_of(jumps[0].url)}")
        return _Way((elsewhere,), (Kind.LEAVING, Kind.AUTO, Kind.COPY))
    return _by_controls(page, target)


def _by_controls(page: Facts, target: str) -> _Way:
    leading = _leading(page, target)
    if leading:
        label, host = leading[0].label[:40], host_of(leading[0].url)
        return _Way((Sign(Kind.LEAVING, 1.6, f"“{label}” leads to {host}"),), (Kind.COPY, Kind.AUTO))
    if page.has(MarkKind.COPY) and target and page.names(target):
        return _Way((Sign(Kind.COPY, 0.9, "shows the address and a way to copy it, and no way on"),))
    if page.has(MarkKind.APP_SCHEME) and page.has(MarkKind.APP_STORE):
        return _Way((Sign(Kind.APP, 0.7, "calls an app and offers it for download"),))
    return _Way()


def _leading(page: Facts, target: str) -> list[Control]:
    """Controls that lead off this host to the target, or that are labelled so and lead to some other host."""
    found = []
    for control in page.controls:
        host = host_of(control.url)
        away = bool(host) and host != page.host
        to_target = bool(target) and domain_of(control.url) == domain_of(target) and not _is_address(control.label)
        if away and (to_target or (control.button and onward(control.label))):
            found.append(control)
    return found


def _is_address(label: str) -> bool:
    """Whether a label is the bare address, as error and block pages quote it."""
    return "://" in label or label.startswith("www.")
