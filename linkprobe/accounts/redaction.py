"""Taking secrets out of whatever is kept or told: as they are, percent-encoded, escaped, or in base64."""

import base64
import builtins
import hashlib
import html
import re
import traceback
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeVar
from urllib.parse import unquote

import msgspec

from linkprobe.model import Capture, Observation, Visit

T = TypeVar("T")

HIDDEN = "[redacted]"
SHORTEST = 4
"""Characters from which a secret is looked for in what a platform answers: shorter ones would blot out plain text."""
SHORTEST_IN_VISITS = 8
"""Characters from which it is looked for in pages and their addresses. A visit carries no account, so that only what
the platform put into a link can stand there; a room called "test" must not blot out a target's words."""
LEAST_CODED = 8
"""Characters of base64 that are too many for chance."""
SMALL = 2000
"""Bytes up to which the search itself is quicker than asking whether it is needed."""
LEAST_LONG = 100
"""Characters below which nothing is cut short."""
LEAST_CUT = 6
"""Characters of a secret's beginning that are taken out where a text was cut in the middle of it."""


class SecretInError(Exception):
    """What went wrong, in the original's words but for the secrets in it."""


class Redaction:
    """Blots out these secrets."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(sorted({each for each in secrets if len(each) >= SHORTEST}, key=len, reverse=True))

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def __repr__(self) -> str:
        return f"Redaction({len(self._secrets)} secrets)"

    def text(self, text: str) -> str:
        """`text` without secrets, nor the beginning of one at its end."""
        return self._cleaned(text, self._anywhere) if self else text

    def bytes(self, data: builtins.bytes) -> builtins.bytes:
        """`data` without secrets, whatever encoding it is in that writes ASCII as it is."""
        return self._anywhere.blotted(data)

    def observation(self, seen: Observation) -> Observation:
        """What was seen, without secrets. A picture of a page that shows one is not kept."""
        return self._value(seen, self._anywhere) if self else seen

    def error(self, error: Exception) -> Exception:
        """The error itself, or one that tells the same without the secrets that it or its causes would tell."""
        told = "".join(traceback.format_exception(error))
        clean = self.text(told)
        return error if clean == told else SecretInError(clean)

    @cached_property
    def _anywhere(self) -> "_Search":
        return _Search(self._secrets)

    @cached_property
    def _in_visits(self) -> "_Search":
        return _Search(each for each in self._secrets if len(each) >= SHORTEST_IN_VISITS)

    def _value(self, value: T, search: "_Search") -> T:
        """A value of the model with every text in it clean."""
        clean: object = value
        match value:
            case str() if type(value) is str:
                clean = self._cleaned(value, search)
            case tuple():
                clean = tuple(self._value(part, search) for part in value)
            case Visit():
                clean = self._visit(value)
            case Capture():
                clean = self._page(value, search)
            case msgspec.Struct():
                clean = self._struct(value, search)
        return clean  # type: ignore[return-value]  # each case answers what it was given

    def _struct(self, value: msgspec.Struct, search: "_Search") -> msgspec.Struct:
        parts = {name: self._value(getattr(value, name), search) for name in value.__struct_fields__}
        return msgspec.structs.replace(value, **parts)

    def _visit(self, visit: Visit) -> msgspec.Struct:
        clean = self._struct(visit, self._in_visits)
        return clean if clean == visit else msgspec.structs.replace(clean, screenshot=None)

    def _page(self, page: Capture, search: "_Search") -> msgspec.Struct:
        clean, body = self._struct(page, search), search.blotted(page.body)
        if body == page.body:
            return clean
        return msgspec.structs.replace(clean, body=body, digest=hashlib.sha256(body).hexdigest())

    def _cleaned(self, text: str, search: "_Search") -> str:
        raw = text.encode("utf-8", "surrogatepass")
        return self._uncut(search.blotted(raw).decode("utf-8", "surrogatepass"))

    def _uncut(self, text: str) -> str:
        """`text` without the beginning of a secret at its end: what is told of the world is cut at some length."""
        if len(text) < LEAST_LONG:
            return text
        for secret in self._secrets:
            for length in range(min(len(secret), len(text)), LEAST_CUT - 1, -1):
                if text.endswith(secret[:length]):
                    return text[:-length] + HIDDEN
        return text


class _Search:
    """How these secrets are found and blotted out in bytes."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._secrets = tuple(secrets)
        self._pattern: re.Pattern[builtins.bytes] | None = None

    def blotted(self, data: builtins.bytes) -> builtins.bytes:
        """`data` without the secrets. The pattern is slow, so that a page that cannot hold one is spared it."""
        if not self._secrets or not data or (len(data) > SMALL and not self._may_be_in(data)):
            return data
        if self._pattern is None:
            forms = (form for secret in self._secrets for form in (_spelt(secret), *_in_base64(secret)))
            self._pattern = re.compile(b"|".join(forms))
        return self._pattern.sub(HIDDEN.encode(), data)

    def _may_be_in(self, data: builtins.bytes) -> bool:
        text = data.decode("utf-8", "surrogateescape")
        plain, coded = _unescaped(text), unquote(text).translate(_STANDARD)
        if any(all(part in plain for part in _folded(secret).split()) for secret in self._secrets):
            return True
        return any(form in coded for secret in self._secrets for form in _coded(secret))


