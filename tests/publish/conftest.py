import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Browser, Page, async_playwright

from linkprobe.model import Cause, Verdict
from linkprobe.probe.browser import find_chromium
from linkprobe.publish import Published, publish
from linkprobe.publish.edition import Edition
from linkprobe.store import Store
from tests.publish.rounds import Outcome, Writer, cases

FEBRUARY = "2026-02-22T10:00Z"
MARCH = "2026-03-01T10:00Z"
BLOCKED = ("wechat", "group-chat", "tencent-doc", "here")
"""A cell that is open in February and behind a block page in March."""


class Site(NamedTuple):
    """A published folder and what it was published from."""

    results: Path
    out: Path
    done: Published

    @property
    def march(self) -> Path:
        return self.out / "rounds" / "2026-03-01T10-00Z"


def write_rounds(results: Path) -> None:
    some = tuple(cases(3, 5, 12))
    with Store.open(results) as store:
        february = Writer(store, FEBRUARY, started="2026-02-22T10:00:00+00:00")
        february.write(some, {BLOCKED: Outcome(Verdict.OPEN)}, "a")
        Writer(store, MARCH).write(some, {BLOCKED: Outcome(Verdict.SHIELDED, Cause.BLOCK_PAGE)}, "a")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Two lab rounds of the same cases, both published."""
    folder = tmp_path_factory.mktemp("published")
    write_rounds(folder / "results")
    with Store.open(folder / "results") as store:
        publish(store, folder / "site", FEBRUARY)
        done = publish(store, folder / "site")
    return Site(folder / "results", folder / "site", done)


@pytest.fixture
def edition(site: Site) -> Iterator[Edition]:
    """The later of the two rounds."""
    with Store.open(site.results) as store:
        yield Edition(store, store.round(MARCH))


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        made = await playwright.chromium.launch(executable_path=find_chromium(os.environ), args=["--no-sandbox"])
        yield made
        await made.close()


@asynccontextmanager
async def opened(browser: Browser, folder: Path, path: str, **options: Any) -> AsyncIterator[Page]:
    """A page of a published folder, from the file system; fails where it breaks its own rules on the way."""
    trouble: list[str] = []
    context = await browser.new_context(**options)
    page = await context.new_page()
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda request: trouble.append(request.url) if not request.url.startswith("file:") else None)
    try:
        await page.goto(f"{folder.as_uri()}/{path}")
        yield page
        assert trouble == []
    finally:
        await context.close()
