"""What the pytest plugin costs: CPU added to a run without scenarios, and a round of items against the same audit.

    python -m bench.pytest_plugin [--rounds N]

Runs with and without alternate, and medians are compared, for the machine may be busy with other things.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tabulate import tabulate

EMPTY = "def test_nothing():\n    pass\n"
SUITE = """\
scenario: bench
platform: weibo
surfaces: [web-link]
categories: [shopping, short-video, documents, news]
"""
OTHERS = ("-p", "no:playwright", "-p", "no:html", "-p", "no:metadata", "-p", "no:cacheprovider", "-q")


class Cost(NamedTuple):
    wall: float
    cpu: float


def cost(command: list[str], folder: Path) -> Cost:
    """Seconds of wall time, and of CPU in the process and all it started."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def alternating(times: int, *runs: Callable[[], Cost]) -> list[Cost]:
    """The median of each run, all of them made in turn."""
    taken = [[run() for run in runs] for _ in range(times)]
    return [
        Cost(statistics.median(cost.wall for cost in one), statistics.median(cost.cpu for cost in one))
        for one in zip(*taken, strict=True)
    ]


def without_scenarios(folder: Path, times: int) -> list[Cost]:
    folder.joinpath("test_nothing.py").write_text(EMPTY)
    pytest = [sys.executable, "-m", "pytest", *OTHERS, "test_nothing.py"]
    return alternating(times, lambda: cost([*pytest, "-p", "no:linkprobe"], folder), lambda: cost(pytest, folder))


def beside_audit(folder: Path, times: int) -> list[Cost]:
    suite = folder / "scenarios" / "bench.yaml"
    suite.parent.mkdir()
    suite.write_text(SUITE)
    audit = [sys.executable, "-m", "linkprobe", "audit", str(suite), "--no-browser", "--results", "audited"]
    pytest = [sys.executable, "-m", "pytest", *OTHERS, "--linkprobe-no-browser", str(suite)]
    return alternating(times, lambda: cost(audit, folder), lambda: cost(pytest, folder))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often a round is measured either way")
    rounds = parser.parse_args().rounds
    os.environ["PYTEST_ADDOPTS"] = ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare, ours = without_scenarios(folder, 15)
        audited, collected = beside_audit(folder, rounds)
    rows = [
        ("pytest without scenarios", bare.cpu, ours.cpu, f"{1000 * (ours.cpu - bare.cpu):.0f} ms of CPU added"),
        ("audit, then pytest: CPU", audited.cpu, collected.cpu, f"{collected.cpu / audited.cpu:.2f} times"),
        ("audit, then pytest: wall", audited.wall, collected.wall, f"{collected.wall / audited.wall:.2f} times"),
    ]
    print(tabulate(rows, headers=("", "without", "with the plugin", ""), floatfmt=".2f"))


if __name__ == "__main__":
    main()
