"""Rounds, probes and judgements, as the store gives them back."""

import msgspec
import pytest

from linkprobe.model import (
    Arm,
    Capture,
    Case,
    Cell,
    Executor,
    Gateway,
    Observation,
    Platform,
    Role,
    Screenshot,
    Target,
    Vantage,
    Verdict,
    Visit,
)
from linkprobe.store import Begun, RoundRecord, Store, StoreError, Task

ROUND = "2021-11-29T00:00Z"
PAGE = "<p>已停止访问该网页</p>".encode()
IMAGE = b"\xff\xd8\xff\xe0 a picture"


def task(attempt: int = 1, *, sends: bool = False, round_id: str = ROUND) -> Task:
    return Task(
        round_id=round_id,
        arm=Arm.SUBJECT,
        target="taobao",
        vantage="cn",
        platform="wechat",
        attempt=attempt,
        sends=sends,
    )


def seen(body: bytes = PAGE) -> Observation:
    click = Visit(
        requested="https://b.example/", executor=Executor.BROWSER, page=Capture("https://b.example/", 200, body=b"b")
    )
    visit = Visit(
        requested="https://a.example/",
        executor=Executor.BROWSER,
        page=Capture("https://a.example/", 200, body=body),
        screenshot=Screenshot(digest="", image=IMAGE),
        clicked=click,
    )
    return Observation(arm=Arm.SUBJECT, url="https://taobao.example/", at="2021-11-29T00:00:01Z", visit=visit)


def cell(verdict: Verdict, target: str = "taobao") -> Cell:
    return Cell(
        platform="wechat",
        surface="chat",
        target=target,
        url="https://taobao.example/",
        vantage="cn",
        category="shopping",
        role=Role.RIVAL,
        verdict=verdict,
    )


def case() -> Case:
    gateway = Gateway(template="https://link.example/?target={url}")
    platform = Platform(id="p", name="P", owner="o", hosts=("link.example",), surfaces={"link": gateway})
    target = Target(id="t", url="https://t.example/", category="news")
    return Case(
        scenario="s", platform=platform, surface_id="link", target=target, neutral=None, vantage=Vantage(id="cn")
    )


class TestRounds:
    def test_a_round_comes_back_with_its_invocation(self, store: Store) -> None:
        assert store.round(ROUND).invocation == {"repeat": 3}

    def test_a_round_id_is_taken_once(self, store: Store) -> None:
        with pytest.raises(StoreError, match="already"):
            store.begin_round(RoundRecord(id=ROUND, started="2022-01-01T00:00:00Z"))

    def test_a_round_that_is_not_there_is_an_error_that_says_where_to_look(self, store: Store) -> None:
        with pytest.raises(StoreError, match="linkprobe status"):
            store.round("never")

    def test_latest_is_the_round_entered_last(self, store: Store) -> None:
        store.begin_round(RoundRecord(id="second", started="2021-11-29T00:00:00Z"))
        latest = store.latest()
        assert latest is not None
        assert latest.id == "second"

    def test_latest_unfinished_passes_over_the_finished(self, store: Store) -> None:
        store.begin_round(RoundRecord(id="second", started="2021-11-30T00:00:00Z"))
        store.finish_round("second", "2021-11-30T01:00:00Z")
        unfinished, finished = store.latest(finished=False), store.latest(finished=True)
        assert unfinished is not None
        assert finished is not None
        assert (unfinished.id, finished.id) == (ROUND, "second")

    def test_the_first_finish_stands(self, store: Store) -> None:
        store.finish_round(ROUND, "first")
        store.finish_round(ROUND, "second")
        assert store.round(ROUND).finished == "first"

    def test_cases_are_kept_as_they_were(self, store: Store) -> None:
        store.keep_cases(ROUND, (case(),))
        store.keep_cases(ROUND, ())
        assert store.cases(ROUND) == (case(),)


