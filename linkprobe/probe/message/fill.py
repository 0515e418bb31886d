"""Putting the link and the account into a declared request, and keeping the account out of everything else."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from linkprobe.model import HttpCall, MessageApi, PreviewApi

_HOLE = re.compile(r"\{(url|text|token|message)\}")
_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

SHORTEST_SECRET = 4
"""Characters from which an account's value is looked for: shorter ones would blot out ordinary text."""

HIDDEN = "[redacted]"


class Fill:
    """The values of one message's placeholders, and the environment its accounts come from."""

    def __init__(self, environ: Mapping[str, str], **holes: str) -> None:
        self._environ = environ
        self._holes = holes

    def further(self, **holes: str) -> "Fill":
        """The same with more holes filled."""
        return Fill(self._environ, **self._holes, **holes)

    def text(self, template: str) -> str:
        """`template` with its holes filled as they are."""
        return _HOLE.sub(lambda found: self._holes.get(found[1], ""), self._with_accounts(template))

    def url(self, template: str) -> str:
        """`template` with its holes percent-encoded, and variables as they are: one may hold a whole address."""
        return _HOLE.sub(lambda found: quote(self._holes.get(found[1], ""), safe=""), self._with_accounts(template))

    def json(self, template: Any) -> Any:
        """`template` with every string in it filled, at any depth."""
        match template:
            case str():
                return self.text(template)
            case dict():
                return {name: self.json(value) for name, value in template.items()}
            case list() | tuple():
                return [self.json(value) for value in template]
            case _:
                return template

    def call(self, call: HttpCall) -> HttpCall:
        """The request as it is to be sent."""
        return msgspec.structs.replace(
            call,
            url=self.url(call.url),
            headers={name: self.text(value).strip() for name, value in call.headers.items()},
            json=self.json(call.json),
            form=self.json(call.form),
        )

    def _with_accounts(self, template: str) -> str:
        return _VARIABLE.sub(lambda found: self._environ.get(found[1], "").strip(), template)


class Redaction:
    """Blots out the values of a surface's accounts, as they are, percent-encoded or escaped in JSON."""

    def __init__(self, surface: MessageApi | PreviewApi, environ: Mapping[str, str]) -> None:
        values = (environ.get(name, "") for name in variables(surface))
        written = {form for value in values for form in _forms(value.strip())}
        longest_first = sorted(written, key=len, reverse=True)
        self._secret = re.compile("|".join(map(re.escape, longest_first))) if written else None

    def clean(self, text: str) -> str:
        """`text` without secrets."""
        return self._secret.sub(HIDDEN, text) if self._secret else text

    def struct(self, value: Any) -> Any:
        """A value of the model, or a tuple of them, with every text in it clean."""
        match value:
            case str() if type(value) is str:
                return self.clean(value)
            case tuple():
                return tuple(self.struct(part) for part in value)
            case msgspec.Struct():
                parts = {name: self.struct(getattr(value, name)) for name in value.__struct_fields__}
                return msgspec.structs.replace(value, **parts)
            case _:
                return value


def missing_accounts(surface: MessageApi | PreviewApi, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The environment variables that this surface needs and that are empty or not set."""
    return tuple(name for name in variables(surface) if not environ.get(name))


def variables(surface: MessageApi | PreviewApi) -> tuple[str, ...]:
    """The environment variables that a surface names, as accounts or inside its requests."""
    calls = (surface.call,) if isinstance(surface, PreviewApi) else (surface.send, surface.read and surface.read.call)
    written = (text for call in calls if call for text in _texts(call))
    return tuple(dict.fromkeys([*surface.accounts, *(name for text in written for name in _VARIABLE.findall(text))]))


def has_hole(call: HttpCall, name: str) -> bool:
    """Whether `{name}` stands anywhere in a request."""
    return any(f"{{{name}}}" in text for text in _texts(call))


def _texts(call: HttpCall) -> Iterator[str]:
    yield call.url
    yield from _strings((call.headers, call.json, call.form))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _strings(list(value.values()))
        case list() | tuple():
            for part in value:
                yield from _strings(part)


def _forms(value: str) -> Iterable[str]:
    if len(value) < SHORTEST_SECRET:
        return ()
    return (value, quote(value, safe=""), quote(value), msgspec.json.encode(value).decode()[1:-1])
