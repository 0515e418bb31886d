"""Processes killed while they store, and several that store at once."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from linkprobe.model import Arm
from linkprobe.store import Begun, Store, Task

ROUND = "r"
_WRITER = """
import sys
from pathlib import Path
from linkprobe.model import Arm, Capture, Executor, Observation, Visit
from linkprobe.store import Store, Task
who = sys.argv[2]
with Store.open(Path(sys.argv[1])) as store:
    for attempt in range(1, int(sys.argv[3]) + 1):
        task = Task(round_id="r", arm=Arm.SUBJECT, target=who, vantage="v", attempt=attempt)
        store.begin(task)
        print("begun", attempt, flush=True)
        page = Capture("https://a.example/", 200, body=f"{who} {attempt} ".encode() * 5000)
        visit = Visit(requested="https://a.example/", executor=Executor.HTTP, page=page)
        store.append(task, Observation(arm=Arm.SUBJECT, url="u", visit=visit))
        print("stored", attempt, flush=True)
"""


def writer(results: Path, who: str, count: int) -> subprocess.Popen[str]:
    run = [sys.executable, "-c", _WRITER, str(results), who, str(count)]
    return subprocess.Popen(run, stdout=subprocess.PIPE, text=True)


def kill_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """What it said up to and beyond that many lines, until the kill struck."""
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(lines)]
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate()
    return said + rest.splitlines()


def last(said: list[str], word: str) -> int:
    numbers = [line.split()[1] for line in said if line.startswith(word) and len(line.split()) == 2]
    return int(numbers[-1]) if numbers else 0


def task(attempt: int, *, sends: bool = False) -> Task:
    return Task(round_id=ROUND, arm=Arm.SUBJECT, target="w", vantage="v", attempt=attempt, sends=sends)


@pytest.mark.parametrize("lines", [3, 8, 21])
def test_what_was_acknowledged_survives_a_kill(results: Path, lines: int) -> None:
    said = kill_after(writer(results, "w", 100_000), lines)
    with Store.open(results) as store:
        for attempt in range(1, last(said, "stored") + 1):
            found = store.find(task(attempt))
            assert found is not None
            assert found.visit is not None
            assert found.visit.page is not None
            assert found.visit.page.body.startswith(f"w {attempt} ".encode())


@pytest.mark.parametrize("lines", [3, 8, 21])
def test_what_was_in_flight_at_a_kill_is_known_to_have_begun(results: Path, lines: int) -> None:
    said = kill_after(writer(results, "w", 100_000), lines)
    with Store.open(results) as store:
        begun = last(said, "begun")
        assert store.begin(task(begun, sends=True)) is Begun.INDETERMINATE
        assert store.stored(ROUND) >= begun - 1


def test_the_database_is_whole_after_a_kill(results: Path) -> None:
    kill_after(writer(results, "w", 100_000), 11)
    database = sqlite3.connect(results / "linkprobe.sqlite")
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    database.close()


def test_several_processes_may_open_and_fill_one_store_at_once(results: Path) -> None:
    writers = [writer(results, who, 15) for who in "abcd"]
    assert [process.communicate() and process.returncode for process in writers] == [0] * 4
    with Store.open(results) as store:
        assert store.stored(ROUND) == 4 * 15
