"""Small projects with scenarios of their own; what they measure is settled by HTTP, in the real lab."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

# Imported once here; pytester would import it anew, and forget it again, for each of its runs in this process.
import linkprobe.pytest_plugin.rounds  # noqa: F401

INI = """\
[pytest]
addopts = --strict-markers --strict-config
filterwarnings = error
asyncio_default_fixture_loop_scope = function
"""

SMALL = """\
scenario: small
platform: [weibo, dingtalk]
surfaces: [web-link, robot]
targets: [taobao-item, unfiled-page, jd-item]
neutral: weather
expect: open
known:
  - verdict: degraded
    causes: [interstitial-click]
    surfaces: [web-link]
    targets: [unfiled-page]
    since: 2021-10-01
    note: 未备案
  # What was blocked, and is no longer.
  - verdict: shielded
    surfaces: [web-link]
    targets: [jd-item]
    since: 2021-09-01
"""
"""Something of everything: open, known, let through since, and a surface on which nobody can look."""


class Project(NamedTuple):
    """A folder in which pytest is run as a user would."""

    folder: Path

    def scenario(self, text: str, name: str = "scenarios/社交/small.yaml") -> Path:
        return self.file(name, text)

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--linkprobe-no-browser", *arguments]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments), cwd=self.folder, capture_output=True, text=True, check=False, timeout=170
        )

    def collected(self, *arguments: str) -> list[str]:
        """The ids that are selected, by their part behind the file."""
        told = self.run("--collect-only", "-q", *arguments).stdout
        return [line.partition("::")[2] for line in told.splitlines() if "::" in line]


def project(folder: Path) -> Project:
    made = Project(folder)
    made.file("pytest.ini", INI)
    return made


@pytest.fixture
def here(tmp_path: Path) -> Project:
    return project(tmp_path)
