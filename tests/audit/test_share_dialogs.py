"""Share dialogs in the lab: by HTTP where they are plain, in a browser where a script fills the composer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.audit import Options
from linkprobe.lab.truth import truth
from linkprobe.model import Case, Cell, Executor, Plane, Verdict
from linkprobe.store import Store
from tests.audit.conftest import ROUND, Setting, a_round, tasks

PAGE = "share-page"


def wrong(played: Setting, wanted: Callable[[Case], bool], cells: tuple[Cell, ...]) -> list[tuple[str, ...]]:
    """The cells that say other than their world."""
    cases = {case.key: case for case in played.cases if wanted(case)}
    owed = {key: truth(played.world, case, tuple(cases.values())) for key, case in cases.items()}
    assert {cell.key for cell in cells} == set(owed)
    return [cell.key for cell in cells if cell.verdict is not owed[cell.key].verdict]


def on_plain_pages(case: Case) -> bool:
    some = ("lab-direct", "lab-strip-parameters", "lab-login-wall", "lab-send-refused", "lab-replace-content")
    return (case.platform.id, case.surface_id) == ("lab-social", PAGE) and case.target.id in (*some, "lab-neutral")


def by_script(case: Case) -> bool:
    return (case.platform.id, case.surface_id) == ("lab-messenger", PAGE)


async def test_plain_composers_are_judged_by_http(every_treatment: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(every_treatment, on_plain_pages, store)

    assert wrong(every_treatment, on_plain_pages, cells) == []


async def test_an_open_dialog_says_that_the_link_can_be_sent(every_treatment: Setting, tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(every_treatment, on_plain_pages, store)

    planes = {cell.target: cell.planes for cell in cells}
    assert planes["lab-direct"] == {Plane.SEND: Verdict.OPEN}
    assert planes["lab-send-refused"] == {Plane.SEND: Verdict.SHIELDED}
    assert planes["lab-login-wall"] == {Plane.SEND: Verdict.INCONCLUSIVE}


async def test_without_a_browser_a_composer_that_a_script_fills_says_nothing(
    every_treatment: Setting, tmp_path: Path
) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(every_treatment, by_script, store)

    found = {cell.target: cell.verdict for cell in cells}
    assert found["lab-direct"] is found["lab-replace-content"] is Verdict.INCONCLUSIVE


@pytest.mark.browser
async def test_a_composer_that_a_script_fills_is_seen_in_a_browser_and_nothing_is_pressed(
    every_treatment: Setting, tmp_path: Path
) -> None:
    with Store.open(tmp_path) as store:
        cells = await a_round(every_treatment, by_script, store, Options(browser=True))
        subjects = [task for task in tasks(store) if task.surface == PAGE and task.executor is Executor.BROWSER]
        clicked = [seen.visit.clicked for _, seen in store.observations(ROUND, bodies=False) if seen.visit]

    assert wrong(every_treatment, by_script, cells) == []
    assert subjects
    assert not any(clicked)
