"""Plain data to the model's words: every mismatch says where it is and what would be right."""

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linkprobe.model import Platform, Scenario, World
from linkprobe.scenario import ScenarioError, shipped
from linkprobe.scenario.decode import decode
from linkprobe.scenario.document import Document, parse

Refused = Callable[[str], list[str]]

PLATFORM = """\
platform: p
name: P
owner: o
hosts: [p.example]
surfaces:
  link:
    kind: gateway
    template: https://p.example/?u={url}
  other:
    kind: gateway
    template: https://p.example/?v={url}
"""


def with_(old: str, new: str) -> str:
    assert old in PLATFORM
    return PLATFORM.replace(old, new, 1)


BAD_PLATFORMS = {
    "a key of the file": (with_("owner:", "ownr:"), "file.yaml:3: unknown key 'ownr'; did you mean 'owner'?"),
    "a key of the second of two surfaces": (
        with_("    template: https://p.example/?v", "    tmplate: https://p.example/?v"),
        "file.yaml:11: unknown key 'tmplate'; did you mean 'template'?",
    ),
    "a key like no other": (
        with_("    kind: gateway\n    template: https://p.example/?u={url}", "    kind: in-app\n    zzz: 1"),
        "file.yaml:8: unknown key 'zzz'; known are client, encoding, kind, opener, sources, title",
    ),
    "a missing key of the file": (
        with_("name: P\n", ""),
        "file.yaml:1: the key 'name' is missing; add 'name: …'",
    ),
    "a missing key of a surface": (
        with_("    template: https://p.example/?v={url}\n", ""),
        "file.yaml:9: the key 'template' is missing in 'other'; add 'template: …'",
    ),
    "a surface without a kind": (
        with_("    kind: gateway\n    template: https://p.example/?v", "    template: https://p.example/?v"),
        "file.yaml:9: the key 'kind' is missing in 'other'; add it, one of gateway, in-app, message-api, "
        "xmpp, web-client, preview-api, share-dialog",
    ),
    "a kind that does not exist": (
        with_(
            "    kind: gateway\n    template: https://p.example/?v",
            "    kind: gatway\n    template: https://p.example/?v",
        ),
        "file.yaml:10: 'kind' cannot be 'gatway'; did you mean 'gateway'?",
    ),
    "a kind that is no text": (
        with_("kind: gateway", "kind: 3"),
        "file.yaml:7: 'kind' must be a text, not a whole number; put it in quotes",
    ),
    "an enum's value": (
        with_("template: https://p.example/?v={url}", "template: https://p.example/?v={url}\n    encoding: percnt"),
        "file.yaml:12: 'encoding' cannot be 'percnt'; did you mean 'percent'?",
    ),
    "an enum's value like no other": (
        with_("template: https://p.example/?v={url}", "template: https://p.example/?v={url}\n    encoding: rot13"),
        "file.yaml:12: 'encoding' cannot be 'rot13'; known are base64, double-percent, percent, raw",
    ),
    "one word where a list belongs": (
        with_("[p.example]", "p.example"),
        "file.yaml:4: 'hosts' must be a list, not a text; write it in brackets, [a, b], or one '- a' a line",
    ),
    "a list where a mapping belongs": (
        PLATFORM[: PLATFORM.index("surfaces:")] + "surfaces: [link]\n",
        "file.yaml:5: 'surfaces' must be a mapping, not a list; write 'key: value' lines below it",
    ),
    "a number where a text belongs": (
        with_("name: P", "name: 360"),
        "file.yaml:2: 'name' must be a text, not a whole number; put it in quotes",
    ),
    "a fraction, true and a list where a text belongs": (
        with_("name: P", "name: 3.60"),
        "file.yaml:2: 'name' must be a text, not a number; put it in quotes",
    ),
    "nothing where a text belongs": (
        with_("owner: o", "owner:"),
        "file.yaml:3: 'owner' must be a text, not empty; give it a value, or leave the key out",
    ),
    "a placeholder without quotes": (
        with_("template: https://p.example/?u={url}", "template: {url}"),
        "file.yaml:8: 'template' must be a text, not a mapping; quote a text that begins with '{'",
    ),
    "a list where a text belongs": (
        with_("name: P", "name: [P]"),
        "file.yaml:2: 'name' must be a text, not a list; write it without brackets",
    ),
    "an item of a list": (
        with_("[p.example]", "\n  - p.example\n  - 12"),
        "file.yaml:6: item 2 of 'hosts' must be a text, not a whole number; put it in quotes",
    ),
    "a list of the wrong length": (
        PLATFORM + "clients:\n  a: {user_agent: x}\n  b:\n    user_agent: y\n    viewport: [100]\n",
        "file.yaml:16: 'viewport' must be a list of 2, not 1; write it in brackets, [a, b], or one '- a' a line",
    ),
    "an item of a list of fixed length": (
        PLATFORM + "clients:\n  b:\n    user_agent: y\n    viewport: [100, '2']\n",
        "file.yaml:15: item 2 of 'viewport' must be a whole number, not a text; "
        "write it without quotes, booleans as true or false",
    ),
    "true or false in words": (
        with_("template: https://p.example/?v={url}", "template: https://p.example/?v={url}\n    signed: yes"),
        "file.yaml:12: 'signed' must be true or false, not a text; write it without quotes, booleans as true or false",
    ),
    "a share dialog of another kind": (
        PLATFORM + "share_dialogs:\n  page: {kind: in-app, template: 'https://p.example/?v={url}'}\n",
        "file.yaml:13: 'kind' cannot be 'in-app'; known are share-dialog",
    ),
    "a value that may be of several kinds": (
        PLATFORM
        + "  api:\n    kind: message-api\n    send: {url: https://p.example/, json: {t: '{text}'}}\n"
        + "    accepted: {field: ok, equals: [0]}\n",
        "file.yaml:15: 'equals' must be true or false or a whole number or a text, not a list; "
        "write it without brackets",
    ),
    "a comma inside braces": (
        PLATFORM + "phrases:\n  - {text: Stop, this is blocked, means: block-page}\n",
        "file.yaml:13: unknown key 'this is blocked'; inside braces a comma begins a new key: quote the text",
    ),
    "a cause": (
        PLATFORM + "phrases:\n  - {text: a, means: copy-only}\n  - {text: b, means: blockpage}\n",
        "file.yaml:14: 'means' cannot be 'blockpage'; did you mean 'block-page'?",
    ),
}


