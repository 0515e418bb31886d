"""A stored round held against a policy, offline."""

import json
from pathlib import Path
from typing import Any

import pytest

from linkprobe.cli.main import run
from linkprobe.model import Cause, Cell, Fairness, Role, Verdict
from linkprobe.store import RoundRecord, Store


def cell(target: str, verdict: Verdict = Verdict.OPEN, **more: Any) -> Cell:
    given: dict[str, Any] = {"surface": "direct-chat", "category": "shopping", "role": Role.RIVAL, **more}
    return Cell(
        platform="wechat", target=target, url=f"https://{target}.example/", vantage="here", verdict=verdict, **given
    )


COPY = cell("taobao", Verdict.DEGRADED, causes=(Cause.COPY_ONLY,), fairness=(Fairness.DISCRIMINATORY,))


def kept(tmp_path: Path, *cells: Cell, world: str = "china-2021-11-29") -> list[str]:
    with Store.open(tmp_path / "results") as store:
        store.begin_round(RoundRecord(id="round", started="2026-11-22T00:00:00+00:00", world=world))
        store.save_cells("round", 1, cells)
        store.finish_round("round", "2026-11-22T01:00:00+00:00")
    return ["--results", str(tmp_path / "results")]


def test_a_breach_is_named_with_its_cells_and_exits_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "miit-2021", *kept(tmp_path, COPY, cell("jd"))]) == 1
    shown = capsys.readouterr().out

    assert "(press-reported), as of 2021-11-29" in shown
    assert "wechat breaches no-copying:" in shown
    assert "  direct-chat / taobao at here: degraded (copy-only, discriminatory)" in shown


def test_what_is_met_exits_with_0(tmp_path: Path) -> None:
    assert run(["policy", "miit-2021", *kept(tmp_path, cell("jd"))]) == 0


def test_what_cannot_be_told_exits_with_3(tmp_path: Path) -> None:
    assert run(["policy", "miit-2021", *kept(tmp_path, cell("jd", Verdict.INCONCLUSIVE))]) == 3


def test_the_day_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["policy", "miit-2021", "--on", "2021-09-16", "--json", "-", *kept(tmp_path, COPY)])
    told = json.loads(capsys.readouterr().out)

    assert told["on"] == "2021-09-16"
    assert {each["stage"]: each["outcome"] for each in told["assessments"]} == {
        "safety-floor": "not-testable",
        "three-criteria": "not-yet-due",
        "wechat-first-step": "not-yet-due",
        "wechat-second-step": "not-yet-due",
    }


@pytest.mark.parametrize("world", ["", "a-world-from-a-file"])
def test_without_a_world_of_the_catalogue_the_round_has_its_own_day(
    world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["policy", "miit-2021", *kept(tmp_path, COPY, world=world)])

    assert "as of 2026-11-22" in capsys.readouterr().out


def test_the_json_says_on_what_footing_and_by_which_cells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["policy", "miit-2021", "--json", "-", *kept(tmp_path, COPY)])
    told = json.loads(capsys.readouterr().out)
    (breach,) = [each for each in told["assessments"] if each["obligation"] == "no-copying"]

    assert (told["policy"], told["standing"], told["round"]) == ("miit-2021", "press-reported", "round")
    assert (breach["outcome"], breach["cells"]) == ("breached", [["wechat", "direct-chat", "taobao", "here"]])


def test_a_policy_about_other_platforms_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "eu-anti-steering", *kept(tmp_path, COPY)]) == 0
    assert "none of its stages is about a platform of this round" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["miit-2012"], "there is no policy 'miit-2012'; did you mean 'miit-2021'?"),
        (["miit-2021", "--on", "yesterday"], "'yesterday' is not a day: write it like 2021-11-29"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    arguments: list[str], line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["policy", *arguments, *kept(tmp_path, COPY)]) == 2
    assert capsys.readouterr().err == f"linkprobe: {line}\n"
