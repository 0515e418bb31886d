"""Whether a request is the one a platform's file declares, and what stands in its placeholders. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from linkprobe.lab.directory import VARIABLE, ascii_host, filled
from linkprobe.lab.request import Asked
from linkprobe.model import HttpCall

_HOLE = re.compile(
    r"\{(url|text|token|message|message_name|now|timestamp|sign|link_start|link_end|(?:login|reader)\.[\w-]+)\}"
)
_NUMBER = re.compile(r"(?:int:.*|\{link_(?:start|end)\})", re.DOTALL)
"""A text of a declared body in whose place a number is sent."""
Holes = dict[str, str]


class Wrong(StrEnum):
    """What is wrong with a request to a declared address."""

    METHOD = "method"
    TYPE = "content type"
    ACCOUNT = "account"
    BODY = "body"


class Mismatch(Exception):
    """The request is not the declared one."""

    def __init__(self, wrong: Wrong, where: str) -> None:
        super().__init__(f"{wrong}: {where}")
        self.wrong = wrong
        self.where = where


class Reading(NamedTuple):
    """A request held against a declaration: the declared call, and the values of its variables."""

    call: HttpCall
    environ: Mapping[str, str]

    def is_address(self, asked: Asked) -> bool:
        """Whether the request goes to the declared host and path."""
        declared = urlsplit(_filled_address(self))
        if ascii_host(declared.hostname or "") != asked.host:
            return False
        return _match(declared.path or "/", unquote(asked.path), {}, part="[^/]+") is not None

    def holes(self, asked: Asked) -> Holes:
        """What stands where the declaration has placeholders. Raises Mismatch."""
        found: Holes = {}
        if asked.method != self.call.method.upper():
            raise Mismatch(Wrong.METHOD, asked.method)
        self._address(asked, found)
        for name, declared in self.call.headers.items():
            self._string(declared, asked.headers.get(name.lower(), ""), found, f"header {name}")
        if self.call.json is not None:
            self._json(self.call.json, _decoded(asked), found, "body")
        elif self.call.form is not None:
            self._form(self.call.form, asked, found)
        return found

    def _address(self, asked: Asked, found: Holes) -> None:
        declared = urlsplit(_filled_address(self))
        path = _match(declared.path or "/", unquote(asked.path), found, part="[^/]+")
        assert path is not None
        found.update(path)
        given = dict(parse_qsl(asked.query, keep_blank_values=True))
        for name, value in parse_qsl(urlsplit(self.call.url).query, keep_blank_values=True):
            self._string(value, given.get(name, ""), found, f"parameter {name}")

    def _string(self, declared: str, given: str, found: Holes, where: str) -> None:
        matched = _match(filled(declared.removeprefix("int:"), self.environ), given, found)
        if matched is None:
            raise Mismatch(Wrong.ACCOUNT if VARIABLE.search(declared) else Wrong.BODY, where)
        found.update(matched)

    def _form(self, declared: Mapping[str, str], asked: Asked, found: Holes) -> None:
        if not asked.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            raise Mismatch(Wrong.TYPE, asked.headers.get("content-type", "none"))
        given = dict(parse_qsl(asked.body.decode("utf-8", "replace"), keep_blank_values=True))
        for name, value in declared.items():
            if name not in given:
                raise Mismatch(Wrong.BODY, f"field {name} is missing")
            self._string(value, given[name], found, f"field {name}")

    def _json(self, declared: Any, given: Any, found: Holes, where: str) -> None:
        match declared:
            case dict():
                if not isinstance(given, dict):
                    raise Mismatch(Wrong.BODY, f"{where} is no object")
                for name, value in declared.items():
                    self._json(value, given.get(name), found, f"{where}.{name}")
            case list():
                if not isinstance(given, list) or len(given) != len(declared):
                    raise Mismatch(Wrong.BODY, f"{where} is no list of {len(declared)}")
                for index, value in enumerate(declared):
                    self._json(value, given[index], found, f"{where}.{index}")
            case str() if _NUMBER.fullmatch(declared) and isinstance(given, int) and not isinstance(given, bool):
                self._string(declared, str(given), found, where)
            case str():
                if not isinstance(given, str):
                    raise Mismatch(Wrong.BODY, f"{where} is no string")
                self._string(declared, given, found, where)
            case _:
                if declared != given:
                    raise Mismatch(Wrong.BODY, where)


def _filled_address(reading: Reading) -> str:
    return filled(reading.call.url, reading.environ)


def _decoded(asked: Asked) -> Any:
    if not asked.headers.get("content-type", "").startswith("application/json"):
        raise Mismatch(Wrong.TYPE, asked.headers.get("content-type", "none"))
    try:
        return msgspec.json.decode(asked.body)
    except msgspec.DecodeError as error:
        raise Mismatch(Wrong.BODY, str(error)) from error


def _match(declared: str, given: str, known: Holes, *, part: str = ".*") -> Holes | None:
    """The placeholders' values in `given`, or None where it does not fit; one that is known already must agree."""
    pattern, at = "", 0
    seen: list[str] = []
    for hole in _HOLE.finditer(declared):
        again = hole[1] in seen
        pattern += re.escape(declared[at : hole.start()]) + (f"\\{seen.index(hole[1]) + 1}" if again else f"({part})")
        seen += [] if again else [hole[1]]
        at = hole.end()
    matched = re.fullmatch(pattern + re.escape(declared[at:]), given, re.DOTALL)
    if matched is None:
        return None
    holes = dict(zip(seen, matched.groups(), strict=True))
    return None if any(known.get(name, value) != value for name, value in holes.items()) else holes
