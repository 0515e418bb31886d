"""What a round was asked to do, kept with it so that it can go on without being told again."""

from enum import StrEnum
from pathlib import Path
from typing import Any, Self

import msgspec

from linkprobe.cli.exits import Refused
from linkprobe.cli.options import DEFAULT_WORLD

POLITE = 0.5
"""Starts a second and lane on the real network where nobody says otherwise."""


class Mode(StrEnum):
    """Which network a round is measured in."""

    LAB = "lab"
    LIVE = "live"
    MAPPED = "mapped"
    """Where `--connect-to` says, and nowhere else."""


class Invocation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The arguments of an audit, or of a check where there are `urls`. Paths are absolute once `located`."""

    scenarios: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    world: str = ""
    live: bool = False
    connect_to: tuple[str, ...] = ()
    cacert: str = ""
    inside: tuple[str, ...] = ()
    allow_private: bool = False
    accounts: str = ""
    """The file of accounts that was named; never what it holds."""
    catalog: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    vantages: tuple[str, ...] = ()
    repeat: int = 3
    jobs: int = 4
    rate: float | None = None
    browser: bool = True

    @property
    def mode(self) -> Mode:
        """Live counts before a map, for a map with --live only sends some names elsewhere."""
        if self.live:
            return Mode.LIVE
        return Mode.MAPPED if self.connect_to else Mode.LAB

    @property
    def world_asked(self) -> str:
        """The lab's world; empty outside the lab."""
        return (self.world or DEFAULT_WORLD) if self.mode is Mode.LAB else ""

    @property
    def pace(self) -> float | None:
        """Starts a second and lane; None is no limit."""
        return POLITE if self.rate is None and self.live else self.rate

    def checked(self) -> Self:
        """Itself. Raises `Refused` where its arguments contradict each other."""
        if self.world and self.mode is not Mode.LAB:
            raise Refused("--world is for the built-in lab: leave out --live and --connect-to, or --world")
        if self.mode is Mode.LAB:
            for given, option in ((self.cacert, "--cacert"), (self.inside, "--inside"), (self.accounts, "--accounts")):
                if given:
                    raise Refused(f"{option} means nothing in the built-in lab: add --live or --connect-to")
        return self

    def located(self) -> Self:
        """With paths that mean the same from any folder, and the lines of `@FILE` in its place."""
        entries = tuple(line for entry in self.connect_to for line in _lines(entry))
        return msgspec.structs.replace(
            self,
            scenarios=tuple(map(_absolute, self.scenarios)),
            catalog=tuple(map(_absolute, self.catalog)),
            cacert=_absolute(self.cacert) if self.cacert else "",
            accounts=_absolute(self.accounts) if self.accounts else "",
            world=_absolute(self.world) if self.world.endswith((".yaml", ".yml")) else self.world,
            connect_to=entries,
        )

    def as_kept(self) -> dict[str, Any]:
        """As the store keeps it."""
        kept: dict[str, Any] = msgspec.to_builtins(self)
        return kept

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> Self:
        """The reverse. Raises `Refused` where another version of linkprobe kept it."""
        try:
            return msgspec.convert(kept, cls)
        except msgspec.ValidationError as error:
            raise Refused(f"the round was begun by another version of linkprobe ({error}): start a new one") from error


def _absolute(path: str) -> str:
    return str(Path(path).absolute())


def _lines(entry: str) -> tuple[str, ...]:
    if not entry.startswith("@"):
        return (entry,)
    try:
        text = Path(entry[1:]).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"--connect-to {entry}: the file cannot be read ({error})") from error
    return tuple(line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))
