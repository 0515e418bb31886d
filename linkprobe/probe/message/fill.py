"""Putting the link, the time, the logins and the account into a declared request. Pure: the time comes from outside."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec

from linkprobe.model import HttpCall

_HOLE = re.compile(
    r"\{(url|text|token|message|message_name|now|timestamp|sign|link_start|link_end|(?:login|reader)\.[\w-]+)\}"
)
VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_EITHER = re.compile(rf"{VARIABLE.pattern}|{_HOLE.pattern}")

OPTIONAL = frozenset({"{sign}", "{timestamp}"})
"""What is left out whole, with the parameter or key it alone stands in, where nothing is signed."""
NUMBERS = frozenset({"{link_start}", "{link_end}"})
"""What becomes a number where it stands alone in a JSON body."""
NUMBER = "int:"
"""How a text in a JSON body begins that is to be a number, once filled in."""


class Fill:
    """The values of one message's placeholders, and the environment its accounts come from."""

    def __init__(self, environ: Mapping[str, str], holes: Mapping[str, str] | None = None) -> None:
        self._environ = environ
        self._holes = dict(holes or {})

    def further(self, holes: Mapping[str, str]) -> "Fill":
        """The same with more holes filled."""
        return Fill(self._environ, {**self._holes, **holes})

    def text(self, template: str) -> str:
        """`template` with its holes filled as they are."""
        return _EITHER.sub(lambda found: self._account(found[1]) if found[1] else self._hole(found[2]), template)

    def url(self, template: str) -> str:
        """`template` with its holes percent-encoded, and variables as they are: one may hold a whole address."""
        return _EITHER.sub(
            lambda found: self._account(found[1]) if found[1] else quote(self._hole(found[2]), safe=""),
            self._without_unsigned(template),
        )

    def json(self, template: Any) -> Any:
        """`template` with every string in it filled, at any depth."""
        match template:
            case str() if template in NUMBERS and template[1:-1] in self._holes:
                return int(self._holes[template[1:-1]])
            case str() if template.startswith(NUMBER):
                return _number(self.text(template.removeprefix(NUMBER)))
            case str():
                return self.text(template)
            case dict():
                return {name: self.json(value) for name, value in template.items() if not self._is_unsigned(value)}
            case list() | tuple():
                return [self.json(value) for value in template if not self._is_unsigned(value)]
            case _:
                return template

    def call(self, call: HttpCall) -> HttpCall:
        """The request as it is to be sent."""
        return msgspec.structs.replace(
            call,
            url=self.url(call.url),
            headers={name: value.strip() for name, value in self._texts(call.headers).items()},
            json=self.json(call.json),
            form=None if call.form is None else self._texts(call.form),
        )

    def _texts(self, templates: Mapping[str, str]) -> dict[str, str]:
        return {name: self.text(value) for name, value in templates.items() if not self._is_unsigned(value)}

    def _is_unsigned(self, template: Any) -> bool:
        return isinstance(template, str) and template in OPTIONAL and template[1:-1] not in self._holes

    def _without_unsigned(self, template: str) -> str:
        """`template` without the query's parameters that hold nothing but what is not there."""
        address, mark, query = template.partition("?")
        kept = [pair for pair in query.split("&") if not self._is_unsigned(pair.partition("=")[2])]
        return f"{address}{mark}{'&'.join(kept)}" if kept else address

    def _account(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def _hole(self, name: str) -> str:
        return self._holes.get(name, "")


def _number(text: str) -> int | str:
    """The number; a text that is none stays one, for the platform to refuse."""
    return int(text) if text.isascii() and text.isdecimal() else text


def id_holes(message_id: str) -> dict[str, str]:
    """The placeholders of a message the platform has named; its name is what stands after the id's last slash."""
    return {"message": message_id, "message_name": message_id.rpartition("/")[2]}


def message_holes(text: str, url: str, token: str, now: datetime) -> dict[str, str]:
    """The placeholders of one message: `text` is the declared message. `now` must know its time zone."""
    holes = {"url": url, "token": token, "now": iso(now)}
    said = Fill({}, holes).text(text)
    start = len(said.partition(url)[0].encode())
    end = start + len(url.encode())
    return {**holes, "text": said, "link_start": str(start), "link_end": str(end)}


def iso(now: datetime) -> str:
    """The time in ISO 8601: UTC, to the millisecond."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
