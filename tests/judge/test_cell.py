"""Cells from attempts: confirmation, contradiction, what could not be judged, and how many attempts are wanted."""

import msgspec
import pytest

from linkprobe.judge import accuses, cell, wants_more
from linkprobe.judge.cell import timings
from linkprobe.model import Capture, Cause, Known, Measurement, Observation, Screenshot, Verdict
from tests.judge.making import APP, BLIND, BLOCK, COPY, ITEM, TARGET, made, several


def late(seconds: float, control: float = 0.3) -> Measurement:
    return made({**ITEM, "seconds": seconds}, direct=[{**ITEM, "seconds": control}])


def test_an_open_link_needs_one_attempt() -> None:
    assert wants_more(several(ITEM)) == 0
    assert cell(several(ITEM)).verdict is Verdict.OPEN


def test_a_probe_that_broke_down_is_tried_again_but_not_for_ever() -> None:
    broken = {"failure": "vantage", "failed_at": "https://shop.example/item/7"}

    assert [wants_more(several(*[broken] * times)) for times in (1, 2, 3)] == [1, 1, 0]
    assert wants_more(several(broken, ITEM)) == 0
    assert wants_more(several(broken), repeat=1) == 0


@pytest.mark.parametrize(("subjects", "wanted"), [([BLOCK], 2), ([BLOCK] * 2, 1), ([BLOCK] * 3, 0)])
def test_a_finding_needs_three_that_agree(subjects: list[object], wanted: int) -> None:
    assert wants_more(several(*subjects)) == wanted


def test_a_finding_that_all_attempts_agree_on_stands() -> None:
    found = cell(several(BLOCK, BLOCK, BLOCK))

    assert (found.verdict, found.causes, found.attempts) == (Verdict.SHIELDED, (Cause.BLOCK_PAGE,), 3)
    assert found.seen == (Verdict.SHIELDED,) * 3


def test_a_finding_of_the_browsers_is_there_to_be_confirmed() -> None:
    assert accuses(several(BLOCK))


@pytest.mark.parametrize("subject", [ITEM, BLIND, {**BLOCK, "executor": "http"}])
def test_what_is_no_finding_of_a_browsers_confirms_nothing(subject: object) -> None:
    assert not accuses(several(subject))


def test_controls_of_an_earlier_attempt_time_nothing() -> None:
    slow = {**ITEM, "seconds": 5.0}

    assert not timings((made(slow, again=ITEM),))
    assert timings((made(slow),))


def test_what_was_taken_again_is_evidence() -> None:
    again = made(BLOCK, again=ITEM).again[0]
    kept = Capture(url=TARGET, status=200, digest="d1")
    assert again.visit is not None
    seen = msgspec.structs.replace(again, visit=msgspec.structs.replace(again.visit, page=kept))

    assert "d1" in cell((msgspec.structs.replace(made(BLOCK), again=(seen,)),)).evidence


def test_the_number_that_must_agree_is_the_callers() -> None:
    assert wants_more(several(BLOCK), repeat=1) == 0
    assert wants_more(several(BLOCK), repeat=5) == 4


def test_attempts_that_contradict_each_other_flap_and_give_no_verdict() -> None:
    attempts = several(BLOCK, ITEM)
    found = cell(attempts)

    assert (found.verdict, found.flapping) == (Verdict.INCONCLUSIVE, True)
    assert found.seen == (Verdict.SHIELDED, Verdict.OPEN)
    assert found.causes == (Cause.BLOCK_PAGE,)
    assert "shielded, open" in found.reason
    assert wants_more(attempts) == 0


def test_attempts_that_agree_on_the_verdict_and_not_on_the_cause_flap() -> None:
    assert cell(several(COPY, {"page": {"url": "https://link.platform.example/x", "like": "app"}})).flapping


def test_an_attempt_that_could_not_be_judged_is_made_up_for() -> None:
    attempts = several(BLOCK, BLIND, BLOCK)

    assert wants_more(attempts) == 1
    assert cell(attempts).verdict is Verdict.INCONCLUSIVE
    assert not cell(attempts).flapping
    assert cell((*attempts, made(BLOCK, 4))).verdict is Verdict.SHIELDED


