"""The fast parser against beautifulsoup4 on the labelled pages, where they are at hand."""

import re
import warnings
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from linkprobe.page import Facts
from linkprobe.page.decode import decode
from linkprobe.page.text import words
from tests.page.pages import URL, facts

FOLDER = Path(__file__).parents[3] / "shared" / "corpora" / "pages"
PAGES = sorted(FOLDER.glob("*/*.html"))
LARGEST = 150_000
"""Bytes up to which a page is parsed by both: bs4 takes seconds for the largest."""

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not PAGES, reason=f"the labelled pages are not at {FOLDER}: nothing to hold the parser against"),
]
SMALL = [page for page in PAGES if page.stat().st_size <= LARGEST]


def both(path: Path) -> tuple[Facts, BeautifulSoup]:
    body = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return facts(body), BeautifulSoup(decode(body, "text/html").text, "html.parser")


def sample(step: int) -> list[Path]:
    return SMALL[::step]


def shares(path: Path) -> float:
    """How much of the words bs4 finds visible the facts show as well."""
    page, soup = both(path)
    for node in soup(
        ["script", "style", "noscript", "template", "iframe", "noframes", "svg", "option", "textarea", "head"]
    ):
        node.decompose()
    for node in soup.find_all(style=re.compile(r"display:\s?none|visibility:\s?hidden", re.I)):
        node.decompose()
    theirs = set(words(soup.get_text(" ")))
    return len(theirs & set(page.words)) / len(theirs) if len(theirs) > 20 else 1.0


def of_meta(soup: BeautifulSoup, name: str) -> str:
    node = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return " ".join(str(node.get("content") or "").split()) if isinstance(node, Tag) else ""


def test_titles_agree() -> None:
    differ = []
    for path in sample(3):
        page, soup = both(path)
        theirs = " ".join(soup.title.get_text(" ").split())[:500] if soup.title else ""
        if page.title != theirs:
            differ.append(path.name)

    assert len(differ) <= 0.02 * len(sample(3)), differ


def test_visible_words_agree() -> None:
    found = {path.name: shares(path) for path in sample(3)}

    poor = {name: share for name, share in found.items() if share < 0.9}
    assert len(poor) <= 0.05 * len(found), poor
    assert sum(found.values()) / len(found) > 0.98


def test_cards_and_canonicals_agree() -> None:
    differ = []
    for path in sample(4):
        page, soup = both(path)
        link = soup.find("link", rel=lambda value: bool(value) and "canonical" in str(value).lower(), href=True)
        href = str(link["href"]).strip() if isinstance(link, Tag) else ""
        if href.startswith("http") and page.canonical != href:
            differ.append(path.name)
        if (title := of_meta(soup, "og:title")) and page.card.title != title[:1000]:
            differ.append(path.name)

    assert len(differ) <= 2, differ


def test_links_agree() -> None:
    differ = []
    for path in sample(4):
        page, soup = both(path)
        theirs = {
            str(node["href"]).strip() for node in soup("a", href=True) if str(node["href"]).strip().startswith("http")
        }
        ours = {link.url for link in page.links}
        if len(theirs - ours) > 0.02 * len(theirs) + 1:
            differ.append((path.name, len(theirs - ours), len(theirs)))

    assert len(differ) <= 0.03 * len(sample(4)), differ


def test_every_page_is_read_whole() -> None:
    empty = [path.name for path in PAGES if not facts(path.read_bytes(), url=URL).source]

    assert empty == []
