"""The plugin lives beside others that people have: none of them notices."""

import subprocess

import pytest

from tests.pytest_plugin.conftest import Project

MIXED = """\
import asyncio

import pytest


def test_plain():
    pass


@pytest.mark.asyncio
async def test_in_a_loop():
    await asyncio.sleep(0)
"""
ONE = (
    "scenario: one\nplatform: weibo\nsurfaces: [web-link]\ntargets: [taobao-item]\nneutral: weather\nexpect: shielded\n"
)


def test_all_of_them_in_one_run(here: Project) -> None:
    here.scenario(ONE)
    here.file("test_mixed.py", MIXED)

    ended = here.run("-n", "2", "--html=report.html", "--self-contained-html", "--screenshot=only-on-failure")

    assert "1 failed, 2 passed" in ended.stdout, ended.stdout
    assert "taobao-item" in (here.folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize("others", [(), ("-p", "no:playwright")], ids=["beside pytest-playwright", "alone"])
def test_the_option_for_screenshots_is_there_once(here: Project, others: tuple[str, ...]) -> None:
    told = here.run(*others, "--help").stdout

    assert told.count("--screenshot={on,off,only-on-failure}") == 1


@pytest.mark.browser
def test_screenshots_and_traces_of_failed_items_are_kept_with_the_results(here: Project) -> None:
    here.scenario("scenario: one\nplatform: zhihu\nsurfaces: [article]\ntargets: [taobao-item]\nneutral: weather\n")
    command = [part for part in here.command("-p", "no:playwright") if part != "--linkprobe-no-browser"]
    command += ["--screenshot=only-on-failure", "--tracing=retain-on-failure"]

    ended = subprocess.run(command, cwd=here.folder, capture_output=True, text=True, check=False, timeout=170)

    assert "1 failed" in ended.stdout
    kept = [path.name for path in (here.folder / "results").rglob("*") if path.suffix in (".jpg", ".zip")]
    assert sorted(kept)[-3:] == ["direct.zip", "subject.jpg", "subject.zip"], ended.stdout
    assert "linkprobe: traces in results/traces" in ended.stdout


def test_no_scenarios_no_change_to_how_xdist_divides(here: Project) -> None:
    here.file("test_mixed.py", MIXED)

    ended = here.run("-n", "2", "--dist", "loadfile")

    assert "2 passed" in ended.stdout, ended.stdout
