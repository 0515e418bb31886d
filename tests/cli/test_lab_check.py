"""Worlds of the lab held against themselves, by the command line alone; two that need no browser visit."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from linkprobe.scenario import shipped
from linkprobe.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]

TWO = ("youtube-shorts-2023", "x-headlines-2023")
UNSTEADY = """
world: unsteady
title: Comments lose their links now and then
date: 2023-08-31
scenarios: [{suite}]
platforms:
  youtube:
    - {{treatment: plain-text, surfaces: [shorts-remark], flap: true}}
"""


def rows(printed: str) -> list[list[str]]:
    """World, cells and how many agree, of each row of the table."""
    return [line.split()[:3] for line in printed.partition("\n\n")[0].splitlines()[2:]]


def finished(results: Path) -> dict[str, bool]:
    """Each stored round's world, and whether it came to its end."""
    with Store.open(results, create=False) as store:
        return {record.world: record.finished is not None for record in store.rounds()}


@pytest.mark.browser
class TestTwoWorlds:
    def test_agree_in_every_cell_and_are_stored_rounds(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe("lab", "check", *TWO)

        assert ended.returncode == 0, ended.stderr
        assert rows(ended.stdout) == [["x-headlines-2023", "5", "5"], ["youtube-shorts-2023", "8", "8"]]
        assert ended.stdout.splitlines()[-1] == "13 of 13 cells agree with the truth"
        assert finished(tmp_path / "results") == dict.fromkeys(TWO, True)

    def test_are_told_one_line_each_as_they_are_finished(self, linkprobe: Run) -> None:
        _, *told = linkprobe("lab", "check", *TWO).stderr.splitlines()

        assert sorted(told) == ["linkprobe: x-headlines-2023: 5 of 5", "linkprobe: youtube-shorts-2023: 8 of 8"]

    def test_fill_rounds_that_the_matrix_shows(self, linkprobe: Run) -> None:
        round_id = linkprobe("lab", "check", TWO[0]).stdout.splitlines()[2].split()[-1]

        assert "youtube" in linkprobe("matrix", round_id).stdout


@pytest.mark.browser
def test_a_cell_that_disagrees_is_named_and_the_end_is_that_nothing_was_measured(
    linkprobe: Run, tmp_path: Path
) -> None:
    # One attempt cannot see that a line flaps, so what it measures is not what the world owes.
    suite = shipped() / "youtube" / "comments.yaml"
    (tmp_path / "unsteady.yaml").write_text(UNSTEADY.format(suite=suite), "utf-8")

    ended = linkprobe("lab", "check", "unsteady.yaml", TWO[1], "--repeat", "1")

    _, wrong, total = ended.stdout.rstrip().split("\n\n")
    assert ended.returncode == 3, ended.stderr
    assert wrong.splitlines()[0] == "unsteady:"
    assert all(": owed flapping; measured " in line for line in wrong.splitlines()[1:])
    assert total == f"{13 - len(wrong.splitlines()) + 1} of 13 cells agree with the truth"


def test_an_unknown_world_is_bad_input_and_begins_nothing(linkprobe: Run, tmp_path: Path) -> None:
    ended = linkprobe("lab", "check", TWO[0], "nosuch")

    assert ended.returncode == 2
    assert ended.stderr.startswith("linkprobe: there is no world 'nosuch'; known are ")
    assert list(tmp_path.iterdir()) == []


def test_without_a_chromium_nothing_is_measured(linkprobe: Run, tmp_path: Path) -> None:
    ended = linkprobe("lab", "check", TWO[0], env={**os.environ, "LINKPROBE_BROWSER": str(tmp_path / "none")})

    assert ended.returncode == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
def test_an_interruption_keeps_the_worlds_that_are_finished_and_leaves_no_process(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "linkprobe", "lab", "check", TWO[0], "every-treatment"]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    try:
        announced, first = process.stderr.readline(), process.stderr.readline()
        started = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    assert "219 cells" in announced
    assert first == "linkprobe: youtube-shorts-2023: 8 of 8\n"
    assert process.returncode == 3
    (last,) = said.splitlines()
    assert last.startswith("linkprobe: interrupted; 1 of 2 worlds finished; ")
    assert finished(tmp_path / "results") == {TWO[0]: True, "every-treatment": False}
    assert started
    assert gone(started)


def gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them runs any more, given a moment."""
    _, alive = psutil.wait_procs(processes, timeout=5)
    return not [each for each in alive if each.status() != psutil.STATUS_ZOMBIE]
