"""Checking files, and the schema they follow."""

import json
from pathlib import Path

import pytest

from linkprobe.cli.main import run
from linkprobe.scenario import shipped


def test_the_shipped_files_are_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", str(shipped())]) == 0
    assert "files in order" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("scenario: s\nplatform: wechat\ntargets: [taobao-itme]\n", ["did you mean 'taobao-item'"]),
        ("scenario: s\nplatfrom: wechat\n", ["did you mean 'platform'"]),
        ("scenario: [unclosed\n", [":"]),
        ("hello: world\n", ["begin with"]),
    ],
    ids=["unknown-target", "unknown-key", "malformed", "no-kind"],
)
def test_a_fault_is_named_with_its_file_line_and_remedy(
    tmp_path: Path, text: str, faults: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    assert run(["validate", str(tmp_path / "mine.yaml")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == len(faults)
    assert all(line.startswith(f"linkprobe: {tmp_path / 'mine.yaml'}:") for line in told)
    assert all(fault in line for fault, line in zip(faults, told, strict=True))


def test_every_bad_file_of_a_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("scenario: [", "utf-8")
    assert run(["validate", str(tmp_path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["$schema"]
