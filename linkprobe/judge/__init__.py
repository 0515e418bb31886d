"""What observations mean. Pure: the same measurement gives the same judgement, now and years later."""

from linkprobe.judge.cell import accuses, cell, wants_more
from linkprobe.judge.gates import GATES, LATE, Gate
from linkprobe.judge.judge import judge
from linkprobe.judge.parity import fair
from linkprobe.judge.rule import Rule
from linkprobe.judge.rules import RULES, RULES_VERSION
from linkprobe.judge.scene import stands_still
from linkprobe.judge.settle import Settled, opens, settle

__all__ = [
    "GATES",
    "LATE",
    "RULES",
    "RULES_VERSION",
    "Gate",
    "Rule",
    "Settled",
    "accuses",
    "cell",
    "fair",
    "judge",
    "opens",
    "settle",
    "stands_still",
    "wants_more",
]
