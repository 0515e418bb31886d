import re
from difflib import SequenceMatcher
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from linkprobe.lab.pages.target import Look, card, render
from linkprobe.model import Condition, Landmark, Target

CATEGORIES = ("shopping", "short-video", "documents", "news", "uncategorised")
CHINESE = Target(
    id="t",
    name="示例商店",
    url="https://a.example/item?id=1",
    landmark=Landmark(text="蓝色保温杯", selector="main .sku#s1"),
)


def target(category: str) -> Target:
    return Target(
        id="t", name="A shop", url="https://a.example/p?id=1", category=category, landmark=Landmark(text="Blue kettle")
    )


def page_of(what: Target, **more: object) -> str:
    return render(Look(what, what.url, **more), Random())  # type: ignore[arg-type]


def words_of(page: str) -> list[str]:
    return node(page, "body").text(separator=" ").split()


def node(page: str, selector: str) -> LexborNode:
    found = LexborHTMLParser(page).css_first(selector)
    assert found is not None
    return found


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_page_is_of_realistic_size(category: str) -> None:
    assert 5_000 < len(page_of(target(category)).encode()) < 60_000


@pytest.mark.parametrize("category", CATEGORIES)
def test_two_answers_differ_and_are_still_the_same_page(category: str) -> None:
    first, second = page_of(target(category)), page_of(target(category))

    assert first != second
    assert SequenceMatcher(None, words_of(first), words_of(second), autojunk=False).ratio() > 0.5


def test_categories_have_pages_of_different_kinds() -> None:
    kinds = {re.search(r"<main[^>]*?(?:class|id)=\"(\w+)\"", page_of(target(name)))[1] for name in CATEGORIES}  # type: ignore[index]

    assert len(kinds) == len(CATEGORIES)


def test_a_page_carries_what_its_target_is_known_by() -> None:
    page = page_of(CHINESE)

    assert "蓝色保温杯" in node(page, "h1").text()
    assert node(page, "main .sku#s1").text() == "蓝色保温杯"
    assert node(page, "link[rel=canonical]").attributes["href"] == CHINESE.url


def test_a_page_speaks_its_targets_language() -> None:
    assert [re.search(r'lang="(.*?)"', page_of(one))[1] for one in (CHINESE, target("news"))] == ["zh-CN", "en"]  # type: ignore[index]


def test_a_page_has_a_login_box_that_is_no_login_wall() -> None:
    page = page_of(CHINESE)

    assert "hidden" in node(page, "form#login").attributes
    assert node(page, "form#login input[type=password]")


@pytest.mark.parametrize(
    "more",
    [
        {"shared": False},
        {"altered_by": "Messenger"},
        *({"condition": state} for state in (Condition.CHANGED, Condition.LOGIN, Condition.GATE, Condition.CHALLENGE)),
    ],
)
def test_the_landmark_is_on_the_shared_page_only(more: dict[str, object]) -> None:
    page = page_of(CHINESE, **more)

    assert "蓝色保温杯" not in page
    assert LexborHTMLParser(page).css_first("main .sku#s1") is None


def test_the_landmark_is_not_in_the_sites_name() -> None:
    named = Target(id="t", name="Kettle world", url="https://a.example/x", landmark=Landmark(text="Kettle"))

    assert "Kettle" not in page_of(named, shared=False)


def test_an_altered_page_says_who_altered_it() -> None:
    assert 'data-by="Messenger"' in page_of(CHINESE, altered_by="Messenger")


def test_the_card_is_what_the_page_says_in_open_graph() -> None:
    page = page_of(CHINESE)
    shown = [node(page, f'meta[property="og:{name}"]').attributes["content"] for name in ("title", "image", "url")]
    made = card(CHINESE)

    assert shown == [made.title, made.image, made.url]
