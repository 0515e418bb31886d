from pathlib import Path

from linkprobe.audit.recorded import Recorded
from linkprobe.model import Arm, Observation
from linkprobe.store import RoundRecord, Store
from linkprobe.store.task import Task


def stored(store: Store, target: str) -> Task:
    task = Task(round_id="r", arm=Arm.DIRECT, target=target, vantage="here")
    store.begin(task)
    store.append(task, Observation(arm=Arm.DIRECT, url=f"https://{target}.example/"))
    return task


def test_what_was_recorded_is_found_and_read_once(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.begin_round(RoundRecord(id="r", started="2026-01-01T00:00:00+00:00", world="", mode="lab"))
        task = stored(store, "shop")
        recorded = Recorded(store, "r")

        first = recorded.find(task)

        assert first is not None
        assert first.url == "https://shop.example/"
        assert recorded.find(task) is first


def test_what_came_later_or_never_is_not_there(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.begin_round(RoundRecord(id="r", started="2026-01-01T00:00:00+00:00", world="", mode="lab"))
        recorded = Recorded(store, "r")
        task = stored(store, "shop")

        assert recorded.find(task) is None
