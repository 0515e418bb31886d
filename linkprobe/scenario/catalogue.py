"""The catalogue: platforms, targets, vantages and worlds by name, and the files that hold them."""

from enum import StrEnum

import msgspec

from linkprobe.model import Platform, Policy, Scenario, Target, Vantage, World


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that scenarios and worlds may name."""

    platforms: dict[str, Platform] = {}
    targets: dict[str, Target] = {}
    vantages: dict[str, Vantage] = {}
    worlds: dict[str, World] = {}


class TargetsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of targets."""

    targets: tuple[Target, ...]


class VantagesFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of vantages."""

    vantages: tuple[Vantage, ...]


class Kind(StrEnum):
    """What a file holds; the value is the key that says so."""

    PLATFORM = "platform"
    TARGETS = "targets"
    WORLD = "world"
    SCENARIO = "scenario"
    VANTAGES = "vantages"
    POLICY = "policy"


SHAPES: dict[Kind, type[Platform | TargetsFile | World | Scenario | VantagesFile | Policy]] = {
    Kind.PLATFORM: Platform,
    Kind.TARGETS: TargetsFile,
    Kind.WORLD: World,
    Kind.SCENARIO: Scenario,
    Kind.VANTAGES: VantagesFile,
    Kind.POLICY: Policy,
}
"""The struct of each kind of file."""


def kind_of(data: object) -> Kind | None:
    """What a file holds, by its keys. A scenario also has `platform` and `targets`, so its own key decides first."""
    if not isinstance(data, dict):
        return None
    order = (Kind.SCENARIO, Kind.WORLD, Kind.POLICY, Kind.PLATFORM, Kind.TARGETS, Kind.VANTAGES)
    return next((kind for kind in order if kind.value in data), None)
