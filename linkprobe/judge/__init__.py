"""What observations mean. Pure: the same measurement gives the same judgement, now and years later."""

from linkprobe.judge.cell import cell, wants_more
from linkprobe.judge.gates import GATES, LATE, Gate
from linkprobe.judge.judge import judge
from linkprobe.judge.parity import fair
from linkprobe.judge.rule import Rule
from linkprobe.judge.rules import RULES, RULES_VERSION
from linkprobe.judge.settle import Settled, settle

__all__ = [
    "GATES",
    "LATE",
    "RULES",
    "RULES_VERSION",
    "Gate",
    "Rule",
    "Settled",
    "cell",
    "fair",
    "judge",
    "settle",
    "wants_more",
]