def _unescaped(text: str) -> str:
    """The text with all usual escapes undone."""
    text = html.unescape(_UNIT.sub(lambda found: chr(int(found[1], 16)), text).replace("\\", ""))
    for _ in range(3):
        text = unquote(text)
    return _folded(text)


def _folded(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # two surrogates are one character
    return whole.replace("\\", "").replace("+", " ").lower()


def _spelt(secret: str) -> bytes:
    """The secret, each character as it is or in any of the usual escapes, so that mixtures are found as well."""
    return b"(?i:%b)" % b"".join(map(_character, secret))


def _character(character: str) -> bytes:
    raw = character.encode("utf-8", "surrogatepass")
    forms = [re.escape(raw), b"".join(b"%%(?:25){0,2}%02X" % byte for byte in raw)]
    forms.append(b"".join(rb"\\{1,2}u%04X" % unit for unit in _units(character)))
    forms.append(b"&#0*%d;" % ord(character))
    forms.append(b"&#x0*%X;" % ord(character))
    if (named := html.escape(character)) != character:
        forms.append(re.escape(named.encode()))
    if character in '"\\/':
        forms.append(rb"\\{1,3}" + re.escape(raw))
    if character in _NAMED_CONTROLS:
        forms.append(rb"\\{1,2}" + _NAMED_CONTROLS[character])
    if character == " ":
        forms.append(rb"\+")
    return b"(?:%b)" % b"|".join(forms)


def _units(character: str) -> Iterator[int]:
    """The UTF-16 units that JSON writes a character with."""
    raw = character.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))


def _coded(secret: str) -> Iterator[str]:
    """What of the secret stands in base64, wherever it lies in what was encoded."""
    raw = secret.encode("utf-8", "surrogatepass")
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + raw).decode()
        inner = whole[(8 * before + 5) // 6 : 8 * (before + len(raw)) // 6]
        if len(inner) >= LEAST_CODED:
            yield inner


def _in_base64(secret: str) -> Iterator[bytes]:
    """The same as patterns, in both alphabets."""
    for form in _coded(secret):
        yield b"".join(_IN_BOTH_ALPHABETS.get(one) or one.encode() for one in form)


_IN_BOTH_ALPHABETS = {"+": rb"(?:[+-]|%2[Bb])", "/": rb"(?:[/_]|%2[Ff])"}
_NAMED_CONTROLS = {"\n": b"n", "\r": b"r", "\t": b"t"}
_STANDARD = str.maketrans("-_", "+/")
_UNIT = re.compile(r"\\{1,2}u([0-9A-Fa-f]{4})")
