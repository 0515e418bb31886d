"""What holds of the rules as a set."""

import re
from collections import Counter

from linkprobe.judge import GATES, LATE, RULES, RULES_VERSION
from linkprobe.judge.rule import CONTROLS, Evidence
from linkprobe.model import Cause, Verdict

ALL_GATES = (*GATES, *LATE)

NOT_BY_RULE = {
    Cause.TARGET_DOWN,
    Cause.TARGET_CHANGED,
    Cause.TARGET_GATE,
    Cause.HARNESS_BLIND,
}


def test_ids_are_unique_among_rules_and_gates() -> None:
    counted = Counter([*(rule.id for rule in RULES), *(gate.id for gate in ALL_GATES)])

    assert [name for name, count in counted.items() if count > 1] == []


def test_ids_are_kebab_case() -> None:
    assert all(
        re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in [rule.id for rule in RULES] + [g.id for g in ALL_GATES]
    )


def test_every_rule_and_gate_says_why_in_a_sentence() -> None:
    sentences = [rule.sentence for rule in RULES] + [gate.sentence for gate in ALL_GATES]

    assert all(re.fullmatch(r"[A-Z].{20,}\.", sentence) for sentence in sentences)


def test_the_set_has_a_version() -> None:
    assert RULES_VERSION >= 1


def test_every_cause_of_a_finding_has_a_rule() -> None:
    assert set(Cause) - {rule.cause for rule in RULES} == NOT_BY_RULE


def test_every_rule_that_accuses_needs_the_target_seen_without_the_platform() -> None:
    accusing = [rule for rule in RULES if rule.cause.facts.verdict.is_finding]

    assert all(rule.needs & {Evidence.DIRECT, Evidence.ALIVE} for rule in accusing)


def test_every_rule_needs_something_of_the_subject() -> None:
    assert all(rule.needs - CONTROLS for rule in RULES)


def test_no_gate_accuses() -> None:
    assert not any(gate.verdict.is_finding or gate.verdict is Verdict.OPEN for gate in ALL_GATES)


def test_a_rule_speaks_on_the_plane_of_its_cause() -> None:
    assert all(rule.plane is rule.cause.facts.plane for rule in RULES)
