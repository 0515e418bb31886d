import asyncio
from pathlib import Path

import pytest

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, judge_round, run_round
from linkprobe.model import Arm, Case, Cell, Executor, Verdict
from linkprobe.store import Store
from tests.audit.conftest import ROUND, Setting, a_round, lab_of, tasks


def of_weibo(case: Case) -> bool:
    return case.platform.id == "weibo" and case.target.category == "shopping"


def of_weibo_and_dingtalk(case: Case) -> bool:
    return case.platform.id in ("weibo", "dingtalk") and case.target.category in ("shopping", "canaries")


async def test_every_case_becomes_a_cell(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(china, of_weibo, store)

    assert [cell.key for cell in cells] == [case.key for case in china.cases if of_weibo(case)]


async def test_a_direct_control_is_taken_once_an_attempt_and_shared_by_all_platforms(
    china: Setting, tmp_path: Path
) -> None:
    with Store.open(tmp_path) as store:
        await a_round(china, lambda case: case.target.id == "jd-item" and case.surface.client == "", store)

        directs = [task.attempt for task in tasks(store) if task.arm is Arm.DIRECT and task.target == "jd-item"]

    assert sorted(directs) == [1, 2, 3]


async def test_the_neutral_control_is_the_neutral_links_own_cell(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        await a_round(china, of_weibo, store)

        through = [task for task in tasks(store) if task.platform and task.target == "palace-museum"]

    assert [(task.arm, task.executor) for task in through if task.attempt == 1] == [(Arm.SUBJECT, Executor.HTTP)]


async def test_a_finding_is_probed_three_times_with_fresh_controls(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(
            china, lambda case: case.target.id == "malware-canary" and case.platform.id == "dingtalk", store
        )
        probes = sorted((task.arm, task.attempt) for task in tasks(store) if task.target == "malware-canary")

    assert (cells[0].verdict, cells[0].attempts) == (Verdict.SHIELDED, 3)
    assert probes == [(arm, attempt) for arm in (Arm.DIRECT, Arm.SUBJECT) for attempt in (1, 2, 3)]


@pytest.mark.browser
async def test_a_finding_in_an_app_is_confirmed_by_the_browser_with_controls_by_http(
    china: Setting, tmp_path: Path
) -> None:
    def of_wechat(case: Case) -> bool:
        return (case.platform.id, case.surface_id, case.target.id) == ("wechat", "group-chat", "taobao-item")

    with Store.open(tmp_path) as store:
        (found,) = await a_round(china, of_wechat, store, Options())
        later = {(task.arm, task.target, task.executor) for task in tasks(store) if task.attempt > 1}

    assert (found.verdict.is_finding, found.attempts) == (True, 3)
    assert {(arm, executor) for arm, target, executor in later if target == "taobao-item"} == {
        (Arm.SUBJECT, Executor.BROWSER),
        (Arm.DIRECT, Executor.HTTP),
        (Arm.DIRECT_AS_APP, Executor.HTTP),
    }
    assert {executor for _, target, executor in later if target != "taobao-item"} == {Executor.HTTP}


async def test_repeat_sets_how_many_attempts_must_agree(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(
            china,
            lambda case: case.target.id == "malware-canary" and case.platform.id == "dingtalk",
            store,
            Options(browser=False, repeat=2),
        )

    assert cells[0].attempts == 2


async def test_a_round_judged_again_offline_gives_the_same_cells(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(china, of_weibo_and_dingtalk, store)

        assert judge_round(store, ROUND, Silent()) == cells


async def test_a_round_without_a_browser_says_so_instead_of_guessing(china: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(china, lambda case: case.surface_id == "moments", store)

    assert {cell.verdict for cell in cells} == {Verdict.INCONCLUSIVE}


async def test_a_message_is_sent_once_an_attempt(every_treatment: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        await a_round(
            every_treatment, lambda case: (case.platform.id, case.surface_id) == ("lab-board", "contact"), store
        )
        sends = [task.key for task in tasks(store) if task.sends]

    assert len(sends) == len(set(sends)) > 0


class Beats(Silent):
    """Counts how often others had their turn between the last probe and the first cell."""

    def __init__(self) -> None:
        self.all = self.at_last_probe = self.at_first_cell = 0

    async def go_on(self) -> None:
        while True:
            self.all += 1
            await asyncio.sleep(0)

    def done(self, what: str) -> None:  # noqa: ARG002 - when, not what
        self.at_last_probe = self.all

    def judged(self, cell: Cell) -> None:  # noqa: ARG002 - when, not what
        self.at_first_cell = self.at_first_cell or self.all


async def test_a_round_that_is_judged_lets_others_have_their_turn_after_every_cell(
    china: Setting, tmp_path: Path
) -> None:
    cases = tuple(case for case in china.cases if case.platform.id == "wechat")
    beats = Beats()
    with Store.open(tmp_path) as store:
        async with lab_of(china) as (lab, environ):
            others = asyncio.create_task(beats.go_on())
            cells = await run_round(store, ROUND, cases, lab, Options(browser=False), beats, Accounts(environ))
            others.cancel()

    assert beats.at_first_cell - beats.at_last_probe > len(cells) > 20
