"""Dated obligations as data: what a rule asks of platforms, from when, and on whose word."""

from enum import StrEnum

import msgspec

from linkprobe.model.source import Source
from linkprobe.model.words import Cause, Plane, Role, Verdict


class Standing(StrEnum):
    """On what footing a rule stands; said wherever the rule is applied."""

    LAW = "law"
    PRESS_REPORTED = "press-reported"
    """The press quotes it; no official text was found."""
    SELF_MADE = "self-made"
    """Somebody's own promise or house rule."""


class Obligation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One thing owed, and to which links. Empty lists mean all; canaries are meant by `safety` only.

    `owes` is the verdict that the cell, or its `plane` alone, must have. `forbids` are causes that must not be found,
    with `particular` only where the harmless link does not meet the same. `parity` forbids treating links of one kind,
    or the platform's own, differently. `safety` forbids letting a canary pass.
    """

    id: str = msgspec.field(name="obligation")
    title: str
    surfaces: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    vantages: tuple[str, ...] = ()
    owes: Verdict | None = None
    plane: Plane | None = None
    forbids: tuple[Cause, ...] = ()
    particular: bool = False
    parity: bool = False
    safety: bool = False


class Stage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Obligations that begin on one day, for these platforms; empty means all. The day of `until` counts no longer."""

    id: str = msgspec.field(name="stage")
    title: str
    since: str
    until: str = ""
    platforms: tuple[str, ...] = ()
    obligations: tuple[Obligation, ...]
    standing: Standing | None = None
    """Where it differs from the policy's."""
    sources: tuple[Source, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A rule with its stages, its sources and the footing it stands on."""

    id: str = msgspec.field(name="policy")
    title: str
    standing: Standing
    stages: tuple[Stage, ...]
    sources: tuple[Source, ...] = ()
    leaves_out: str = ""
    """What of the rule cannot be told from cells."""