class TestProbes:
    def test_a_first_beginning_is_fresh(self, store: Store) -> None:
        assert store.begin(task()) is Begun.FRESH

    def test_a_second_beginning_is_a_repeat(self, store: Store) -> None:
        store.begin(task())
        assert store.begin(task()) is Begun.REPEATED

    def test_what_sends_and_began_before_is_indeterminate_for_ever(self, store: Store) -> None:
        store.begin(task(sends=True))
        assert [store.begin(task(sends=True)) for _ in range(2)] == [Begun.INDETERMINATE] * 2

    def test_another_attempt_is_another_task(self, store: Store) -> None:
        store.begin(task(1, sends=True))
        assert store.begin(task(2, sends=True)) is Begun.FRESH

    def test_an_observation_comes_back_whole(self, store: Store) -> None:
        store.append(task(), seen())
        found = store.find(task())
        assert found is not None
        assert found.visit is not None
        assert found.visit.page is not None
        assert found.visit.screenshot is not None
        assert found.visit.clicked is not None
        assert found.visit.clicked.page is not None
        assert (found.visit.page.body, found.visit.screenshot.image) == (PAGE, IMAGE)
        assert found.visit.clicked.page.body == b"b"

    def test_nothing_but_digests_is_added_on_the_way(self, store: Store) -> None:
        store.append(task(), seen())
        first = store.find(task())
        assert first is not None
        store.append(task(2), first)
        assert store.find(task(2)) == first

    def test_an_empty_page_comes_back_empty(self, store: Store) -> None:
        store.append(task(), seen(b""))
        found = store.find(task())
        assert found is not None
        assert found.visit is not None
        assert found.visit.page is not None
        assert found.visit.page.body == b""

    def test_without_bodies_only_digests_are_read(self, store: Store) -> None:
        store.append(task(), seen())
        found = store.find(task(), bodies=False)
        assert found is not None
        assert found.visit is not None
        assert found.visit.page is not None
        assert (found.visit.page.body, store.body(found.visit.page.digest)) == (b"", PAGE)

    def test_what_only_began_is_not_found(self, store: Store) -> None:
        store.begin(task())
        assert store.find(task()) is None

    def test_the_first_result_stands(self, store: Store) -> None:
        store.append(task(), seen(b"first"))
        store.append(task(), seen(b"second"))
        found = store.find(task())
        assert found is not None
        assert found.visit is not None
        assert found.visit.page is not None
        assert found.visit.page.body == b"first"
        assert store.stored(ROUND) == 1

    def test_observations_come_in_the_order_they_were_stored(self, store: Store) -> None:
        for attempt in range(450, 0, -1):  # more than two pages of rows
            store.append(task(attempt), Observation(arm=Arm.SUBJECT, url=f"https://{attempt}.example/"))
        attempts = [stored.attempt for stored, _ in store.observations(ROUND)]
        assert attempts == list(range(450, 0, -1))

    def test_observations_of_other_rounds_stay_out(self, store: Store) -> None:
        store.append(task(round_id="other"), seen())
        assert list(store.observations(ROUND)) == []

    def test_storing_while_reading_is_possible(self, store: Store) -> None:
        store.append(task(1), seen())
        for stored, observation in store.observations(ROUND):
            store.append(msgspec.structs.replace(stored, round_id="copy"), observation)
        assert store.stored("copy") == 1

    def test_begun_counts_tasks_and_not_beginnings(self, store: Store) -> None:
        for attempt in (1, 1, 2):
            store.begin(task(attempt))
        assert store.begun(ROUND) == 2


class TestJudgements:
    def test_a_round_that_was_not_judged_has_no_cells(self, store: Store) -> None:
        assert (store.cells(ROUND), store.round(ROUND).rules) == ((), None)

    def test_cells_come_back_in_their_order(self, store: Store) -> None:
        cells = (cell(Verdict.OPEN, "z"), cell(Verdict.SHIELDED, "a"))
        store.save_cells(ROUND, 1, cells)
        assert store.cells(ROUND) == cells

    def test_the_latest_judgement_is_read(self, store: Store) -> None:
        store.save_cells(ROUND, 1, [cell(Verdict.SHIELDED)])
        store.save_cells(ROUND, 2, [cell(Verdict.OPEN)])
        assert store.cells(ROUND) == (cell(Verdict.OPEN),)
        assert store.round(ROUND).rules == 2

    def test_earlier_judgements_stay(self, store: Store) -> None:
        store.save_cells(ROUND, 1, [cell(Verdict.SHIELDED)])
        store.save_cells(ROUND, 2, [cell(Verdict.OPEN)])
        assert store.cells(ROUND, rules=1) == (cell(Verdict.SHIELDED),)

    def test_a_later_judgement_without_cells_has_no_cells(self, store: Store) -> None:
        store.save_cells(ROUND, 1, [cell(Verdict.SHIELDED)])
        store.save_cells(ROUND, 1, [])
        assert store.cells(ROUND) == ()
