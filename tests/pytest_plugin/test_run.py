"""A whole run in the lab, as its user sees it: one round serves most claims."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from tests.pytest_plugin.conftest import SMALL, Project, project


class Run(NamedTuple):
    project: Project
    code: int
    told: str
    cells: dict[str, dict[str, Any]]
    junit: ElementTree.Element


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    made = project(tmp_path_factory.mktemp("run"))
    made.scenario(SMALL)
    ended = made.run("-rA", "--linkprobe-json=cells.json", "--linkprobe-matrix", "--junitxml=junit.xml")
    assert ended.stderr == ""
    cells = json.loads((made.folder / "cells.json").read_text("utf-8"))["cells"]
    junit = ElementTree.parse(made.folder / "junit.xml").getroot()
    by_name = {f"{cell['platform']}::{cell['target']}": cell for cell in cells}
    return Run(made, ended.returncode, ended.stdout, by_name, junit)


def verdicts(path: Path) -> dict[str, tuple[str, list[str], list[str]]]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return {f"{c['platform']}::{c['target']}": (c["verdict"], c["causes"], c["fairness"]) for c in cells}


def test_every_item_ends_as_its_cell_says(run: Run) -> None:
    ends = re.findall(r"^(PASSED|FAILED|XFAIL) \S+?::(\S+)", run.told, re.M)

    assert sorted(ends) == [
        ("FAILED", "weibo::web-link::jd-item"),
        ("PASSED", "weibo::web-link::taobao-item"),
        ("XFAIL", "weibo::web-link::unfiled-page"),
    ]
    assert run.code == pytest.ExitCode.TESTS_FAILED


def test_what_cannot_be_said_is_skipped_with_the_reason_at_the_scenarios_line(run: Run) -> None:
    assert re.search(r"SKIPPED \[3\] scenarios/社交/small.yaml:6: inconclusive: .*cannot be seen", run.told)


def test_a_known_outcome_is_an_expected_failure_with_reason_and_since(run: Run) -> None:
    assert "unfiled-page - known as degraded by interstitial-click since 2021-10-01: 未备案" in run.told


def test_a_failure_begins_with_verdict_and_news(run: Run) -> None:
    failure = run.junit.find(".//testcase[@name='jd-item']/failure")

    assert failure is not None
    assert failure.text is not None
    assert failure.text.splitlines()[0] == "open: known as shielded, and now open; known since 2021-09-01"


def test_a_failure_quotes_the_scenario_with_file_and_line(run: Run) -> None:
    assert "scenarios/社交/small.yaml:15:   - verdict: shielded" in run.told
    assert "scenarios/社交/small.yaml:18:     since: 2021-09-01" in run.told


def test_a_failure_shows_both_arms_side_by_side(run: Run) -> None:
    head = re.search(r"^ +through weibo web-link +direct$", run.told, re.M)

    assert head is not None
    assert re.search(r"^hops +302 request https://weibo.cn/sina\S* +200 request https://item.jd.com", run.told, re.M)
    assert re.search(r"^time +\d+\.\d\d s +\d+\.\d\d s$", run.told, re.M)


def test_a_failure_says_where_the_evidence_lies(run: Run) -> None:
    paths = re.findall(r"results/evidence/\S+\.zst", run.told)

    assert paths
    assert all((run.project.folder / path).is_file() for path in paths)


def test_a_failure_says_the_command_that_repeats_just_this_cell(run: Run) -> None:
    again = re.search(r"^again: +(linkprobe audit .*)$", run.told, re.M)

    assert again is not None
    assert "--world china-2021-11-29 --platform weibo --surface web-link --target jd-item --no-browser" in again[1]


def test_a_report_keeps_what_a_cell_is_as_properties(run: Run) -> None:
    found = run.junit.findall(".//testcase[@name='unfiled-page']/properties/property[@name='causes']")
    rounds = {each.get("value") for each in run.junit.findall(".//property[@name='round']")}

    assert "interstitial-click" in {each.get("value") for each in found}
    assert len(rounds) == 1


def test_the_json_holds_every_selected_cell_with_its_fairness(run: Run) -> None:
    assert len(run.cells) == 6
    assert run.cells["weibo::unfiled-page"]["verdict"] == "degraded"
    assert run.cells["weibo::taobao-item"]["fairness"] == []


def test_the_matrix_of_the_selected_items_stands_in_the_summary(run: Run) -> None:
    assert re.search(r"^-+ linkprobe: the matrix -+$|^=+ linkprobe: the matrix =+$", run.told, re.M)
    assert "· taobao-item (alibaba)" in run.told


def test_workers_of_xdist_share_one_round_and_tell_the_same_verdicts(run: Run) -> None:
    ended = run.project.run("-n", "2", "-v", "--linkprobe-json=shared.json")

    assert verdicts(run.project.folder / "shared.json") == verdicts(run.project.folder / "cells.json")
    workers: dict[str, set[str]] = {}
    for worker, platform in re.findall(r"^\[(gw\d)\].*small\.yaml::(\w+)::", ended.stdout, re.M):
        workers.setdefault(platform, set()).add(worker)
    assert {platform: len(those) for platform, those in workers.items()} == {"dingtalk": 1, "weibo": 1}
    assert len(re.findall(r"linkprobe: round", ended.stdout)) == 1


def test_strict_makes_errors_of_what_cannot_be_said(run: Run) -> None:
    ended = run.project.run("-k", "robot and jd-item", "--linkprobe-strict")

    assert "1 error" in ended.stdout
    assert "inconclusive: What the recipient gets cannot be seen" in ended.stdout


def test_where_nothing_can_be_measured_the_items_say_why_in_one_line(here: Project) -> None:
    here.scenario(SMALL)
    here.file("results", "not a folder")

    ended = here.run("-k", "taobao and weibo")

    assert ended.returncode == pytest.ExitCode.TESTS_FAILED
    assert "nothing could be measured: " in ended.stdout
    assert "Traceback" not in ended.stdout
