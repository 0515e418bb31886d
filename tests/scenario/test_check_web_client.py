"""What a well-typed web client can still have wrong in itself."""

from collections.abc import Callable

import pytest

Refused = Callable[[str], list[str]]

WHOLE = """\
platform: p
name: P
owner: o
hosts: [p.example]
surfaces:
  room:
    kind: web-client
    address: ${MY_CHAT}/room
    sender: [{do: fill, at: "#name", text: "${MY_NAME}"}, {do: click, at: "#enter"}]
    receiver: [{do: press, at: "#name", text: Enter}, {do: wait, at: "#room"}]
    ready: "#joined"
    composer: textarea
    message: .row
    card: {at: .card}
"""
AS_ONE = "write a CSS selector, such as '.message a'"

BAD: dict[str, tuple[str, str, str]] = {
    "address": (
        "${MY_CHAT}/room",
        "chat",
        "file.yaml:8: the URL 'chat' does not begin with http:// or https://; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "message without the link": (
        "    ready:",
        '    text: "{token} look"\n    ready:',
        "file.yaml:11: the message does not carry the target; put {url} into it",
    ),
    "message without its word": (
        "    ready:",
        '    text: "{url}"\n    ready:',
        "file.yaml:11: the message does not carry the word by which it is recognised; put {token} into it",
    ),
    "selector of nothing": ("textarea", '" "', f"file.yaml:12: 'composer' is empty; {AS_ONE}"),
    "link of nothing": ("    card:", '    link: ""\n    card:', f"file.yaml:14: 'link' is empty; {AS_ONE}"),
    "step at nothing": ('at: "#enter"', 'at: ""', f"file.yaml:9: 'at' is empty; {AS_ONE}"),
    "nothing to fill in": (
        ', text: "${MY_NAME}"',
        "",
        "file.yaml:9: the step 'fill' needs a text; add 'text:', what is to be filled in",
    ),
    "no key to press": (
        ", text: Enter",
        "",
        "file.yaml:10: the step 'press' needs a text; add 'text:', the key to press, such as Enter",
    ),
    "text of a click": (
        "do: click,",
        "do: click, text: x,",
        "file.yaml:9: the step 'click' takes no text; leave it out",
    ),
    "card nowhere": (".card", '""', f"file.yaml:14: 'at' of the card is empty; {AS_ONE}"),
    "no time for the card": (
        "    card:",
        "    card_within: 0\n    card:",
        "file.yaml:14: no time to look for the card; give the seconds to wait, such as 10",
    ),
    "no time": (
        "    card:",
        "    within: 0\n    card:",
        "file.yaml:14: no time to look for the message; give the seconds to wait, such as 10",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_named_with_its_line_and_the_remedy(case: str, refused: Refused) -> None:
    was, becomes, fault = BAD[case]
    assert was in WHOLE

    assert refused(WHOLE.replace(was, becomes, 1)) == [fault]


def test_a_whole_one_is_taken(refused: Refused) -> None:
    assert refused(WHOLE) == []


def test_a_client_without_cards_is_taken(refused: Refused) -> None:
    assert refused(WHOLE.replace("    card: {at: .card}\n", "")) == []
