"""Nothing of the world's runs, hides or reorders anything in a published page."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from playwright.async_api import Browser, Page

from linkprobe.model import (
    Arm,
    Capture,
    Case,
    Cause,
    Cell,
    Event,
    EventKind,
    Executor,
    Failure,
    FailureKind,
    Hop,
    HopWay,
    Observation,
    Screenshot,
    SendOutcome,
    Sent,
    Shown,
    Verdict,
    Visit,
)
from linkprobe.publish import publish
from linkprobe.store import RoundRecord, Store
from linkprobe.store.task import direct_task, subject_task
from tests.publish.conftest import opened
from tests.publish.rounds import RULES, Outcome, cases, cell_of

MARKUP = "\"'></title></script><script>window.ran=1</script><img src=x onerror=window.ran=2><svg onload=window.ran=3>"
EVIL = f"{MARKUP}{{{{7*7}}}}<a href=javascript:window.ran=4>x</a>\x1b[31m\u202egnp.exe\u2066\x00\ud7ff{'A' * 10_000}"
URL = f"https://evil.example/{MARKUP}?x=javascript:window.ran=5#\u202e"
STEERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x1b\x00"


def evil_case() -> Case:
    case = next(iter(cases(1, 1, 3)))
    platform = msgspec.structs.replace(case.platform, name=EVIL, notes=EVIL, owner=MARKUP, hosts=(MARKUP,))
    target = msgspec.structs.replace(case.target, id=MARKUP, name=EVIL, url=URL, owner=MARKUP, category=MARKUP)
    return msgspec.structs.replace(case, platform=platform, target=target, scenario=MARKUP, surface_id="direct-chat")


def evil_visit(kind: str = "text/html") -> Visit:
    body = f"<title>{EVIL}</title><body><p>seen by a reader {MARKUP}</p>{EVIL}".encode("utf-8", "replace")
    return Visit(
        requested=URL,
        executor=Executor.BROWSER,
        why=EVIL,
        hops=(Hop(URL, 302, HopWay.REDIRECT, location=EVIL, address=MARKUP), Hop("javascript:window.ran=6", None)),
        page=Capture(url=URL, status=200, content_type=kind, headers=((MARKUP, EVIL),), body=body),
        events=(Event(EventKind.DIALOG, 0.1, URL, EVIL),),
        failure=Failure(FailureKind.ABORTED, URL, EVIL),
        screenshot=Screenshot(digest="", image=b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran=7'/>"),
        clicked=evil_visit(MARKUP) if kind == "text/html" else None,
    )


def evil_cell(case: Case) -> Cell:
    cell = cell_of(case, Outcome(Verdict.SHIELDED, Cause.BLOCK_PAGE))
    finding = msgspec.structs.replace(cell.findings[0], evidence=EVIL, rule=MARKUP)
    return msgspec.structs.replace(cell, reason=EVIL, findings=(finding,), known=Verdict.OPEN, known_note=EVIL)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    case = evil_case()
    with Store.open(folder / "results") as store:
        for number in ("1", "2"):
            name = f"{MARKUP}{number}"
            store.begin_round(RoundRecord(id=name, started=f"2026-03-0{number}T10:00:00Z", world=MARKUP))
            store.keep_cases(name, (case,))
            sent = Sent(SendOutcome.REFUSED, 200, MARKUP, EVIL)
            shown = Shown(arrived=True, text=EVIL, links=(URL, "javascript:window.ran=8"))
            seen = Observation(arm=Arm.SUBJECT, url=URL, sent=sent, shown=shown, blind=EVIL)
            store.append(subject_task(name, case, None, 1), seen)
            opened_in = subject_task(name, case, Executor.BROWSER, 1)
            store.append(opened_in, Observation(arm=Arm.SUBJECT, url=URL, visit=evil_visit()))
            control = Observation(arm=Arm.DIRECT, url=URL, visit=evil_visit())
            store.append(direct_task(name, case, Executor.BROWSER, 1), control)
            store.save_cells(name, RULES, (evil_cell(case),))
            store.finish_round(name, f"2026-03-0{number}T11:00:00Z")
            publish(store, folder / "site")
    return folder / "site"


def all_pages(folder: Path) -> list[str]:
    """Every page but the signposts, which only lead on to one of the others."""
    found = (path for path in folder.rglob("*.html") if 'http-equiv="refresh"' not in path.read_text("utf-8"))
    return sorted(str(path.relative_to(folder)) for path in found)


async def each_page(browser: Browser, folder: Path, **options: Any) -> AsyncIterator[tuple[str, Page]]:
    async with opened(browser, folder, "index.html", **options) as page:
        for path in all_pages(folder):
            await page.goto(f"{folder.as_uri()}/{quote(path)}", wait_until="load")
            yield path, page


@pytest.mark.browser
async def test_nothing_runs_on_any_page(hostile: Path, browser: Browser) -> None:
    ran = {path: await page.evaluate("window.ran") async for path, page in each_page(browser, hostile)}

    assert len(ran) > 12
    assert set(ran.values()) == {None}


@pytest.mark.browser
async def test_no_link_runs_a_script(hostile: Path, browser: Browser) -> None:
    every = "[...document.querySelectorAll('[href], [src]')].map(one => String(one.href || one.src))"
    links = [link async for _, page in each_page(browser, hostile) for link in await page.evaluate(every)]

    assert len(links) > 100
    assert [link for link in links if not link.startswith("file:")] == []


@pytest.mark.browser
async def test_what_the_world_wrote_is_shown_as_text(hostile: Path, browser: Browser) -> None:
    cell = next(path for path in all_pages(hostile) if "/c/" in path)
    async with opened(browser, hostile, cell) as page:
        text = await page.inner_text("main")

    assert "<script>window.ran=1</script>" in text
    assert "{{7*7}}" in text
    assert "seen by a reader" in text
    assert "\\u202e" in text


@pytest.mark.browser
async def test_nothing_that_steers_the_eye_is_left_in_a_page(hostile: Path, browser: Browser) -> None:
    whole = "document.documentElement.outerHTML"
    texts = {path: await page.evaluate(whole) async for path, page in each_page(browser, hostile)}

    assert [path for path, text in texts.items() if set(STEERING) & set(text)] == []


@pytest.mark.browser
async def test_ten_thousand_letters_do_not_widen_the_page(hostile: Path, browser: Browser) -> None:
    width, size = "document.documentElement.scrollWidth", {"width": 360, "height": 740}
    widths = {path: await page.evaluate(width) async for path, page in each_page(browser, hostile, viewport=size)}

    assert {path: wide for path, wide in widths.items() if wide > 360} == {}


def test_no_data_file_holds_what_would_steer_a_terminal(hostile: Path) -> None:
    kinds = {".csv", ".json", ".md", ".xml", ".prom", ".atom", ".js", ".svg", ".html"}
    found = [path for path in hostile.rglob("*") if path.suffix in kinds]

    assert len(found) > 20
    assert [path for path in found if set(STEERING) & set(path.read_text("utf-8"))] == []


def test_what_is_no_image_is_published_as_none(hostile: Path) -> None:
    assert not (hostile / "evidence").exists()
