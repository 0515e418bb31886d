"""What a well-typed XMPP chat can still have wrong in itself."""

from collections.abc import Callable

import pytest

Refused = Callable[[str], list[str]]

WHOLE = """\
platform: p
name: P
owner: o
hosts: [p.example]
surfaces:
  chat:
    kind: xmpp
    bosh: https://${MY_SERVER}/http-bind
    domain: ${MY_SERVER}
    room: links@rooms.${MY_SERVER}
    sender: {user: "${ONE}", password: "${ONE_PASSWORD}"}
    receiver: {user: "${OTHER}", password: "${OTHER_PASSWORD}"}
"""
SET = "write it as ${NAME}, and set NAME where the audit runs"

BAD: dict[str, tuple[str, str, str]] = {
    "address": (
        "https://${MY_SERVER}/http-bind",
        "wss://chat.example/ws",
        "file.yaml:8: the URL 'wss://chat.example/ws' does not begin with http:// or https://; "
        "write a whole URL such as https://www.example.com/path",
    ),
    "domain": (
        "domain: ${MY_SERVER}",
        "domain: anna@chat.example",
        "file.yaml:9: 'anna@chat.example' is no domain; write the server's domain, such as chat.example",
    ),
    "room": (
        "room: links@rooms.${MY_SERVER}",
        "room: links",
        "file.yaml:10: 'links' is no room's address; write it like links@rooms.chat.example",
    ),
    "message without the link": (
        "    sender:",
        '    text: "{token} look"\n    sender:',
        "file.yaml:11: the message does not carry the target; put {url} into it",
    ),
    "user without a name": (
        'user: "${ONE}"',
        'user: ""',
        "file.yaml:11: the user has no name; write ${NAME}, and set NAME where the audit runs",
    ),
    "password in the file": (
        '"${ONE_PASSWORD}"',
        "geheim",
        f"file.yaml:11: a password does not stand in a file; {SET}",
    ),
    "password of the receiver": (
        '"${OTHER_PASSWORD}"',
        '""',
        f"file.yaml:12: a password does not stand in a file; {SET}",
    ),
    "one account": (
        'user: "${OTHER}"',
        'user: "${ONE}"',
        "file.yaml:12: the receiver is the sender; name another: what a sender sees of his own message proves nothing",
    ),
    "no time": (
        "    sender:",
        "    within: 0\n    sender:",
        "file.yaml:11: no time to look for the message; give the seconds to wait, such as 5",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_wrong_is_named_with_its_line_and_the_remedy(case: str, refused: Refused) -> None:
    was, becomes, fault = BAD[case]
    assert was in WHOLE

    assert refused(WHOLE.replace(was, becomes, 1)) == [fault]


@pytest.mark.parametrize("room", ["links@rooms.${MY_SERVER}", "${MY_ROOM}", "${MY_ROOM}@rooms.chat.example"])
def test_a_whole_one_is_taken(room: str, refused: Refused) -> None:
    assert refused(WHOLE.replace("links@rooms.${MY_SERVER}", room)) == []


def test_one_without_a_room_is_taken(refused: Refused) -> None:
    assert refused(WHOLE.replace("    room: links@rooms.${MY_SERVER}\n", "")) == []
