"""Whether anything can be said about the link at all. The first gate that closes says what instead of a verdict."""

from linkprobe.judge.gates import ours, platform, target
from linkprobe.judge.gates.gate import Gate

GATES: tuple[Gate, ...] = (
    *ours.BEFORE,
    *target.GATES,
    *platform.SENDING,
    *ours.AFTER,
    *platform.OPENING,
    *ours.LAST,
)
"""In order: our own failures, the target's state, what the platform does to everybody, what was not seen."""

__all__ = ["GATES", "Gate"]
