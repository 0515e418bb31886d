"""Share dialogs: where one ended, and whether the link that it was opened with is still there.

A dialog never reaches the target. It ends on a page on which a message is written, and what counts is what stands in
it; or before one, at a login that says nothing about any link.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.page import Facts
from linkprobe.page.address import LONGEST, host_of

if TYPE_CHECKING:
    from linkprobe.judge.scene import Scene

DECODED = 3
"""Times an address is percent-decoded: a dialog's own parameter, inside a continuation, inside another."""

_URL = re.compile(r"https?://[^\s\"'<>]+", re.I)
_LOGIN = re.compile(r"[/._-](?:log-?in|sign-?in|signup|register|auth|passport|account)s?(?:[/._?-]|$)", re.I)
_ERRORS = (Kind.HTTP_ERROR, Kind.NET_ERROR, Kind.NOT_FOUND, Kind.PARKED, Kind.DEFAULT)


class Held(StrEnum):
    """How much of the link a page still has."""

    WHOLE = "whole"
    """In a field, before a reader's eyes, or in a link that leads on."""
    CUT = "cut"
    """Without parameters, or without the path, that were shared."""
    ADDRESS = "address"
    """In the page's own address alone, where it stands whatever the page makes of it."""
    NOWHERE = "nowhere"


class End(StrEnum):
    """What a dialog ended on."""

    COMPOSER = "composer"
    LOGIN = "login"
    CHALLENGE = "challenge"
    REFUSAL = "refusal"
    """A page that says no, or an answer without a page."""
    ELSEWHERE = "elsewhere"
    """A page on which no message can be written and that does not show the link."""


class Dialog(NamedTuple):
    """A dialog that was opened."""

    look: Look
    end: End
    held: Held

    @property
    def takes_link(self) -> bool:
        """Whether a message with the link can be written."""
        return self.end is End.COMPOSER and self.held in (Held.WHOLE, Held.ADDRESS)


def dialog_of(scene: Scene) -> Dialog | None:
    """The subject's dialog; None where none was opened, or our own probe failed."""
    look = scene.subject
    if not scene.is_dialog or look is None or look.blamed_on_probe:
        return None
    held = held_by(look.page, scene.target.url) if look.page is not None else Held.NOWHERE
    other = scene.other.subject.page if scene.other is not None and scene.other.subject is not None else None
    return Dialog(look, _end(look, held, other), held)


def _end(look: Look, held: Held, other: Facts | None) -> End:
    page = look.page
    if page is None:
        return End.REFUSAL if look.failed else End.ELSEWHERE
    if look.kind is Kind.LOGIN:
        return End.LOGIN
    if look.kind is Kind.CHALLENGE:
        return End.CHALLENGE
    if look.status >= 400 or look.kind in _ERRORS:
        return End.REFUSAL
    if look.kind is Kind.BLOCK and not _same_form(page, other):
        return End.REFUSAL
    return End.COMPOSER if _is_composer(look, page, held, other) else End.ELSEWHERE


def _is_composer(look: Look, page: Facts, held: Held, other: Facts | None) -> bool:
    """Whether a message can be written here: what shows the link, and has a field wherever the neutral link has one."""
    if look.answerer is Answerer.THIRD:
        return False
    if page.is_writable:
        return True
    return held is Held.WHOLE and not (other is not None and other.is_writable)


def _same_form(page: Facts, other: Facts | None) -> bool:
    """Whether both pages have the same forms, whatever else they say: the preview of a link may speak of blocking."""
    mine = {form.fields for form in page.forms}
    return other is not None and page.is_writable and mine == {form.fields for form in other.forms}


def held_by(page: Facts, url: str) -> Held:
    """How much of `url` the page has."""
    given = (*page.entered, *(each for each in _leading_on(page) if not _LOGIN.search(each)))
    if any(_holds(text, url) for text in (*given, page.text)):
        return Held.WHOLE
    host = host_of(url)
    if any(host == host_of(found) for text in given for form in _forms(text) for found in _URL.findall(form)):
        return Held.CUT
    if host in page.text.lower():
        return Held.WHOLE
    return Held.ADDRESS if _holds(page.url, url) else Held.NOWHERE


def _leading_on(page: Facts) -> tuple[str, ...]:
    return (*(link.url for link in page.links), *(control.url for control in page.controls))


def survives(page: Facts, url: str) -> bool:
    """Whether a page that asks for a login first still knows the link: in its address, a field or a way on."""
    return held_by(page, url) is not Held.NOWHERE or any(_holds(each, url) for each in _leading_on(page))


def _holds(text: str, url: str) -> bool:
    wanted = _bare(unquote(url))
    return any(wanted in form.lower() or _same_address(form, url) for form in _forms(text))


@lru_cache(maxsize=2048)
def _forms(text: str) -> tuple[str, ...]:
    """The text and what it is percent-decoded."""
    forms = [text[: 4 * LONGEST]]
    for _ in range(DECODED):
        forms.append(unquote(forms[-1]))
    return tuple(dict.fromkeys(forms))


def _bare(url: str) -> str:
    return url.partition("://")[2].partition("#")[0].rstrip("/").lower()


def _same_address(text: str, url: str) -> bool:
    """Whether an address in the text has the host, the path and all parameters of `url`, in any order."""
    host, path, query = _parts(url)
    near = (_parts(found) for found in _URL.findall(text)[:50] if host_of(found) == host)
    return any(place == path and query <= given for _, place, given in near)


def _parts(url: str) -> tuple[str, str, frozenset[tuple[str, str]]]:
    split = urlsplit(url)
    return host_of(url), unquote(split.path).rstrip("/"), frozenset(parse_qsl(split.query, keep_blank_values=True))
