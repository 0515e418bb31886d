"""What `Chromium.visit` costs over bare Playwright: CPU of this process, the driver and the browser, per visit.

Bare Playwright makes a new context and a page, goes to the same URL over TLS on loopback, waits for the load event and
reads the DOM by CDP. The visit does so with everything it does by default: disguise, journal, settling, screenshot.
Rounds alternate; medians count. The server runs in a process of its own.
"""

import argparse
import asyncio
import contextlib
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import psutil
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config
from playwright.async_api import Browser, async_playwright
from tabulate import tabulate

from linkprobe.model import Client, Vantage
from linkprobe.network import Entry, Mapped
from linkprobe.probe.browser import BrowserLimits, Chromium, find_chromium

HOST = "page.test"
SMALL = b"<!doctype html><title>page</title>" + b"<p>words and words and words</p>" * 155
PARTS = b"".join(
    [b"<link rel=stylesheet href=/%d.css>" % n for n in range(2)]
    + [b"<script src=/%d.js></script>" % n for n in range(3)]
    + [b"<img src=/%d.svg>" % n for n in range(15)]
)
RICH = b"<!doctype html><title>page</title>" + PARTS + b"<p>words <a href=/x>and words</a> and words</p>" * 2000
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><rect width="90" height="90"/></svg>'
ANSWERS = {
    "html": ("text/html; charset=utf-8", SMALL),
    "rich": ("text/html; charset=utf-8", RICH),
    "css": ("text/css", b"p { color: #222 }"),
    "js": ("text/javascript", b"var loaded = 1"),
    "svg": ("image/svg+xml", DRAWING),
}
APP = Client(
    user_agent="Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/126.0.0.0 Mobile Safari/537.36 App/8",
    brands={"Chromium": "126.0.0.0", "Android WebView": "126.0.0.0"},
    os="Android",
    mobile=True,
    headers={"X-Requested-With": "test.app"},
    viewport=(393, 851),
)

Work = Callable[[str], Awaitable[None]]


class Cost(NamedTuple):
    """CPU milliseconds."""

    python: float
    driver: float
    browser: float

    @property
    def total(self) -> float:
        return sum(self)


async def app(scope: dict[str, Any], _: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    kind, body = ANSWERS[scope["path"].rpartition(".")[2]]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
    await send({"type": "http.response.body", "body": body})


async def serve_forever(folder: Path) -> None:
    """The server process: lives until stdin closes."""
    config = Config()
    config.bind = ["127.0.0.1:0"]
    config.certfile, config.keyfile = str(folder / "cert.pem"), str(folder / "key.pem")
    config.errorlog = None
    config.keep_alive_max_requests = sys.maxsize
    sockets = config.create_sockets()
    door = sockets.secure_sockets[0]
    print(door.getsockname()[1], flush=True)
    config.bind = [f"fd://{door.detach()}"]

    async def over() -> None:
        await asyncio.to_thread(sys.stdin.read)

    await serve(app, config, shutdown_trigger=over)  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def server(folder: Path) -> AsyncIterator[tuple[int, int]]:
    """The server's port and process id."""
    ca = trustme.CA()
    ca.cert_pem.write_to_path(str(folder / "ca.pem"))
    leaf = ca.issue_cert(HOST)
    leaf.private_key_pem.write_to_path(str(folder / "key.pem"))
    leaf.cert_chain_pems[0].write_to_path(str(folder / "cert.pem"))
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", "bench.browser", "--serve", str(folder))
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(await process.stdout.readline()), process.pid
    finally:
        process.stdin.close()
        await process.wait()


def spent(leave_out: int) -> Cost:
    """CPU of this process and its descendants so far. Reaped children count with their parent."""
    me = psutil.Process()
    driver = browser = 0.0
    for child in me.children(recursive=True):
        with contextlib.suppress(psutil.Error):
            times = sum(child.cpu_times()[:4])
            if child.pid == leave_out:
                continue
            if child.name().startswith("node"):
                driver += times
            else:
                browser += times
    return Cost(1000 * sum(me.cpu_times()[:2]), 1000 * driver, 1000 * browser)


def bare(browser: Browser, *, picture: bool = False) -> Work:
    async def work(url: str) -> None:
        context = await browser.new_context()
        page = await context.new_page()
        session = await context.new_cdp_session(page)
        await page.goto(url)
        read = {"expression": "document.documentElement.outerHTML", "returnByValue": True}
        found = await session.send("Runtime.evaluate", read)
        assert "words" in found["result"]["value"]
        if picture:
            clip = {"x": 0, "y": 0, "width": 1280, "height": 720, "scale": 0.25}
            shot = {"format": "jpeg", "quality": 70, "optimizeForSpeed": True, "clip": clip}
            await session.send("Page.captureScreenshot", shot)
        await context.close()

    return work


def visiting(chromium: Chromium, client: Client | None = None, limits: BrowserLimits | None = None) -> Work:
    async def work(url: str) -> None:
        visit = await chromium.visit(Vantage(), url, client=client, limits=limits or BrowserLimits())
        assert visit.page is not None, visit.failure
        assert b"words" in visit.page.body

    return work


async def measure(works: dict[str, Work], url: str, rounds: int, times: int, leave_out: int) -> dict[str, Cost]:
    """The median cost of each kind of work; the kinds take turns."""
    costs: dict[str, list[Cost]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            before = spent(leave_out)
            for _ in range(times):
                await work(url)
            after = spent(leave_out)
            if number:  # the first round warms up
                costs[name].append(Cost(*((late - early) / times for early, late in zip(before, after, strict=True))))
    return {name: Cost(*map(statistics.median, zip(*taken, strict=True))) for name, taken in costs.items()}


def table(costs: dict[str, Cost]) -> str:
    base = costs["bare Playwright"].total
    rows = [
        (name, *(round(part) for part in cost), round(cost.total), cost.total / base) for name, cost in costs.items()
    ]
    return tabulate(rows, ("CPU ms per visit", "python", "driver", "browser", "all", "ratio"), floatfmt=".2f")


async def bench(rounds: int, times: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with server(folder) as (port, pid), async_playwright() as playwright:
            network = Mapped((Entry(HOST, 443, "127.0.0.1", port),), ca=folder / "ca.pem")
            launch = network.browser_launch()
            browser = await playwright.chromium.launch(
                executable_path=find_chromium(launch.env), args=list(launch.args), env=dict(launch.env)
            )
            async with Chromium(network) as chromium:
                works = {
                    "bare Playwright": bare(browser),
                    "bare, with a picture": bare(browser, picture=True),
                    "visit, no picture": visiting(chromium, limits=BrowserLimits(screenshot=False)),
                    "visit as an app": visiting(chromium, APP),
                    "visit": visiting(chromium),
                }
                for page in ("small.html", "page.rich"):
                    print(f"\n{page}: {len(ANSWERS[page.rpartition('.')[2]][1]) // 1000} KB")
                    print(table(await measure(works, f"https://{HOST}/{page}", rounds, times, pid)), flush=True)
            await browser.close()
            await network.aclose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--serve", type=Path)
    chosen = parser.parse_args()
    asyncio.run(serve_forever(chosen.serve) if chosen.serve else bench(chosen.rounds, chosen.times))


if __name__ == "__main__":
    main()
