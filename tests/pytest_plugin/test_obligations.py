"""A policy's obligations as items."""

import re

import pytest

from tests.pytest_plugin.conftest import Project

CANARY = (
    "scenario: canary\nplatform: dingtalk\nsurfaces: [robot]\ntargets: [malware-canary, jd-item]\nneutral: weather\n"
)


def test_every_obligation_of_every_platform_is_an_item(here: Project) -> None:
    here.scenario(CANARY)

    told = here.run("--collect-only", "-q", "--policy", "miit-2021", "-m", "obligation").stdout

    assert "miit-2021::dingtalk::safety-floor::malicious-links-stopped" in told.splitlines()
    assert "wechat" not in told


def test_obligations_are_held_against_the_round_on_the_day_that_is_given(here: Project) -> None:
    here.scenario(CANARY)

    told = here.run(
        "--policy", "miit-2021", "--on", "2021-09-15", "-rA", "-k", "malicious or no-copying or robot"
    ).stdout

    assert "PASSED miit-2021::dingtalk::safety-floor::malicious-links-stopped" in told
    assert re.search(r"SKIPPED \[1\] \S*miit-2021.yaml:1: not yet due on 2021-09-15: ", told)


def test_a_policy_that_is_not_there_is_refused_with_those_that_are(here: Project) -> None:
    here.scenario(CANARY)

    ended = here.run("--policy", "miit-2020")

    assert ended.returncode == pytest.ExitCode.USAGE_ERROR
    assert "miit-2021" in ended.stderr
