"""What a declared API holds a request's account against: tokens its logins gave out, signatures, the time of day."""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from secrets import token_hex
from typing import NamedTuple

from linkprobe.lab.directory import filled
from linkprobe.lab.message.declared import Holes, Mismatch, Wrong
from linkprobe.model import Login, MessageApi, Signature, Signing

HOUR = 3600
"""Seconds by which a signature's or a message's time may be off."""
Place = tuple[str, str]
"""Platform and surface ids."""


class Given(NamedTuple):
    """What a login gave out: at which surface, and as which placeholder."""

    place: Place
    hole: str


class Entry:
    """The tokens given out so far, and what else a request must bear."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._given: dict[str, Given] = {}

    def give(self, place: Place, who: str, login: Login) -> dict[str, str]:
        """New tokens for all that a login takes, by their dotted paths."""
        made = {name: f"{who}-{token_hex(8)}" for name in login.takes}
        self._given |= {token: Given(place, f"{who}.{name}") for name, token in made.items()}
        return {login.takes[name]: token for name, token in made.items()}

    def check(self, place: Place, surface: MessageApi, holes: Holes) -> None:
        """Hold a request's placeholders against what was given out and what is signed. Raises Mismatch."""
        for hole, value in holes.items():
            if "." in hole and self._given.get(value) != Given(place, hole):
                raise Mismatch(Wrong.ACCOUNT, f"{{{hole}}} was not given out")
        if surface.sign and "sign" in holes:
            self._check_signature(surface.sign, holes)
        if "now" in holes:
            _check_time(_seconds(holes["now"]))
        if "link_start" in holes and "text" in holes:
            _check_offsets(holes)

    def _check_signature(self, declared: Signature, holes: Holes) -> None:
        timestamp, secret = holes.get("timestamp", ""), filled(declared.secret, self._environ)
        if not timestamp.isdecimal():
            raise Mismatch(Wrong.ACCOUNT, "the timestamp is no number")
        _check_time(int(timestamp) / (1000 if declared.by is Signing.DINGTALK else 1))
        if not hmac.compare_digest(_signed(declared.by, timestamp, secret), holes["sign"]):
            raise Mismatch(Wrong.ACCOUNT, "sign not match")


def _signed(by: Signing, timestamp: str, secret: str) -> str:
    line = f"{timestamp}\n{secret}"
    if by is Signing.DINGTALK:
        made = hmac.digest(secret.encode(), line.encode(), hashlib.sha256)
    else:
        made = hmac.digest(line.encode(), b"", hashlib.sha256)
    return base64.b64encode(made).decode()


def _seconds(written: str) -> float:
    try:
        return datetime.fromisoformat(written).astimezone(UTC).timestamp()
    except ValueError as error:
        raise Mismatch(Wrong.BODY, "the time is not in ISO 8601") from error


def _check_time(seconds: float) -> None:
    if abs(seconds - time.time()) > HOUR:
        raise Mismatch(Wrong.ACCOUNT, "the time is off by more than an hour")


def _check_offsets(holes: Holes) -> None:
    said, start, end = holes["text"].encode(), holes["link_start"], holes.get("link_end", "")
    marked = said[int(start) : int(end)] if start.isdecimal() and end.isdecimal() else b""
    if not marked.startswith((b"http://", b"https://")) or b" " in marked:
        raise Mismatch(Wrong.BODY, "no link stands between the offsets")
