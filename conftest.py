"""What this repository's own tests need of a machine, and what happens where it is missing."""

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent
CORPORA = ROOT.parent / "shared" / "corpora" / "pages"
"""Labelled real pages; they belong to others and live beside a checkout, never in it."""


def _no_browser() -> str | None:
    from linkprobe.probe.browser import BrowserMissing, find_chromium

    try:
        find_chromium(os.environ)
    except BrowserMissing as missing:
        return str(missing)
    if shutil.which("certutil") is None:
        return "certutil is missing: install libnss3-tools (Debian, Ubuntu) or nss-tools (Fedora)"
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips, and says why, what this machine cannot run; on CI nothing that needs a browser is skipped."""
    needs = [item for item in items if item.get_closest_marker("browser")]
    if needs and not os.environ.get("CI") and (reason := _no_browser()):
        for item in needs:
            item.add_marker(pytest.mark.skip(reason=reason))
    if not CORPORA.is_dir():
        for item in items:
            if item.get_closest_marker("corpora"):
                item.add_marker(pytest.mark.skip(reason=f"the labelled pages are not at {CORPORA}"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keeps all tests of a real server on one worker, so that it is started once. That is what `xdist_group` is for,
    but pytest-xdist 3.8 writes the group into an attribute that pytest 9.2 no longer has, and it goes unheeded."""
    if config.getoption("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadScopeScheduling

    class ByServer(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return nodeid.split("::", 1)[0] if nodeid.startswith("tests/servers/") else nodeid

    return ByServer(config, log)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of labelled pages."""
    return CORPORA
