"""Where the truth is known, every departure from it is counted and named."""

from collections.abc import Callable
from typing import NamedTuple

from linkprobe.matrix.confusion import Answer, confusion
from linkprobe.model import Cause, Cell, Fairness, Verdict

MakeCell = Callable[..., Cell]


class Truth(NamedTuple):
    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    may: tuple[Cause, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    flapping: bool = False


OPEN = Truth(Verdict.OPEN)
BLOCKED = Truth(Verdict.SHIELDED, causes=(Cause.BLOCK_PAGE,), fairness=(Fairness.DISCRIMINATORY,))


def test_what_is_measured_as_owed_agrees(blocked: Cell) -> None:
    assert Answer(blocked, BLOCKED).agrees


def test_another_verdict_does_not_agree(blocked: Cell) -> None:
    assert not Answer(blocked, OPEN).agrees


def test_a_missing_cause_does_not_agree(make_cell: MakeCell) -> None:
    cell = make_cell(Verdict.SHIELDED, fairness=BLOCKED.fairness)
    assert not Answer(cell, BLOCKED).agrees


def test_a_cause_too_many_does_not_agree(make_cell: MakeCell) -> None:
    assert not Answer(make_cell(causes=(Cause.SCRIPT_ONLY,)), OPEN).agrees


def test_a_cause_that_may_be_named_agrees(make_cell: MakeCell) -> None:
    assert Answer(make_cell(causes=(Cause.SCRIPT_ONLY,)), OPEN._replace(may=(Cause.SCRIPT_ONLY,))).agrees


def test_another_fairness_does_not_agree(blocked: Cell) -> None:
    assert not Answer(blocked, BLOCKED._replace(fairness=(Fairness.UNIFORM,))).agrees


def test_flapping_by_right_must_be_seen_to_flap(make_cell: MakeCell) -> None:
    owed = Truth(Verdict.INCONCLUSIVE, flapping=True)
    steady, flapping = make_cell(Verdict.INCONCLUSIVE), make_cell(Verdict.INCONCLUSIVE, flapping=True)
    assert [Answer(cell, owed).agrees for cell in (steady, flapping)] == [False, True]


def test_flapping_without_right_does_not_agree(make_cell: MakeCell) -> None:
    assert not Answer(make_cell(Verdict.INCONCLUSIVE, flapping=True), Truth(Verdict.INCONCLUSIVE)).agrees


def test_the_table_counts_owed_against_measured(make_cell: MakeCell, blocked: Cell) -> None:
    answers = [Answer(blocked, BLOCKED), Answer(make_cell(), OPEN), Answer(make_cell(), BLOCKED)]
    rows = {line.split()[0]: line.split()[1:] for line in confusion(answers).splitlines()[2:4]}
    assert rows == {"open": ["1"], "shielded": ["1", "1"]}


def test_what_does_not_agree_is_named_with_both_sides(make_cell: MakeCell) -> None:
    text = confusion([Answer(make_cell(), BLOCKED)])
    assert "0 of 1 cells agree with the truth" in text
    assert "wechat / chat / taobao at here: owed shielded (block-page, discriminatory); measured open" in text


def test_full_agreement_names_no_cell(blocked: Cell) -> None:
    assert confusion([Answer(blocked, BLOCKED)]).splitlines()[-1] == "1 of 1 cells agree with the truth"
