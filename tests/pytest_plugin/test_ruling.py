"""What a cell means for its item."""

import msgspec
import pytest

from linkprobe.model import Case, Cause, Cell, Fairness, Finding, Known, Plane, Platform, Role, Target, Vantage, Verdict
from linkprobe.pytest_plugin.ruling import Ruling, headline, is_setback, known_in_words, ruled

PLATFORM = Platform(id="p", name="P", owner="p", hosts=("p.example",), surfaces={})
CASE = Case(
    scenario="s",
    platform=PLATFORM,
    surface_id="chat",
    target=Target(id="t", url="https://t.example/"),
    neutral=None,
    vantage=Vantage(),
)
CELL = Cell(
    platform="p",
    surface="chat",
    target="t",
    url="https://t.example/",
    vantage="here",
    category="shops",
    role=Role.RIVAL,
    verdict=Verdict.OPEN,
)
COPY = Finding(plane=Plane.OPEN, cause=Cause.COPY_ONLY, rule="copy-only", evidence="says so")
COPIED = msgspec.structs.replace(CELL, verdict=Verdict.DEGRADED, causes=(Cause.COPY_ONLY,), findings=(COPY,))


def ruling(cell: Cell, *, known: Known | None = None, expect: Verdict | None = None, canary: bool = False) -> Ruling:
    target = msgspec.structs.replace(CASE.target, canary=canary)
    case = msgspec.structs.replace(CASE, known=known, expect=expect, target=target)
    told = msgspec.structs.replace(
        cell,
        expect=expect,
        known=known.verdict if known else None,
        known_causes=known.causes if known else (),
        role=Role.CANARY if canary else Role.RIVAL,
    )
    return ruled(told, case).ruling


def test_an_open_link_passes() -> None:
    assert ruling(CELL) is Ruling.PASSED


def test_a_finding_that_nobody_knew_fails() -> None:
    assert ruling(COPIED) is Ruling.NEWS


def test_what_is_expected_passes_whatever_it_is() -> None:
    assert ruling(COPIED, expect=Verdict.DEGRADED) is Ruling.PASSED
    assert ruling(msgspec.structs.replace(CELL, verdict=Verdict.DOWN), expect=Verdict.DOWN) is Ruling.PASSED


def test_a_known_finding_is_an_expected_failure() -> None:
    assert ruling(COPIED, known=Known(verdict=Verdict.DEGRADED, causes=(Cause.COPY_ONLY,))) is Ruling.KNOWN


def test_a_known_finding_of_another_cause_fails() -> None:
    assert ruling(COPIED, known=Known(verdict=Verdict.DEGRADED, causes=(Cause.NO_CARD,))) is Ruling.NEWS


def test_a_link_that_has_been_unblocked_fails_as_news() -> None:
    assert ruling(CELL, known=Known(verdict=Verdict.SHIELDED)) is Ruling.NEWS


def test_a_known_outcome_without_a_verdict_is_an_expected_failure_too() -> None:
    unseen = msgspec.structs.replace(CELL, verdict=Verdict.INCONCLUSIVE)

    assert ruling(unseen, known=Known(verdict=Verdict.INCONCLUSIVE)) is Ruling.KNOWN


@pytest.mark.parametrize("verdict", [Verdict.INCONCLUSIVE, Verdict.SKIPPED, Verdict.DOWN, Verdict.GATED])
def test_a_cell_that_says_nothing_is_silent(verdict: Verdict) -> None:
    assert ruling(msgspec.structs.replace(CELL, verdict=verdict)) is Ruling.SILENT


def test_a_flapping_cell_is_silent_even_where_it_is_known() -> None:
    flapping = msgspec.structs.replace(CELL, verdict=Verdict.INCONCLUSIVE, flapping=True)

    assert ruling(flapping, known=Known(verdict=Verdict.INCONCLUSIVE)) is Ruling.SILENT


def test_a_target_that_is_down_is_no_blindness_of_ours() -> None:
    assert ruled(msgspec.structs.replace(CELL, verdict=Verdict.DOWN), CASE).blind is False
    assert ruled(msgspec.structs.replace(CELL, verdict=Verdict.SKIPPED), CASE).blind is True


def test_a_canary_that_is_stopped_passes_and_one_that_gets_through_fails() -> None:
    known = Known(verdict=Verdict.SHIELDED)
    stopped = msgspec.structs.replace(CELL, verdict=Verdict.SHIELDED, fairness=(Fairness.JUSTIFIED,))
    unsafe = msgspec.structs.replace(CELL, fairness=(Fairness.UNSAFE,))

    assert ruling(stopped, known=known, canary=True) is Ruling.PASSED
    assert ruling(stopped, canary=True) is Ruling.PASSED
    assert ruling(unsafe, canary=True) is Ruling.NEWS


def test_what_is_known_as_open_is_no_expected_failure() -> None:
    assert not is_setback(msgspec.structs.replace(CASE, known=Known(verdict=Verdict.OPEN)))


def test_the_reason_says_what_since_when_and_who_says_so() -> None:
    known = Known(
        verdict=Verdict.DEGRADED,
        causes=(Cause.COPY_ONLY,),
        since="2021-11-29",
        note="on trial",
        source="https://news.example/",
    )

    assert known_in_words(known) == "known as degraded by copy-only since 2021-11-29: on trial (https://news.example/)"


def test_the_first_line_names_verdict_cause_and_rule() -> None:
    assert headline(COPIED, "expected open") == "degraded by copy-only (rule copy-only): expected open"
