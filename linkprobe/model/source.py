"""Where facts come from, and how sure they are."""

from enum import StrEnum

import msgspec


class Sure(StrEnum):
    """How well a fact is founded. None of these says that it was seen live; `observed` says when it held."""

    DOCUMENTED = "documented"
    """The owner's own words or source text say so."""
    REPORTED = "reported"
    """The press or a tester says so."""
    RULE = "rule"
    """A maintained rule of a userscript or filter list matches it."""
    UNVERIFIED = "unverified"


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a fact comes from, when it was observed (ISO date or year-month), and how sure it is."""

    url: str
    observed: str = ""
    sure: Sure | None = None
    note: str = ""