def test_attempts_that_cannot_be_judged_are_not_made_up_for_without_end() -> None:
    assert wants_more(several(BLOCK, BLIND, BLIND, BLIND)) == 0


def test_nothing_to_be_seen_is_not_tried_again() -> None:
    assert wants_more(several(BLIND)) == 0
    assert cell(several(BLIND)).verdict is Verdict.INCONCLUSIVE


def test_one_judged_attempt_among_blind_ones_decides_an_open_link() -> None:
    assert cell(several(BLIND, ITEM)).verdict is Verdict.OPEN


def test_a_late_attempt_asks_for_five() -> None:
    assert wants_more((late(2.5),)) == 4
    assert wants_more((late(2.5), late(2.6))) == 3
    assert wants_more((late(2.5),), repeat=1) == 0


def test_a_second_attempt_on_time_clears_the_suspicion() -> None:
    assert wants_more((late(2.5), late(0.4))) == 0


def test_a_control_that_stalled_does_not_hide_a_delay() -> None:
    assert wants_more((late(2.5, control=2.4),)) == 4
    assert wants_more((made({**ITEM, "seconds": 2.5}, direct=[{**ITEM, "seconds": 2.4}], neutral=None),)) == 0


def test_five_late_attempts_are_a_delay() -> None:
    found = cell(tuple(late(seconds) for seconds in (2.3, 2.5, 2.4, 2.6, 2.2)))

    assert (found.verdict, found.causes) == (Verdict.DEGRADED, (Cause.DELAYED,))
    assert set(found.seen) == {Verdict.DEGRADED}


def test_attempts_timed_by_different_means_are_not_compared() -> None:
    attempt = made({**ITEM, "seconds": 2.5}, direct=[{**ITEM, "seconds": 0.2, "executor": "http"}])

    assert wants_more((attempt,)) == 0


def test_an_attempt_without_arrival_or_control_has_no_timing() -> None:
    subjects = [{**ITEM, "seconds": 2.4}] * 4
    attempts = (*several(*subjects), made(BLOCK, 5), made(ITEM, 6, direct=[]))

    assert cell(attempts).flapping


def test_the_cell_bears_what_the_case_expects_and_knows() -> None:
    attempt = made(ITEM)
    known = Known(verdict=Verdict.SHIELDED, causes=(Cause.BLOCK_PAGE,), note="as reported")
    case = msgspec.structs.replace(attempt.case, expect=Verdict.OPEN, known=known)
    found = cell((msgspec.structs.replace(attempt, case=case),))

    assert (found.expect, found.known, found.known_causes, found.known_note) == (
        Verdict.OPEN,
        Verdict.SHIELDED,
        (Cause.BLOCK_PAGE,),
        "as reported",
    )


def test_evidence_lists_the_deciding_attempts_digests_subject_first() -> None:
    attempt = made({**BLOCK, "clicked": {"page": {"url": TARGET + "/x", "like": "copy"}}}, platform=APP)
    subject = digested(attempt.subject, "subject", "screenshot")
    direct = tuple(digested(take, "direct") for take in attempt.direct)
    whole = msgspec.structs.replace(attempt, subject=subject, direct=direct)

    assert cell((whole,)).evidence[:4] == ("subject", "screenshot", "subject-clicked", "direct")


def digested(observation: Observation, digest: str, picture: str = "") -> Observation:
    """The observation with its page, and the page behind its button, under known digests."""
    visit = observation.visit
    assert visit is not None
    assert visit.page is not None
    clicked = visit.clicked
    if clicked is not None:
        clicked = msgspec.structs.replace(clicked, page=under(clicked.page, f"{digest}-clicked"))
    shot = Screenshot(picture) if picture else None
    visit = msgspec.structs.replace(visit, page=under(visit.page, digest), clicked=clicked, screenshot=shot)
    return msgspec.structs.replace(observation, visit=visit)


def under(page: Capture | None, digest: str) -> Capture:
    assert page is not None
    return msgspec.structs.replace(page, digest=digest)
