"""A fault at a place of a file, and the checks that every kind of file shares: names, URLs, dates, headers, sources."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypeVar

from linkprobe.model import Source
from linkprobe.scenario.document import Place
from linkprobe.scenario.names import quoted
from linkprobe.scenario.urls import is_host, url_fault, without_holes

T = TypeVar("T")

_ID = re.compile(r"\w[\w.-]*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class Problem(NamedTuple):
    """Something wrong at a place of a file, and what would be right."""

    at: Place
    message: str
    remedy: str


Problems: TypeAlias = Iterator[Problem]


def each(items: Sequence[T], at: Place, check: Callable[[T, Place], Problems]) -> Problems:
    """The problems of every item of a list."""
    for index, item in enumerate(items):
        yield from check(item, (*at, index))


def id_problems(name: str, at: Place) -> Problems:
    """An id is letters, digits, '_', '.' and '-': it stands in file names, reports and command lines."""
    if not _ID.fullmatch(name):
        yield Problem(at, f"{quoted(name)} is not an id", "use letters, digits, '-', '_' and '.', without spaces")


def repeated(names: Sequence[str], at: Place, key: str, noun: str) -> Problems:
    """Two items of one list with the same id."""
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Problem((*at, index, key), f"the {noun} {quoted(name)} is declared twice here", "rename one of them")


def url_problems(url: str, at: Place, *, userinfo: bool = False) -> Problems:
    """A URL, or a template of one, that is absolute and well spelt."""
    if fault := url_fault(without_holes(url), userinfo=userinfo):
        yield Problem(at, f"the URL {quoted(url)} {fault}", "write a whole URL such as https://www.example.com/path")


def host_problems(host: str, at: Place) -> Problems:
    """A host pattern: a name that stands for its subdomains as well, or `=name` for itself alone."""
    name = host.removeprefix("=")
    if name.startswith("*."):
        yield Problem(at, f"{quoted(host)} is not a host", f"write {name[2:]}; subdomains are included")
    elif not is_host(name):
        yield Problem(at, f"{quoted(host)} is not a host", "write a bare name such as www.example.com")
    elif name != name.lower():
        yield Problem(at, f"the host {quoted(host)} has capitals", f"write {host.lower()}")


def date_problems(date: str, at: Place) -> Problems:
    """An ISO date, of which day and month may be left out; empty where none is given."""
    if date and not _DATE.fullmatch(date):
        yield Problem(at, f"{quoted(date)} is not a date", "write 2021-11-29, 2021-11 or 2021")


def header_problems(headers: Mapping[str, str], at: Place) -> Problems:
    """Header names are tokens, values one line."""
    for name, value in headers.items():
        if not _HEADER.fullmatch(name):
            yield Problem((*at, name), f"{quoted(name)} is not a header name", "write a name such as X-Requested-With")
        yield from line_problems(value, (*at, name))


def line_problems(value: str, at: Place) -> Problems:
    """What goes out in a header is one line."""
    if any(character < " " or character == "\x7f" for character in value):
        yield Problem(at, f"{quoted(at[-1])} holds a line break or control character", "write it on one line")


def source_problems(source: Source, at: Place) -> Problems:
    """A source's address and date."""
    yield from url_problems(source.url, (*at, "url"))
    yield from date_problems(source.observed, (*at, "observed"))


def sources_problems(sources: Sequence[Source], at: Place) -> Problems:
    """The sources of whatever stands at `at`."""
    yield from each(sources, (*at, "sources"), source_problems)
