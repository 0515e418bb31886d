"""What publishing costs and how the matrix page feels: python -m bench.publish [--cells N] [--page N] [--work DIR].

Writes rounds of made-up cells into a store, publishes the large one twice, and opens the small one's first page in a
warm Chromium, in turns with two floors: a page of one word, and the same table plain, without style sheet and script.
CPU seconds, of all processes, are the sturdy figure on a shared machine; the fastest of several takes counts in the
browser, since what others do on the machine only adds.
"""

import argparse
import os
import re
import resource
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple
from unittest import mock

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import event
from tabulate import tabulate

from linkprobe.probe.browser import find_chromium
from linkprobe.publish import Published, publish
from linkprobe.scenario import load_catalogue, read_policy, shipped
from linkprobe.store import Store
from tests.publish.rounds import Writer, cases

SURFACES, LINKS = 5, 100
PADDING = 12_000
"""Bytes a made-up page weighs beyond its text."""
TAKES = 15
FILTERS = (
    ("verdict", "shielded"), ("platform", "wechat"), ("category", "news"), ("cause", "copy-only"), ("q", "alibaba"),
    ("plane", "open"),
)  # fmt: skip

PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
DRAWN = """() => new Promise(done => {
  const look = () => requestAnimationFrame(() =>
    document.documentElement.classList.contains('ready') ? setTimeout(() => done(performance.now())) : look());
  look();
})"""
TIMED = """async ([name, value]) => {
  const form = document.getElementById('filters');
  const field = form.elements[name];
  const start = performance.now();
  field.value = value;
  form.dispatchEvent(new Event('input', {bubbles: true}));
  document.body.offsetHeight;
  const done = performance.now();
  await new Promise(next => requestAnimationFrame(() => setTimeout(next)));
  return [done - start, performance.now() - start];
}"""


class Timed(NamedTuple):
    """A publication and its seconds."""

    done: Published
    wall: float
    cpu: float


def written(folder: Path, count: int) -> Path:
    """A store with one round of about `count` cells, which is kept for the next time."""
    results = folder / f"store-{count}"
    if results.exists():
        return results
    # Made-up evidence needs no durability, and a sync for each of forty thousand files is most of the time.
    with mock.patch("os.fsync"), Store.open(results) as store:
        event.listen(store._engine, "connect", lambda connection, _: connection.execute("pragma synchronous=off"))
        store._engine.dispose()
        platforms = count // (SURFACES * LINKS)
        Writer(store, "2026-03-01T10:00Z", size=PADDING).write(tuple(cases(platforms, SURFACES, LINKS)))
    return results


def published(results: Path, out: Path) -> Timed:
    policies = (read_policy("miit-2021", [shipped()], load_catalogue(shipped())),)
    with Store.open(results) as store:
        wall, cpu = time.perf_counter(), cpu_seconds()
        done = publish(store, out, policies=policies, day="2021-11-29")
        return Timed(done, time.perf_counter() - wall, cpu_seconds() - cpu)


def cpu_seconds() -> float:
    """What this process and those it waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def weight(browser: Browser, url: str) -> int:
    """Bytes of everything the page loads, uncompressed."""
    page, loaded = browser.new_page(), []
    page.on("request", lambda request: loaded.append(Path(request.url.removeprefix("file://").partition("?")[0])))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(path.stat().st_size for path in set(loaded))


def floors(index: Path) -> tuple[Path, Path]:
    """A page of one word, and a page with the index's table and nothing else, beside it."""
    head = "<!doctype html><meta charset=utf-8><title>floor</title>"
    tables = re.findall(r'<table class="matrix".*?</table>', index.read_text("utf-8"), re.DOTALL)
    bare = re.sub(r' (?:class|data-[a-z]+|scope)=(?:"[^"]*"|[^ >]+)', "", "".join(tables))
    word, table = index.with_name("floor-word.html"), index.with_name("floor-table.html")
    word.write_text(f"{head}<p>word", "utf-8")
    table.write_text(f"{head}{bare}", "utf-8")
    return word, table


def paints(browser: Browser, paths: tuple[Path, ...]) -> dict[str, list[float]]:
    """Milliseconds to the first contentful paint of each page, in turns; for our page, to its whole matrix too."""
    found: dict[str, list[float]] = {}
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for take in range(TAKES + 1):
        for path in paths:
            page.goto(path.as_uri(), wait_until="commit")
            drawn = float(page.evaluate(DRAWN)) if path.name == "index.html" else 0.0
            page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
            if take:  # the first one warms the browser
                found.setdefault(path.name, []).append(float(page.evaluate(PAINT)))
                found.setdefault(f"{path.name} drawn", []).append(drawn)
    page.close()
    return found


def timed(page: Page, name: str, value: str) -> tuple[float, float]:
    """Fastest milliseconds of a filter: until script and layout are done, and until the next frame is out."""
    takes = []
    for _ in range(TAKES):
        page.evaluate(TIMED, [name, "whole" if name == "plane" else ""])
        takes.append(page.evaluate(TIMED, [name, value]))
    return min(take[0] for take in takes), min(take[1] for take in takes)


def in_browser(index: Path) -> list[list[object]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(os.environ), args=["--no-sandbox"])
        url = index.as_uri()
        word, table = floors(index)
        painted = paints(browser, (word, table, index))
        rows: list[list[object]] = [
            ["page weight, bytes", weight(browser, url), ""],
            *(
                [f"{what}, ms", round(min(painted[name])), f"median {median(painted[name]):.0f}"]
                for what, name in (
                    ("first paint of one word", word.name),
                    ("first paint of the plain table", table.name),
                    ("first paint", index.name),
                    ("whole matrix drawn", f"{index.name} drawn"),
                )
            ),
        ]
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        for name, value in FILTERS:
            done, framed = timed(page, name, value)
            rows.append([f"{name}={value}, ms", round(done), f"frame out after {framed:.0f}"])
        browser.close()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=10_000, help="cells that are published")
    parser.add_argument("--page", type=int, default=5_000, help="cells of the page that is opened")
    parser.add_argument("--work", type=Path, help="where stores and sites are kept for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = options.work or Path(scratch)
        report(work, options.cells, options.page)


def report(work: Path, cells: int, page: int) -> None:
    large, small = written(work, cells), written(work, page)
    first, again = (published(large, work / f"site-{cells}") for _ in range(2))
    published(small, work / f"site-{page}")
    rows = [
        [f"{name}, {one.done.cells} cells, s", round(one.wall, 1), f"CPU {one.cpu:.1f} s, {one.done.written} files"]
        for name, one in (("publish", first), ("publish again", again))
    ]
    print(tabulate([*rows, *in_browser(work / f"site-{page}" / "index.html")], tablefmt="github"))


if __name__ == "__main__":
    main()
