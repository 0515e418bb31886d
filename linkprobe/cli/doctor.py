"""What this machine has, what it lacks, and how to get it."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from linkprobe.cli.exits import Ended
from linkprobe.cli.output import look, show
from linkprobe.matrix import Look, plain


class Check(NamedTuple):
    """One thing looked at. What is not `needed` only makes results poorer."""

    name: str
    well: bool
    said: str
    needed: bool = True


def examine(results: Path) -> Ended:
    """Prints every check; answers whether linkprobe can measure here."""
    checks = list(_checks(results))
    show("\n".join(map(_line, checks)))
    return Ended.AS_EXPECTED if all(check.well for check in checks if check.needed) else Ended.NOT_MEASURED


def _line(check: Check) -> str:
    yes, no, poor = "✓✗–" if look() is Look.UNICODE else "+x-"
    mark = yes if check.well else no if check.needed else poor
    return f"{mark} {check.name}: {plain(check.said)}"


def _checks(results: Path) -> Iterator[Check]:
    yield Check("linkprobe", True, metadata.version("linkprobe"))
    yield Check("python", sys.version_info >= (3, 11), f"{platform.python_version()} (3.11 or newer is needed)")
    yield Check("playwright", True, metadata.version("playwright"))
    yield _browser()
    yield _certutil()
    yield _fonts()
    yield _results(results)


def _browser() -> Check:
    from linkprobe.probe.browser import BrowserMissing, find_chromium

    try:
        return Check("browser", True, str(find_chromium(os.environ)))
    except BrowserMissing as missing:
        return Check("browser", False, str(missing))


def _certutil() -> Check:
    found = shutil.which("certutil")
    remedy = "missing; install libnss3-tools (Debian, Ubuntu) or nss-tools (Fedora), or the lab's CA cannot be trusted"
    return Check("certutil", found is not None, found or remedy)


def _fonts() -> Check:
    remedy = "none for Chinese; install fonts-noto-cjk (Debian, Ubuntu), or screenshots show boxes"
    tool = shutil.which("fc-list")
    fonts = _output(tool, ":lang=zh", "family") if tool else ""
    return Check("fonts", bool(fonts), fonts.splitlines()[0] if fonts else remedy, needed=False)


def _output(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)  # noqa: S603 - a path of ours
    return ended.stdout.strip()


def _results(results: Path) -> Check:
    from linkprobe.store import Store, StoreError

    try:
        if results.exists():
            Store.open(results).close()
        else:
            _writable(results)
    except (StoreError, OSError) as error:
        return Check("results", False, str(error))
    return Check("results", True, f"{results.absolute()} can be written")


def _writable(results: Path) -> None:
    """Raises `OSError` where the folder could not be made; leaves nothing behind."""
    whole = results.absolute()
    parent = next(path for path in whole.parents if path.exists())
    if not (parent.is_dir() and os.access(parent, os.W_OK)):
        raise OSError(f"{results} cannot be made: {parent} cannot be written; choose another --results")
