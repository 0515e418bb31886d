"""Keeping accounts out of everything that comes back. Pure."""

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import msgspec

SHORTEST_SECRET = 4
"""Characters from which a secret is looked for: shorter ones would blot out ordinary text."""

HIDDEN = "[redacted]"


class Redaction:
    """Blots out secrets, as they are, percent-encoded or escaped in JSON or HTML.

    `public` are addresses that are no secret, such as the link that is sent: they and their hosts stay whole even
    where an account's value stands in them, so that nobody is accused of what we blotted out ourselves.
    """

    def __init__(self, secrets: Iterable[str], public: Iterable[str] = ()) -> None:
        self._secrets = tuple(secrets)
        self._public = tuple(public)
        hidden = _longest_first(form for value in self._secrets for form in _forms(value.strip()))
        kept = _longest_first(form for address in self._public for form in _public_forms(address))
        self._pattern = re.compile(f"(?P<kept>{_any(kept)})|{_any(hidden)}", re.IGNORECASE) if hidden else None

    def also(self, secrets: Iterable[str]) -> "Redaction":
        """The same with more secrets, such as what a login returned."""
        return Redaction((*self._secrets, *secrets), self._public)

    def clean(self, text: str) -> str:
        """`text` without secrets."""
        return self._pattern.sub(lambda found: found["kept"] or HIDDEN, text) if self._pattern else text

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


def _any(texts: Iterable[str]) -> str:
    return "|".join(map(re.escape, texts)) or "(?!)"


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if text}, key=len, reverse=True)


def _forms(value: str) -> Iterable[str]:
    if len(value) < SHORTEST_SECRET:
        return ()
    written = (value, quote(value, safe=""), quote(value), quote_plus(value), escape(value))
    return (*written, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])


def _public_forms(address: str) -> Iterable[str]:
    return (*_forms(address), urlsplit(address).hostname or "")
