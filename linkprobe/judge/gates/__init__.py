"""Whether anything can be said about the link at all. The first gate that closes says what instead of a verdict."""

from linkprobe.judge.gates import dialog, late, ours, platform, target
from linkprobe.judge.gates.gate import Gate

GATES: tuple[Gate, ...] = (
    *ours.BEFORE,
    *target.GATES,
    *platform.SENDING,
    *ours.AFTER,
    *dialog.GATES,
    *platform.OPENING,
    *ours.LAST,
)
"""In order: our own failures, the target's state, what the platform does to everybody, what was not seen."""

LATE: tuple[Gate, ...] = late.GATES
"""Asked only where no rule has found anything that counts, so that a finding stands all the same."""

__all__ = ["GATES", "LATE", "Gate"]
