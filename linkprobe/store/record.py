"""What the store remembers of rounds, and what the beginning of a probe means."""

from enum import StrEnum
from typing import Any

import msgspec


class Begun(StrEnum):
    """What is known of a task at the moment it is to begin."""

    FRESH = "fresh"
    REPEATED = "repeated"
    """It began before and left no result; doing it again does no harm."""
    INDETERMINATE = "indeterminate"
    """It began before, left no result, and sends: nobody knows whether the message left."""


class RoundRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One scheduled run of an audit. Times are UTC, ISO 8601."""

    id: str
    started: str
    finished: str | None = None
    world: str = ""
    mode: str = "lab"
    """`lab`, `live` or `mapped`."""
    vantage: str = ""
    invocation: dict[str, Any] = {}
    """Everything needed to resume the round without being told again."""
    rules: int | None = None
    """The rule set of the latest judgement; None where the round has not been judged."""
