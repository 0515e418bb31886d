"""Which Chromium is driven."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "LINKPROBE_BROWSER"

DEBIAN_SHELL = Path("/usr/lib/chromium/chromium-headless-shell")
"""A quarter of the CPU of new headless per navigation (docs/design.md, section 4)."""

ON_PATH = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome")

PLAYWRIGHT_FOLDERS = ("Library/Caches/ms-playwright", ".cache/ms-playwright")

PLAYWRIGHT_FILES = (
    "chromium_headless_shell-*/*/headless_shell",
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/*/chrome",
    "chromium-*/*/Chromium.app/Contents/MacOS/Chromium",
)


class BrowserMissing(Exception):
    """There is no Chromium to drive; the message is one line that says how to get one."""


def find_chromium(environ: Mapping[str, str]) -> Path:
    """The Chromium to drive, the cheapest kind first. Raises `BrowserMissing`."""
    if named := environ.get(VARIABLE):
        return _named(Path(named))
    found = next(_candidates(environ), None)
    if found is None:
        raise BrowserMissing(
            "no Chromium found: run `playwright install chromium`, or install the package"
            f" chromium-headless-shell or chromium, or set {VARIABLE} to its path"
        )
    return found


def _named(path: Path) -> Path:
    if not path.is_file():
        raise BrowserMissing(f"{VARIABLE} names {path}, which is no file: set it to the path of a Chromium")
    return path


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if DEBIAN_SHELL.is_file():
        yield DEBIAN_SHELL
    yield from _playwrights(environ)
    for name in ON_PATH:
        if found := shutil.which(name, path=environ.get("PATH")):
            yield Path(found)


def _playwrights(environ: Mapping[str, str]) -> Iterator[Path]:
    """What Playwright has downloaded; the newest build of the headless shell first."""
    for folder in _folders(environ):
        for pattern in PLAYWRIGHT_FILES:
            yield from sorted(folder.glob(pattern), key=_build, reverse=True)


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    if named := environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        yield Path(named)
    elif home := environ.get("HOME"):
        yield from (Path(home) / name for name in PLAYWRIGHT_FOLDERS)


def _build(path: Path) -> int:
    build = next((part.rpartition("-")[2] for part in path.parts if part.startswith("chromium")), "")
    return int(build) if build.isdigit() else 0
