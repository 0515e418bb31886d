"""All rules, in one tuple, and the version of the set."""

from linkprobe.judge.rule import Rule
from linkprobe.judge.rules import clicked, dialog, display, parameters, passage, send, stopped

RULES_VERSION = 3
"""Raised whenever a rule, the gate or what they stand on changes what is concluded; stored with every judgement."""

RULES: tuple[Rule, ...] = (
    *send.RULES,
    *dialog.RULES,
    *display.RULES,
    *clicked.RULES,
    *stopped.RULES,
    *passage.RULES,
    *parameters.RULES,
)

__all__ = ["RULES", "RULES_VERSION"]
