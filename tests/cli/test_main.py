"""The entry: help that is quick, mistakes that are one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linkprobe import __version__
from linkprobe.cli.main import run

HEAVY = ("httpx", "playwright", "sqlalchemy", "selectolax", "bs4", "starlette", "tabulate", "linkprobe.probe")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    """The one line on the standard error."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("linkprobe: ")
    return lines[0]


def test_help_imports_nothing_that_a_command_needs() -> None:
    program = (
        "import sys\nfrom linkprobe.cli.main import run\nrun(['--help'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"linkprobe {__version__}\n"


@pytest.mark.parametrize("arguments", [[], ["lab"], ["--help"], ["audit", "--help"], ["lab", "serve", "--help"]])
def test_help_is_no_mistake(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 0
    captured = capsys.readouterr()
    assert "Usage: linkprobe" in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["adit"], "audit"),
        (["matrix", "--frmat", "x"], "--format"),
        (["audit", "--repeat", "none"], "--repeat"),
        (["audit", "--jobs", "0"], "--jobs"),
        (["diff", "one"], "B"),
        (["check"], "URL"),
    ],
)
def test_a_misused_command_is_bad_input(arguments: list[str], hint: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    assert hint in said(capsys)


def test_a_fault_of_the_program_keeps_its_traceback_and_is_no_finding(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr("linkprobe.cli.files.schema", broken)
    assert run(["schema"]) == 3
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_reader_that_went_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "linkprobe", "schema"]
    ended = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_no_results_yet_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--results", str(tmp_path / "none")]) == 2
    assert "linkprobe audit" in said(capsys)
