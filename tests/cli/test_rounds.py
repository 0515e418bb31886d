"""What is answered from the store, offline."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from linkprobe.cli.main import run
from linkprobe.model import Cell, Role, Verdict
from linkprobe.store import RoundRecord, Store


def cell(target: str, verdict: Verdict) -> Cell:
    return Cell(
        platform="wechat",
        surface="chat",
        target=target,
        url=f"https://{target}.example/",
        vantage="here",
        category="shopping",
        role=Role.RIVAL,
        verdict=verdict,
    )


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Two judged rounds and one that was stopped."""
    with Store.open(tmp_path / "results") as store:
        keep(store, "first", [cell("a", Verdict.OPEN), cell("b", Verdict.OPEN), cell("c", Verdict.OPEN)])
        keep(store, "second", [cell("a", Verdict.OPEN), cell("b", Verdict.SHIELDED), cell("d", Verdict.OPEN)])
        store.begin_round(RoundRecord(id="stopped", started="2021-12-01T00:00:00Z", mode="live"))
    return tmp_path / "results"


def keep(store: Store, name: str, cells: Sequence[Cell]) -> None:
    store.begin_round(RoundRecord(id=name, started="2021-11-29T00:00:00Z", world="china"))
    store.save_cells(name, 1, cells)
    store.finish_round(name, "2021-11-29T01:00:00Z")


def test_a_round_is_shown_by_its_name(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["matrix", "second", "--results", str(results)]) == 0
    assert "✕ shielded" in capsys.readouterr().out


@pytest.mark.parametrize("format", ["github", "html"])
def test_a_round_is_shown_in_other_formats(results: Path, format: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["matrix", "second", "--results", str(results), "--format", format]) == 0
    assert {"github": "|---", "html": "<table>"}[format] in capsys.readouterr().out


def test_a_round_is_shown_as_json(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["matrix", "second", "--results", str(results), "--json", "-"]) == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert [(each["target"], each["verdict"]) for each in cells] == [("a", "open"), ("b", "shielded"), ("d", "open")]


def test_a_round_that_was_stopped_says_how_to_go_on(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["matrix", "--results", str(results)]) == 2
    assert "linkprobe audit --resume stopped" in capsys.readouterr().err


def test_a_round_that_is_not_there_says_where_rounds_are_listed(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["matrix", "third", "--results", str(results)]) == 2
    assert "linkprobe status" in capsys.readouterr().err


def test_an_unknown_format_is_bad_input(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["matrix", "second", "--results", str(results), "--format", "gihtub"]) == 2
    assert "did you mean 'github'" in capsys.readouterr().err


def test_rounds_that_differ_are_told_apart_cell_by_cell(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "first", "second", "--results", str(results)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "changed: wechat / chat / b at here: open -> shielded",
        "added: wechat / chat / d at here: nothing -> open",
        "gone: wechat / chat / c at here: open -> nothing",
        "1 added, 1 gone, 1 changed, 1 unchanged",
    ]


def test_a_round_does_not_differ_from_itself(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "first", "first", "--results", str(results)]) == 0
    assert capsys.readouterr().out == "0 added, 0 gone, 0 changed, 3 unchanged\n"


def test_rounds_are_listed_oldest_first_with_their_state(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--results", str(results)]) == 0
    rows = capsys.readouterr().out.splitlines()[2:]
    assert [row.split()[0] for row in rows] == ["first", "second", "stopped"]
    assert "finished" in rows[0]
    assert "stopped or running" in rows[2]


@pytest.mark.parametrize(("named", "hint"), [(["first"], "is finished"), (["a", "b"], "one round"), (["x"], "status")])
def test_only_a_stopped_round_is_resumed(
    results: Path, named: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", "--resume", *named, "--results", str(results)]) == 2
    assert hint in capsys.readouterr().err


def test_without_a_stopped_round_there_is_nothing_to_resume(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Store.open(tmp_path / "results").close()
    assert run(["audit", "--resume", "--results", str(tmp_path / "results")]) == 2
    assert "waits to be resumed" in capsys.readouterr().err
