"""A folder to write scenario files into, and the catalogue the package ships."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from linkprobe.scenario import Catalogue, faults, load_catalogue, shipped

Write = Callable[[str, str], Path]

PLATFORM = """\
platform: talk
name: Talk
owner: talk-inc
hosts: [talk.example]
surfaces:
  link:
    kind: gateway
    template: https://go.talk.example/?u={url}
  chat:
    kind: in-app
    client: app
clients:
  app: {user_agent: TalkApp/1.0}
"""
TARGETS = """\
targets:
  - {target: rival-item, url: "https://rival.example/item?id=1", owner: rival-inc, category: goods}
  - {target: own-item, url: "https://goods.talk.example/item?id=2", owner: talk-inc, category: goods}
  - {target: plain-page, url: "https://plain.example/", category: goods, neutral: true}
  - {target: test-page, url: "https://canary.example/", category: canaries, canary: true}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file below a folder of the test's own and says where."""

    def at(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), "utf-8")
        return path

    return at


@pytest.fixture
def catalogue(write: Write, tmp_path: Path) -> Catalogue:
    """One platform and four targets."""
    write("catalogue/platforms/talk.yaml", PLATFORM)
    write("catalogue/targets/goods.yaml", TARGETS)
    return load_catalogue(tmp_path / "catalogue")


@pytest.fixture(scope="session")
def shipped_catalogue() -> Catalogue:
    return load_catalogue(shipped())


@pytest.fixture
def refused(write: Write, catalogue: Catalogue) -> Callable[[str], list[str]]:
    """Writes a bad file and says what is wrong with it, a line each, with the file's name in place of its path."""

    def say(text: str) -> list[str]:
        path = write("file.yaml", text)
        lines = [str(fault) for fault in faults(path, catalogue)]
        assert not any("\n" in line for line in lines)
        return [line.replace(f"{path.parent}/", "") for line in lines]

    return say
