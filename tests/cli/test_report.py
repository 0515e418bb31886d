"""Results, and the exit code they stand for."""

import json
from pathlib import Path

import msgspec
import pytest

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.output import Output
from linkprobe.cli.report import ended, report
from linkprobe.expectation import surprises
from linkprobe.lab.truth import Truth
from linkprobe.matrix.confusion import Answer
from linkprobe.model import Cause, Cell, Role, Verdict
from linkprobe.store import RoundRecord

RECORD = RoundRecord(id="r", started="2021-11-29T00:00:00Z", rules=3)


def cell(verdict: Verdict, *, known: Verdict | None = None, flapping: bool = False) -> Cell:
    return Cell(
        platform="wechat",
        surface="chat",
        target="taobao",
        url="https://taobao.example/",
        vantage="here",
        category="shopping",
        role=Role.RIVAL,
        verdict=verdict,
        causes=(Cause.BLOCK_PAGE,) if verdict is Verdict.SHIELDED else (),
        known=known,
        flapping=flapping,
    )


def end(*cells: Cell, owed: Verdict | None = None) -> Ended:
    answers = [Answer(each, Truth(verdict=owed, causes=each.causes)) for each in cells] if owed else []
    return ended(cells, surprises(cells), answers)


def test_open_links_end_as_expected() -> None:
    assert end(cell(Verdict.OPEN)) is Ended.AS_EXPECTED


def test_a_finding_is_unexpected() -> None:
    assert end(cell(Verdict.OPEN), cell(Verdict.SHIELDED)) is Ended.UNEXPECTED


def test_a_known_finding_is_expected() -> None:
    assert end(cell(Verdict.SHIELDED, known=Verdict.SHIELDED)) is Ended.AS_EXPECTED


def test_a_known_finding_that_is_gone_is_unexpected() -> None:
    assert end(cell(Verdict.OPEN, known=Verdict.SHIELDED)) is Ended.UNEXPECTED


@pytest.mark.parametrize("verdict", [Verdict.INCONCLUSIVE, Verdict.SKIPPED])
def test_nothing_but_blind_cells_is_nothing_measured(verdict: Verdict) -> None:
    assert end(cell(verdict)) is Ended.NOT_MEASURED


def test_one_measured_cell_among_blind_ones_is_a_measurement() -> None:
    assert end(cell(Verdict.SKIPPED), cell(Verdict.DOWN)) is Ended.AS_EXPECTED


def test_cells_that_all_flap_are_nothing_measured() -> None:
    assert end(cell(Verdict.INCONCLUSIVE, flapping=True)) is Ended.NOT_MEASURED


def test_no_cells_are_nothing_measured() -> None:
    assert end() is Ended.NOT_MEASURED


def test_a_harness_that_is_wrong_counts_before_what_it_found() -> None:
    assert end(cell(Verdict.SHIELDED), owed=Verdict.OPEN) is Ended.NOT_MEASURED


def test_a_finding_that_is_true_is_still_unexpected() -> None:
    assert end(cell(Verdict.SHIELDED), owed=Verdict.SHIELDED) is Ended.UNEXPECTED


def test_the_matrix_names_what_is_news(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report(RECORD, (cell(Verdict.SHIELDED),), Output(results=tmp_path))
    shown = capsys.readouterr().out
    assert "Unexpected\n  wechat / chat / taobao at here: shielded by block-page" in shown


def test_json_on_the_standard_output_is_alone_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report(RECORD, (cell(Verdict.OPEN),), Output(results=tmp_path, json="-"))
    read = json.loads(capsys.readouterr().out)
    assert (read["round"], read["rules"], len(read["cells"])) == ("r", 3, 1)


def test_json_in_a_file_stands_beside_the_matrix(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    report(RECORD, (cell(Verdict.OPEN),), Output(results=tmp_path, json=str(tmp_path / "cells.json")))
    assert json.loads((tmp_path / "cells.json").read_text("utf-8"))["round"] == "r"
    assert "● open" in capsys.readouterr().out


@pytest.mark.parametrize("change", [{"format": "github2"}, {"json": "/nowhere/at/all.json"}, {"json": "."}])
def test_what_cannot_be_written_is_refused_before_the_work(tmp_path: Path, change: dict[str, str]) -> None:
    with pytest.raises(Refused):
        msgspec.structs.replace(Output(results=tmp_path), **change).checked()
