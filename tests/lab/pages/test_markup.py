import pytest
from selectolax.lexbor import LexborHTMLParser

from linkprobe.lab.errors import LabError
from linkprobe.lab.pages.markup import Document, element, text


@pytest.mark.parametrize(
    "selector",
    [
        "article",
        "#main",
        ".card.wide",
        "div#a.b[data-x]",
        'meta[name="item-id"]',
        "ul.items > li.first a[href]",
        "article.message .text",
        "*",
        ".a, .b",
    ],
)
def test_an_element_is_found_by_the_selector_it_was_made_for(selector: str) -> None:
    page = LexborHTMLParser(Document(title="", body=element(selector, "here")).render())

    assert page.css_first(selector) is not None


def test_the_innermost_element_holds_the_text() -> None:
    title = LexborHTMLParser(element("section.card .title", text("<b> & c"))).css_first(".title")

    assert title is not None
    assert title.text() == "<b> & c"


@pytest.mark.parametrize("selector", ["", "a:hover", "a + b", ">"])
def test_a_selector_beyond_that_is_refused_in_one_line(selector: str) -> None:
    with pytest.raises(LabError, match="selector"):
        element(selector, "")
