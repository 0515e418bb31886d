"""Folders that cannot be used: one line, a remedy, and nothing lost."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from linkprobe.model import Arm, Observation
from linkprobe.store import Store, StoreError, Task

ROUND = "r"
_FILL = """
import resource, sys
from pathlib import Path
from linkprobe.model import Arm, Capture, Executor, Observation, Visit
from linkprobe.store import Store, StoreError, Task
import random
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
done = 0
try:
    for attempt in range(1, 3000):
        body = random.Random(attempt).randbytes(int(sys.argv[3]))
        page = Capture("https://a.example/", 200, body=body)
        visit = Visit(requested="https://a.example/", executor=Executor.HTTP, page=page)
        task = Task(round_id="r", arm=Arm.SUBJECT, target="t" * 200, vantage="v", attempt=attempt)
        store.begin(task)
        store.append(task, Observation(arm=Arm.SUBJECT, url="u", visit=visit))
        done = attempt
except StoreError as error:
    print(done)
    print(error)
"""


def task(attempt: int = 1) -> Task:
    return Task(round_id=ROUND, arm=Arm.SUBJECT, target="t" * 200, vantage="v", attempt=attempt)


def one_line(error: pytest.ExceptionInfo[StoreError]) -> str:
    text = str(error.value)
    assert "\n" not in text
    return text


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "results"
    in_the_way.write_text("not a folder")
    with pytest.raises(StoreError) as error:
        Store.open(in_the_way)
    assert f"{in_the_way} is not a folder" in one_line(error)


def test_a_folder_nobody_can_write_to_is_refused() -> None:
    with pytest.raises(StoreError) as error:
        Store.open(Path("/proc/linkprobe-results"))
    assert "--results" in one_line(error)


def test_opening_what_is_not_there_creates_nothing(results: Path) -> None:
    with pytest.raises(StoreError, match="no results"):
        Store.open(results, create=False)
    assert not results.exists()


def test_a_file_that_is_no_database_is_called_damaged(results: Path) -> None:
    results.mkdir()
    (results / "linkprobe.sqlite").write_bytes(b"these are not the pages you are looking for" * 100)
    with pytest.raises(StoreError) as error:
        Store.open(results)
    assert "damaged" in one_line(error)


def test_a_newer_schema_is_left_alone(results: Path) -> None:
    Store.open(results).close()
    with sqlite3.connect(results / "linkprobe.sqlite") as database:
        database.execute("insert into schema_version values (999)")
    database.close()
    with pytest.raises(StoreError) as error:
        Store.open(results)
    assert "upgrade linkprobe" in one_line(error)


def test_a_store_held_by_another_is_waited_for_and_then_named(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkprobe.store.database._PATIENCE", 0.1)
    with Store.open(results) as store:
        other = sqlite3.connect(results / "linkprobe.sqlite", isolation_level=None)
        other.execute("begin immediate")
        with pytest.raises(StoreError) as error:
            store.begin(task())
        other.close()
        assert "another process" in one_line(error)


def test_missing_evidence_is_named(results: Path) -> None:
    with Store.open(results) as store, pytest.raises(StoreError, match="missing"):
        store.body("0" * 64)


def test_a_digest_cannot_lead_out_of_the_folder(results: Path) -> None:
    with Store.open(results) as store, pytest.raises(StoreError, match="no evidence digest"):
        store.body("../../etc/passwd")


@pytest.mark.parametrize("body", [0, 200_000], ids=["in-the-database", "in-the-evidence"])
def test_a_full_disk_is_one_line_and_keeps_what_was_stored(results: Path, body: int) -> None:
    limit = 150_000
    run = [sys.executable, "-c", _FILL, str(results), str(limit), str(body)]
    ended = subprocess.run(run, capture_output=True, text=True, check=True)
    done, *message = ended.stdout.splitlines()
    assert len(message) == 1
    assert "free some space" in message[0]
    with Store.open(results) as store:
        assert store.stored(ROUND) == int(done)
        assert all(store.find(task(attempt)) for attempt in range(1, int(done) + 1))


def test_after_a_full_disk_the_store_goes_on(results: Path) -> None:
    subprocess.run([sys.executable, "-c", _FILL, str(results), "150000", "0"], capture_output=True, check=True)
    with Store.open(results) as store:
        before = store.stored(ROUND)
        store.append(task(9999), Observation(arm=Arm.SUBJECT, url="u"))
        assert store.stored(ROUND) == before + 1