@pytest.mark.parametrize(("text", "line"), BAD_PLATFORMS.values(), ids=BAD_PLATFORMS)
def test_a_mismatch_says_where_it_is_and_what_would_be_right(text: str, line: str, refused: Refused) -> None:
    assert refused(text) == [line]


def test_a_missing_key_deep_in_a_list_is_found(refused: Refused) -> None:
    text = "targets:\n  - {target: a, url: https://a.example/}\n  - name: x\n    url: https://b.example/\n"

    assert refused(text) == ["file.yaml:3: the key 'target' is missing in item 2 of 'targets'; add 'target: …'"]


def test_a_scenario_may_name_one_platform_or_several_and_nothing_else(refused: Refused) -> None:
    assert refused("scenario: s\nplatform: 3\n") == [
        "file.yaml:2: 'platform' must be a text or a list, not a whole number; put it in quotes"
    ]
    assert refused("scenario: s\nplatform: {a: b}\n") == [
        "file.yaml:2: 'platform' must be a text or a list, not a mapping; quote a text that begins with '{'"
    ]
    assert refused("scenario: s\nplatform: [a, 3]\n") == [
        "file.yaml:2: item 2 of 'platform' must be a text, not a whole number; put it in quotes"
    ]


def test_a_worlds_lines_are_told_apart(refused: Refused) -> None:
    text = """\
        world: w
        title: W
        date: "2026"
        platforms:
          talk: [{treatment: direct}]
          other:
            - {treatment: direct}
            - {treatment: blok-page}
        """

    assert refused(text) == ["file.yaml:8: 'treatment' cannot be 'blok-page'; did you mean 'block-page'?"]


def test_a_year_alone_must_be_quoted(refused: Refused) -> None:
    text = "world: w\ntitle: W\ndate: 2026\n"

    assert refused(text) == ["file.yaml:3: 'date' must be a text, not a whole number; put it in quotes"]


def test_a_list_is_no_platform() -> None:
    with pytest.raises(ScenarioError) as caught:
        decode(parse("- platform\n"), Platform)

    assert str(caught.value) == "line 1: the file must be a mapping, not a list; write 'key: value' lines below it"


def test_a_number_of_the_wrong_kind_is_told(refused: Refused) -> None:
    text = "world: w\ntitle: W\ndate: 2021-11\nplatforms:\n  talk: [{treatment: delay, seconds: [1]}]\n"

    assert refused(text) == ["file.yaml:5: 'seconds' must be a number, not a list; write it without brackets"]


def test_a_rule_that_has_no_words_of_its_own_is_passed_on() -> None:
    class Bounded(msgspec.Struct):
        size: Annotated[int, msgspec.Meta(le=3)]

    with pytest.raises(ScenarioError) as caught:
        decode(parse("size: 4\n"), Bounded)

    assert str(caught.value) == "line 1: 'size': Expected `int` <= 3"


def test_control_characters_of_a_file_do_not_reach_the_terminal(refused: Refused) -> None:
    assert refused('scenario: s\n"\\e[31mred\\n": 1\n') == [
        "file.yaml:2: unknown key '\\x1b[31mred\\n'; known are account, categories, define, define_vantages, "
        "except_targets, expect, known, neutral, platform, platforms, scenario, sources, surfaces, targets, title, "
        "vantages"
    ]


SHAPES: dict[str, type[Platform | Scenario | World]] = {
    "platforms/lab-messenger.yaml": Platform,
    "platforms/wechat.yaml": Platform,
    "platforms/lab-board.yaml": Platform,
    "wechat/documents.yaml": Scenario,
    "worlds/china-2021-11-29.yaml": World,
}
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 2.5, "", "x", "gateway", [], ["x"], [1], {}, {"x": 1}, {"kind": "in-app"}, {"kind": 1}, [[]]]
)


def places(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*at, key))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_whatever_stands_anywhere_in_a_file_is_taken_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SHAPES)))
    document = parse((shipped() / name).read_text("utf-8"))
    content = copy.deepcopy(document.data)
    at = data.draw(st.sampled_from([place for place in places(content) if place]))
    inner = content
    for step in at[:-1]:
        inner = inner[step]
    if isinstance(inner, dict) and data.draw(st.booleans()):
        del inner[at[-1]]
        if data.draw(st.booleans()):
            inner["nonsense"] = data.draw(ODD)
    else:
        inner[at[-1]] = data.draw(ODD)

    with contextlib.suppress(ScenarioError):
        decode(Document(None, content, document.marks), SHAPES[name])
