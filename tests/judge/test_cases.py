"""Every case file gives the judgement it states, and every rule has a case for it and one against it."""

from pathlib import Path

import msgspec
import pytest

from linkprobe.judge import GATES, LATE, RULES, cell, judge
from linkprobe.judge.cell import _judged  # the rules of the deciding attempt, a delay among them
from linkprobe.model import Cell, Judgement
from tests.judge.casefile import FOLDER, attempts, case_paths, load

PATHS = case_paths()
OONI = [path for path in PATHS if path.parent.name == "ooni"]


def judged(path: Path) -> tuple[Judgement, Cell]:
    made = attempts(load(path))
    return _judged(made)[0], cell(made)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(FOLDER).with_suffix("")))
def test_the_case_is_judged_as_it_says(path: Path) -> None:
    expect = load(path).expect
    judgement, made = judged(path)

    found = [finding.rule for finding in judgement.findings]
    assert (judgement.verdict, made.verdict) == (expect.verdict, expect.verdict), judgement.reason
    assert set(judgement.causes) == set(expect.causes)
    assert set(found) == set(expect.rules)
    assert expect.reason in judgement.reason
    assert judgement.reason
    assert not set(expect.silent) & set(found)
    if expect.uniform is not None or expect.rules:
        assert {finding.uniform for finding in judgement.findings} <= {expect.uniform}
    for plane, verdict in expect.planes.items():
        assert judgement.planes[plane] is verdict


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_the_rule_has_a_case_for_it_and_one_against_it(rule: str) -> None:
    expectations = [load(path).expect for path in PATHS]

    assert any(rule in expect.rules for expect in expectations), "no case in which it speaks"
    assert any(rule in expect.silent for expect in expectations), "no case in which it comes near and keeps silent"


@pytest.mark.parametrize("gate", [gate.id for gate in (*GATES, *LATE) if gate.cause is not None])
def test_the_gate_has_a_case(gate: str) -> None:
    assert any(gate in load(path).expect.rules for path in PATHS)


def test_cases_name_only_rules_that_exist() -> None:
    known = {rule.id for rule in RULES} | {gate.id for gate in (*GATES, *LATE)} | {"undecided", "target-refuses-app"}

    named = {name for path in PATHS for name in (*load(path).expect.rules, *load(path).expect.silent)}

    assert named <= known


def test_all_fifty_of_oonis_cases_are_here_and_say_what_ooni_answers() -> None:
    assert len(OONI) == 50
    assert all(load(path).ooni for path in OONI)


def test_an_unknown_key_in_a_case_is_an_error(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("says: x\nsubjekt: {}\nsubject: {}\nexpect: {verdict: open}\n")

    with pytest.raises(msgspec.ValidationError, match="subjekt"):
        load(wrong)


def test_a_judgement_of_one_attempt_equals_that_of_its_cell() -> None:
    (measurement,) = attempts(load(FOLDER / "stopped" / "block-page-200.yaml"))

    assert judge(measurement).verdict is cell((measurement,)).verdict
