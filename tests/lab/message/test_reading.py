"""What another viewer reads, where clients make the links and ask for the cards."""

import pytest

from linkprobe.lab.message.reading import Shown, as_html, as_json
from linkprobe.model import Card, CardFields, HttpCall, ReadBack
from linkprobe.probe.message.linkify import addresses

CALL = HttpCall(url="https://p.example/")
LINK = "https://shop.example/?a=1&b=2"
GATE = "https://p.example/go?c=1"
TEXT = f"w1 {LINK}"


@pytest.mark.parametrize(("link", "seen"), [(LINK, (LINK,)), (GATE, (GATE,)), ("", ())])
def test_where_clients_make_links_the_text_holds_the_live_one_or_none(link: str, seen: tuple[str, ...]) -> None:
    read = ReadBack(call=CALL, linkify=True)
    answer = as_json(read, [Shown("1", TEXT, link, LINK if link else "")])

    assert addresses(answer[0]["text"]) == seen


def test_where_links_are_declared_as_well_the_text_is_their_label() -> None:
    read = ReadBack(call=CALL, linkify=True, links="links")
    answer = as_json(read, [Shown("1", TEXT, GATE, LINK)])

    assert (answer[0]["text"], answer[0]["links"]) == (TEXT, [GATE])


def test_a_card_that_is_asked_for_separately_stands_in_no_message() -> None:
    read = ReadBack(call=CALL, card=CardFields(at="card"), preview=CALL)
    message = Shown("1", TEXT, LINK, LINK, Card("Title"))

    assert "card" not in as_json(read, [message])[0]
    assert "Title" not in as_html(read, [message])


def test_a_page_whose_readers_make_the_links_has_no_anchors() -> None:
    read = ReadBack(call=CALL, format="html", messages="article", text="p", linkify=True)

    assert "<a " not in as_html(read, [Shown("1", TEXT, LINK, LINK)])
