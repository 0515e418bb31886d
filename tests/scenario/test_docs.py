"""The guide for writers of scenarios: its examples load, and it leaves no key out."""

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from linkprobe.model import (
    About,
    Accepted,
    Bridge,
    CardField,
    CardFields,
    Client,
    Condition,
    Deed,
    Encoding,
    Gateway,
    HttpCall,
    InApp,
    Is,
    Known,
    Landmark,
    Login,
    MessageApi,
    Obligation,
    Phrase,
    Plane,
    Platform,
    Policy,
    PreviewApi,
    ReadBack,
    Refusal,
    Role,
    Scenario,
    ShareDialog,
    Signature,
    Signing,
    Source,
    Stage,
    Standing,
    Step,
    Sure,
    Target,
    Treatment,
    Treats,
    Vantage,
    Verdict,
    Viewer,
    WebClient,
    World,
    XmppAccount,
    XmppChat,
)
from linkprobe.scenario import Catalogue, faults

GUIDE = Path(__file__).parents[2] / "docs" / "scenarios.md"
Write = Callable[[str, str], Path]

WORDS: list[type[msgspec.Struct]] = [
    *(
        Accepted,
        Bridge,
        CardFields,
        Client,
        Gateway,
        HttpCall,
        InApp,
        Is,
        Known,
        Landmark,
        Login,
        MessageApi,
        Signature,
    ),
    *(
        Obligation,
        Phrase,
        Policy,
        Stage,
        Platform,
        PreviewApi,
        ReadBack,
        Refusal,
        Scenario,
        ShareDialog,
        Source,
        Step,
        Target,
        Treats,
        Vantage,
        WebClient,
        World,
        XmppAccount,
        XmppChat,
    ),
]
VALUES = [About, CardField, Condition, Deed, Encoding, Plane, Role, Signing, Standing, Sure, Treatment, Verdict, Viewer]


def examples() -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_the_guide_shows_every_kind_of_file_and_surface() -> None:
    text = "\n".join(examples())

    for key in (
        "scenario:",
        "platform:",
        "targets:",
        "vantages:",
        "world:",
        "opener:",
        "read:",
        "proxy:",
        "headers:",
        "policy:",
    ):
        assert re.search(rf"^\W*.*\b{key}", text, re.MULTILINE), key
    kinds = {"gateway", "in-app", "message-api", "preview-api", "web-client", "xmpp"}
    assert set(re.findall(r"kind: ([\w-]+)", text)) == kinds


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.split("\n")[0])
def test_every_example_of_the_guide_loads(example: str, write: Write, shipped_catalogue: Catalogue) -> None:
    assert faults(write("example.yaml", example), shipped_catalogue) == ()


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.__name__)
def test_the_guide_explains_every_key(word: type[msgspec.Struct]) -> None:
    explained = set(re.findall(r"`([\w-]+)`", GUIDE.read_text("utf-8")))

    assert {field.encode_name for field in msgspec.structs.fields(word)} - explained == set()


@pytest.mark.parametrize("values", VALUES, ids=lambda values: values.__name__)
def test_the_guide_lists_every_value(values: type[Treatment]) -> None:
    explained = set(re.findall(r"`([\w-]+)`", GUIDE.read_text("utf-8")))

    assert {value.value for value in values} - explained == set()


def test_the_guide_links_to_its_own_headings() -> None:
    text = GUIDE.read_text("utf-8")
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}

    assert set(re.findall(r"\]\(#([\w-]+)\)", text)) <= headings
