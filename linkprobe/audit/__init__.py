"""Rounds: which arms are probed in what order, what is shared, what is confirmed. Owns no protocol and no HTML."""

from linkprobe.audit.options import Options
from linkprobe.audit.progress import Progress, Silent
from linkprobe.audit.run import judge_round, run_round
from linkprobe.audit.shared import Shared
from linkprobe.audit.turns import Turns

__all__ = ["Options", "Progress", "Shared", "Silent", "Turns", "judge_round", "run_round"]
