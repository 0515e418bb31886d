"""How a run ends: the exit code is part of what others rely on."""

from enum import IntEnum


class Ended(IntEnum):
    """The exit codes."""

    AS_EXPECTED = 0
    """Nothing unexpected."""
    UNEXPECTED = 1
    """An unexpected finding, or an expected one that is gone."""
    BAD_INPUT = 2
    """What was asked for cannot be done as it stands: arguments, files, folders, addresses."""
    NOT_MEASURED = 3
    """The harness could not measure: nothing came of it, it was interrupted, or a tool is missing."""


class Refused(Exception):
    """What was asked for cannot be done; one line that says what is wrong and what would be right."""


class Interrupted(Exception):
    """Somebody stopped the run; one line that says how to go on."""


def ended_by(error: Exception) -> Ended | None:
    """The exit code an exception of ours stands for; None for what is a fault of the program."""
    if isinstance(error, (Interrupted, *_not_measured())):
        return Ended.NOT_MEASURED
    return Ended.BAD_INPUT if isinstance(error, (Refused, *_bad_input())) else None


def _not_measured() -> tuple[type[Exception], ...]:
    from linkprobe.network import TrustMissing
    from linkprobe.probe.browser import BrowserMissing

    return (BrowserMissing, TrustMissing)


def _bad_input() -> tuple[type[Exception], ...]:
    from linkprobe.lab.errors import LabError
    from linkprobe.network import NetworkError
    from linkprobe.scenario import ScenarioError
    from linkprobe.store import StoreError

    return (LabError, NetworkError, ScenarioError, StoreError)
