"""Whose fault it is decides the exit code."""

import pytest

from linkprobe.cli.exits import Ended, Interrupted, Refused, ended_by
from linkprobe.lab.errors import LabError
from linkprobe.network import NetworkError, TrustMissing
from linkprobe.probe.browser import BrowserMissing
from linkprobe.scenario import ScenarioError
from linkprobe.store import StoreError

INPUT = [Refused("r"), ScenarioError("s"), NetworkError("n"), StoreError("s"), LabError("l")]
MACHINE = [Interrupted("i"), BrowserMissing("b"), TrustMissing("t")]


@pytest.mark.parametrize("error", INPUT, ids=lambda error: type(error).__name__)
def test_what_a_user_can_put_right_in_the_request_is_bad_input(error: Exception) -> None:
    assert ended_by(error) is Ended.BAD_INPUT


@pytest.mark.parametrize("error", MACHINE, ids=lambda error: type(error).__name__)
def test_what_the_machine_lacks_is_a_measurement_not_made(error: Exception) -> None:
    assert ended_by(error) is Ended.NOT_MEASURED


def test_a_fault_of_the_program_is_none_of_these() -> None:
    assert ended_by(ValueError("oops")) is None
