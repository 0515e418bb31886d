"""A run that is cut short ends soon, leaves nothing running, and can be gone on with."""

import re
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.pytest_plugin.conftest import Project

SLOW = """\
scenario: slow
platform: [weibo, dingtalk]
surfaces: [web-link, robot]
categories: [shopping, short-video, documents, news]
expect: shielded
"""
"""Enough cells to be stopped among them, of which every one that speaks fails."""
SOON = 30.0
"""Seconds within which a run must have ended on a machine that is busy with other tests."""


def interrupted(here: Project, *arguments: str) -> tuple[str, float]:
    """Starts a run, presses Ctrl-C once the round is measured, and says what was told and how long the end took."""
    with subprocess.Popen(
        here.command(*arguments),
        cwd=here.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        database = here.folder / "results" / "linkprobe.sqlite"
        deadline = time.monotonic() + 90
        while not database.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        pressed = time.monotonic()
        told, _ = process.communicate(timeout=120)
    return told, time.monotonic() - pressed


def labs_of(folder: Path) -> list[int]:
    """Labs that were started from this folder and still run."""
    found = []
    for process in psutil.process_iter(["cmdline", "cwd"]):
        if "linkprobe.lab" in (process.info["cmdline"] or ()) and process.info["cwd"] == str(folder):
            found.append(process.pid)
    return found


def test_ctrl_c_ends_the_run_soon_and_says_how_to_go_on(here: Project) -> None:
    here.scenario(SLOW)

    told, seconds = interrupted(here)

    assert seconds < SOON
    assert "KeyboardInterrupt" in told
    assert re.search(r"linkprobe: round \S+ was stopped with \d+ of \d+ cells; linkprobe audit --resume", told)
    assert labs_of(here.folder) == []


def test_ctrl_c_ends_the_workers_of_xdist_too(here: Project) -> None:
    here.scenario(SLOW)

    told, seconds = interrupted(here, "-n", "2")

    assert seconds < SOON
    assert "was stopped with" in told
    assert labs_of(here.folder) == []


def test_the_first_failure_ends_the_round_where_that_is_asked_for(here: Project) -> None:
    here.scenario(SLOW)

    ended = here.run("-x", "-k", "weibo")

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "1 failed" in ended.stdout
    assert re.search(r"was stopped with \d+ of \d+ cells|\d+ cells; linkprobe matrix", ended.stdout)
