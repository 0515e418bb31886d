"""Pictures of a published site for the README: python -m bench.pictures SITE [docs/screenshots].

Small JPEGs of the newest round: the matrix, light and in Chinese by night, on a phone, a platform and a cell.
"""

import argparse
import os
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tabulate import tabulate

from linkprobe.probe.browser import find_chromium

QUALITY = 60
PLATFORM, CELL = "wechat", "wechat~group-chat~taobao-item"
IN_CHINESE = "localStorage.setItem('linkprobe-language', 'zh')"


class Picture(NamedTuple):
    """A file's name, the page in it, the size of the window, and how the reader likes it."""

    name: str
    page: str
    size: tuple[int, int]
    chinese: bool = False
    dark: bool = False
    at: str = ""
    """What stands at the top of the window; the page's beginning without it."""


PICTURES = (
    Picture("matrix", "index.html", (1280, 1000)),
    Picture("matrix-dark-zh", "index.html", (1280, 900), chinese=True, dark=True),
    Picture("phone", "index.html", (360, 740)),
    Picture("platform", f"platforms/{PLATFORM}.html", (1280, 1200)),
    Picture("policy", f"platforms/{PLATFORM}.html", (1280, 1200), at="#policy"),
    Picture("cell", f"c/{CELL}.html", (1280, 1150)),
)


def taken(browser: Browser, site: Path, picture: Picture, folder: Path) -> Path:
    """Takes one picture; the pages are those of the newest round."""
    options: dict[str, Any] = {"viewport": dict(zip(("width", "height"), picture.size, strict=True))}
    context = browser.new_context(**options, color_scheme="dark" if picture.dark else "light")
    page = context.new_page()
    if picture.chinese:
        page.goto((site / "method.html").as_uri())
        page.evaluate(IN_CHINESE)
    page.goto((site / picture.page).as_uri())
    page.wait_for_url(lambda url: picture.page == "index.html" or "/rounds/" in url)
    page.wait_for_selector("html.ready")
    page.wait_for_timeout(500)
    if picture.at:
        page.evaluate("place => document.querySelector(place).scrollIntoView()", picture.at)
    path = folder / f"{picture.name}.jpg"
    page.screenshot(path=path, type="jpeg", quality=QUALITY)
    context.close()
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path, help="a folder that linkprobe publish wrote")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("docs/screenshots"))
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(os.environ), args=["--no-sandbox"])
        paths = [taken(browser, options.site.resolve(), picture, options.folder) for picture in PICTURES]
        browser.close()
    print(tabulate([[str(path), path.stat().st_size] for path in paths], ["picture", "bytes"], tablefmt="github"))


if __name__ == "__main__":
    main()
