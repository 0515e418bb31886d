"""Keeping accounts, and what logins returned, out of everything a driver gives back. Pure."""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

import msgspec

from linkprobe.accounts import Redaction as Blotting


class Redaction:
    """Blots out secrets in values of the model, however they are written.

    `public` are addresses that are no secret, such as the link that is sent: they and their hosts stay whole even
    where an account's value stands in them, so that nobody is accused of what we blotted out ourselves.
    """

    def __init__(self, secrets: Iterable[str], public: Iterable[str] = ()) -> None:
        self._secrets = tuple(value.strip() for value in secrets)
        self._public = tuple(public)
        self._blotting = Blotting(self._secrets)
        kept = sorted({form for address in self._public for form in _forms(address)}, key=len, reverse=True)
        self._kept = re.compile(f"({'|'.join(map(re.escape, kept)) or '(?!)'})", re.IGNORECASE)

    def also(self, secrets: Iterable[str]) -> "Redaction":
        """The same with more secrets, such as what a login returned."""
        return Redaction((*self._secrets, *secrets), self._public)

    def clean(self, text: str) -> str:
        """`text` without secrets."""
        parts = self._kept.split(text)
        return "".join(part if index % 2 else self._blotting.text(part) for index, part in enumerate(parts))

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


def _forms(address: str) -> Iterable[str]:
    """How an address may stand in what a platform shows."""
    forms = (address, quote(address, safe=""), quote(address), urlsplit(address).hostname or "")
    return (form for form in forms if form)
