"""The pages in a real browser: filters in the URL, the keyboard, other ways of seeing, and axe."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.async_api import Browser, Page

from tests.publish.conftest import BLOCKED, Site, opened

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROUND = "rounds/2026-03-01T10-00Z"
CELL = f"{ROUND}/c/{'~'.join(BLOCKED[:3])}.html"
PAGES = (
    "index.html", "rounds.html", "compare.html", "method.html", CELL, f"{ROUND}/data.html", f"{ROUND}/changes.html",
    f"{ROUND}/platforms/wechat.html", f"{ROUND}/targets/tencent-doc.html",
)  # fmt: skip
SHOWN = "[...document.querySelectorAll('#matrix td a')].filter(one => one.checkVisibility({visibilityProperty: true}))"


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


async def words(page: Page) -> set[str]:
    """The verdicts that can be seen."""
    found: list[str] = await page.evaluate(f"{SHOWN}.map(one => one.firstChild.data)")
    return set(found)


async def test_a_filter_goes_into_the_url_and_narrows_the_matrix(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        await page.select_option("select[name=verdict]", "shielded")

        assert query(page) == {"verdict": ["shielded"]}
        assert await words(page) == {"shielded"}


async def test_a_url_with_filters_shows_what_it_says(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html?platform=wechat&category=news&plane=open") as page:
        links = await page.evaluate(f"{SHOWN}.map(one => one.getAttribute('href'))")
        heads = set(await page.locator("#matrix thead [scope=colgroup]:visible").all_inner_texts())

        assert links
        assert all(link.startswith("c/wechat~") for link in links)
        assert heads == {"WeChat"}
        assert await page.is_checked("input[value=open]")


async def test_the_count_has_its_denominator(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html?verdict=shielded") as page:
        shown = await page.evaluate(f"{SHOWN}.length")

        assert await page.inner_text("#count") == f"{shown} of {site.done.cells} cells shown"


async def test_an_unknown_value_in_the_url_filters_nothing(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html?platform=nobody&plane=sideways") as page:
        assert await page.evaluate(f"{SHOWN}.length") == site.done.cells


async def test_clearing_shows_everything_again(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html?verdict=shielded&q=jd") as page:
        await page.click("button[type=reset]")
        await page.wait_for_function(f"{SHOWN}.length === {site.done.cells}")

        assert query(page) == {}


async def test_a_plane_shows_its_own_verdicts(site: Site, browser: Browser) -> None:
    name = "~".join(BLOCKED[:3])
    async with opened(browser, site.out, "index.html") as page:
        cell = page.locator(f"#matrix a[href='c/{name}.html']")
        assert await cell.evaluate("one => one.firstChild.data") == "shielded"
        await page.check("input[value=send]", force=True)

        assert await cell.evaluate("one => one.firstChild.data") == "no such step"
        assert query(page) == {"plane": ["send"]}


async def test_without_scripts_the_whole_matrix_is_there(site: Site, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{site.out.as_uri()}/index.html")

    assert await page.locator("#matrix td a").count() == site.done.cells
    assert await page.locator("noscript").is_visible()
    await context.close()


async def test_the_reader_chooses_chinese_and_it_is_kept(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        await page.click("#language")
        await page.wait_for_function("document.documentElement.lang === 'zh' && document.title")
        await page.goto(f"{site.out.as_uri()}/{CELL}")
        await page.wait_for_function("document.querySelector('.verdict .v').textContent === '屏蔽'")

        await page.click("#language")
        await page.wait_for_function("document.querySelector('.verdict .v').textContent === 'shielded'")


async def test_every_cell_of_the_matrix_speaks_chinese_and_english_again(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        before = await words(page)
        await page.click("#language")
        await page.wait_for_function(f"{SHOWN}.every(one => /^[\\u4e00-\\u9fff]+$/.test(one.firstChild.data))")
        await page.click("#language")

        assert await words(page) == before


async def test_the_reader_s_theme_wins_over_the_system_s(site: Site, browser: Browser) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    async with opened(browser, site.out, "index.html", color_scheme="light") as page:
        light = await page.evaluate(ground)
        await page.select_option("#theme", "dark")

        assert await page.evaluate(ground) != light


async def test_arrow_keys_walk_the_cells_and_enter_opens_one(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        await page.focus("#matrix td a[tabindex='0']")
        first = await page.evaluate("document.activeElement.getAttribute('href')")
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("ArrowDown")
        there = await page.evaluate("document.activeElement.getAttribute('href')")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/rounds/**/c/**")

        assert there not in (None, first)
        assert page.url.endswith(there.removeprefix("c/"))


async def test_the_tab_key_stops_once_in_the_matrix(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        stops = await page.locator("#matrix td a[tabindex='0']").count()
        rest = await page.locator("#matrix td a:not([tabindex])").count()

        assert (stops, rest) == (1, 0)


async def test_everything_can_be_reached_with_the_tab_key_and_shows_where_one_is(site: Site, browser: Browser) -> None:
    ringed = "(() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' })()"
    async with opened(browser, site.out, "index.html") as page:
        seen = set()
        for _ in range(24):
            await page.keyboard.press("Tab")
            seen.add(await page.evaluate("document.activeElement.name || document.activeElement.id || ''"))
            is_radio = await page.evaluate("document.activeElement.type === 'radio'")
            assert is_radio or await page.evaluate(ringed)

    assert {"platform", "owner", "category", "cause", "verdict", "fairness", "vantage", "q", "plane"} <= seen


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_scrolls_sideways_at_360_pixels(path: str, site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, path, viewport={"width": 360, "height": 740}) as page:
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360


async def test_without_colours_symbol_and_word_remain(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html", forced_colors="active") as page:
        drawn = await page.evaluate(
            f"{SHOWN}.map(one => [one.firstChild.data, getComputedStyle(one, '::before').content.split(' / ')[0]])"
        )
        fills = await page.evaluate(f"new Set({SHOWN}.map(one => getComputedStyle(one).backgroundColor)).size")

        assert fills == 1
        assert (
            len({tuple(one) for one in drawn}) == len({one[0] for one in drawn}) == len({one[1] for one in drawn}) > 3
        )


async def test_a_symbol_is_not_read_aloud(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        told = await page.locator("#matrix").aria_snapshot()

        assert "shielded" in told
        assert "✕" not in told


async def test_paper_gets_the_matrix_and_no_controls(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        await page.emulate_media(media="print")

        assert not await page.is_visible("#filters")
        assert await page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflow") == "visible"
        assert await page.evaluate(f"{SHOWN}.length") == site.done.cells
        assert (await page.pdf()).startswith(b"%PDF")


async def test_two_rounds_are_compared_in_the_browser(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "compare.html?before=2026-02-22T10-00Z&after=2026-03-01T10-00Z") as page:
        await page.wait_for_selector("#rows tr")
        there = page.locator(f"#rows a[href$='{'~'.join(BLOCKED[:3])}.html']")

        assert await there.count() == 1
        assert "unchanged" in await page.inner_text("#say")


async def test_compared_cells_are_called_by_their_names(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "compare.html?before=2026-02-22T10-00Z&after=2026-03-01T10-00Z") as page:
        await page.wait_for_selector("#rows tr")
        told = await page.locator(f"#rows a[href$='{'~'.join(BLOCKED[:3])}.html']").inner_text()

        assert told == "Tencent documents → WeChat · Chat of a group"


@pytest.mark.parametrize(
    ("path", "title"),
    [(CELL, "Tencent documents · WeChat · Chat of a group：屏蔽 – linkprobe"), ("rounds.html", "各轮 – linkprobe")],
)
async def test_a_title_is_said_in_chinese_too(path: str, title: str, site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, path) as page:
        english = await page.title()
        await page.click("#language")
        await page.wait_for_function("title => document.title === title", arg=title)
        await page.click("#language")

        assert await page.title() == english


async def test_a_filtered_table_has_as_many_columns_as_are_shown(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html?platform=wechat") as page:
        spans = await page.evaluate("[...document.querySelectorAll('#matrix col + col')].map(one => one.span)")

        assert set(spans) == {5}


async def test_a_click_beside_the_word_opens_the_cell_as_well(site: Site, browser: Browser) -> None:
    async with opened(browser, site.out, "index.html") as page:
        await page.evaluate("document.querySelector('#matrix td.s').click()")
        await page.wait_for_url("**/rounds/**/c/**")


def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is missing: run npm ci --prefix tests/publish")
    return AXE.read_text("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
async def test_axe_finds_nothing_to_complain_about(path: str, scheme: str, site: Site, browser: Browser) -> None:
    source = axe()
    async with opened(browser, site.out, path, color_scheme=scheme) as page:
        await page.evaluate(source)
        found = await page.evaluate(
            "tags => axe.run(document, {preload: false, runOnly: {type: 'tag', values: tags}})", WCAG
        )

    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found["violations"]] == []
