"""Two rounds side by side."""

from collections.abc import Callable

import msgspec
import pytest

from linkprobe.matrix import Change, differences, told
from linkprobe.model import Cause, Cell, Fairness, Verdict

MakeCell = Callable[..., Cell]


def changes(before: list[Cell], after: list[Cell]) -> list[Change]:
    return [difference.change for difference in differences(tuple(before), tuple(after))]


def test_a_new_cell_is_added(make_cell: MakeCell) -> None:
    assert changes([], [make_cell()]) == [Change.ADDED]


def test_a_cell_that_is_missing_is_gone(make_cell: MakeCell) -> None:
    assert changes([make_cell()], []) == [Change.GONE]


@pytest.mark.parametrize(
    "other",
    [
        {"verdict": Verdict.OPEN},
        {"causes": (Cause.COPY_ONLY,)},
        {"fairness": (Fairness.UNIFORM,)},
        {"flapping": True},
    ],
    ids=["verdict", "cause", "fairness", "flapping"],
)
def test_what_is_concluded_makes_a_change(blocked: Cell, other: dict[str, object]) -> None:
    assert changes([blocked], [msgspec.structs.replace(blocked, **other)]) == [Change.CHANGED]


@pytest.mark.parametrize("other", [{"reason": "other words"}, {"evidence": ("0" * 64,)}, {"attempts": 9}])
def test_wording_and_evidence_make_no_change(blocked: Cell, other: dict[str, object]) -> None:
    assert changes([blocked], [msgspec.structs.replace(blocked, **other)]) == [Change.UNCHANGED]


def test_cells_are_matched_by_name_and_not_by_place(make_cell: MakeCell) -> None:
    one, two = make_cell(target="one"), make_cell(Verdict.SHIELDED, target="two")
    assert changes([one, two], [two, one]) == [Change.UNCHANGED, Change.UNCHANGED]


def test_a_change_is_told_with_both_sides(make_cell: MakeCell, blocked: Cell) -> None:
    [difference] = differences((blocked,), (make_cell(),))
    assert told(difference) == "changed: wechat / chat / taobao at here: shielded (block-page, discriminatory) -> open"


def test_what_a_round_does_not_have_is_told_as_nothing(blocked: Cell) -> None:
    [difference] = differences((blocked,), ())
    assert told(difference).endswith("shielded (block-page, discriminatory) -> nothing")
