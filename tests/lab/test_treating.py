from typing import Any

import pytest

from linkprobe.lab.treating import can_act, condition, gates, stripped, treats
from linkprobe.model import (
    Condition,
    Gateway,
    HttpCall,
    InApp,
    Is,
    MessageApi,
    Platform,
    PreviewApi,
    Surface,
    Target,
    Treatment,
    Treats,
    World,
)

SURFACES: dict[str, Surface] = {
    "link": Gateway(template="https://a.example/?u={url}"),
    "chat": InApp(),
    "bot": MessageApi(send=HttpCall(url="https://a.example/send", json={"text": "{text}"})),
    "preview": PreviewApi(call=HttpCall(url="https://a.example/preview?u={url}", method="GET")),
}
PLATFORM = Platform(id="p", name="P", owner="o", hosts=("a.example",), surfaces=SURFACES)
ITEM = Target(id="item", url="https://b.example/item?id=1&from=x", owner="rival", category="shopping")
OWN = Target(id="own", url="https://c.example/item?id=2", owner="o", category="shopping")
CANARY = Target(id="canary", url="https://d.example/", canary=True)
BLOCK = Treatment.BLOCK_PAGE


def world(*lines: Treats, targets: tuple[Is, ...] = ()) -> World:
    return World(id="w", title="", date="", platforms={"p": lines}, targets=targets)


def treatment_of(made: World, target: Target = ITEM, surface: str = "link", **more: Any) -> Treatment:
    return treats(made, PLATFORM, surface, target, more.pop("vantage", "here"), **more).treatment


def test_a_link_no_line_names_is_direct() -> None:
    assert treatment_of(world()) is Treatment.DIRECT


def test_a_later_line_wins() -> None:
    made = world(Treats(treatment=BLOCK), Treats(treatment=Treatment.SHIM))

    assert treatment_of(made) is Treatment.SHIM


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (Treats(treatment=BLOCK, targets=("item",)), True),
        (Treats(treatment=BLOCK, targets=("other",)), False),
        (Treats(treatment=BLOCK, categories=("shopping",)), True),
        (Treats(treatment=BLOCK, owners=("rival",)), True),
        (Treats(treatment=BLOCK, roles=("rival",)), True),
        (Treats(treatment=BLOCK, roles=("neutral",)), False),
        (Treats(treatment=BLOCK, targets=("other",), owners=("rival",)), True),
        (Treats(treatment=BLOCK, surfaces=("chat",)), False),
        (Treats(treatment=BLOCK, vantages=("abroad",)), False),
    ],
)
def test_a_line_applies_to_what_it_names(line: Treats, named: bool) -> None:
    assert (treatment_of(world(line)) is BLOCK) is named


def test_a_target_without_owner_is_in_no_owners_list() -> None:
    assert treatment_of(world(Treats(treatment=BLOCK, owners=("",))), CANARY) is Treatment.DIRECT


def test_a_flapping_line_leaves_every_second_probe_to_the_lines_before_it() -> None:
    made = world(Treats(treatment=Treatment.SHIM), Treats(treatment=BLOCK, flap=True))

    assert [treatment_of(made, odd=True), treatment_of(made, odd=False)] == [BLOCK, Treatment.SHIM]


def test_a_platform_that_is_down_is_down_for_every_link() -> None:
    made = world(Treats(treatment=Treatment.PLATFORM_DOWN, targets=("other",)), Treats(treatment=BLOCK))

    assert treatment_of(made) is Treatment.PLATFORM_DOWN


@pytest.mark.parametrize(
    ("treatment", "surfaces"),
    [
        (Treatment.NO_CARD, {"bot", "preview"}),
        (Treatment.SEND_REFUSED, {"bot", "preview"}),
        (Treatment.SILENT_DROP, {"bot"}),
        (Treatment.ALTER, {"chat"}),
        (Treatment.COPY_ONLY, {"link", "chat", "bot"}),
        (Treatment.PLATFORM_DOWN, {"link", "chat", "bot", "preview"}),
    ],
)
def test_a_treatment_acts_where_it_can(treatment: Treatment, surfaces: set[str]) -> None:
    line = Treats(treatment=treatment)

    assert {name for name, surface in SURFACES.items() if can_act(line, PLATFORM, surface, ITEM)} == surfaces


def test_the_platforms_own_product_is_not_rewritten_to_itself() -> None:
    assert treatment_of(world(Treats(treatment=Treatment.REWRITE_TO_SELF)), OWN) is Treatment.DIRECT


def test_nothing_is_stripped_from_a_bare_address() -> None:
    assert treatment_of(world(Treats(treatment=Treatment.STRIP_PARAMETERS)), CANARY) is Treatment.DIRECT


@pytest.mark.parametrize(
    ("url", "parameters", "left"),
    [
        ("https://b.example/item?id=1&from=x#top", (), "https://b.example/item"),
        ("https://b.example/item?id=1&from=x", ("from",), "https://b.example/item?id=1"),
        ("https://b.example/item?id=1", ("from",), "https://b.example/item?id=1"),
        ("https://b.example/a/b", (), "https://b.example/"),
        ("https://b.example/", (), "https://b.example/"),
    ],
)
def test_stripping_takes_parameters_and_then_the_path(url: str, parameters: tuple[str, ...], left: str) -> None:
    assert stripped(url, parameters) == left


def test_the_last_condition_that_names_a_target_holds() -> None:
    made = world(
        targets=(
            Is(condition=Condition.SLOW),
            Is(condition=Condition.LOGIN, targets=("item",)),
            Is(condition=Condition.GATE, targets=("item",), vantages=("abroad",)),
        )
    )
    seen = [condition(made, target, vantage).condition for target in (ITEM, OWN) for vantage in ("here", "abroad")]

    assert seen == [Condition.LOGIN, Condition.GATE, Condition.SLOW, Condition.SLOW]


def test_a_gate_turns_away_the_agents_it_names_or_everybody() -> None:
    named, everybody = Is(condition=Condition.GATE, agents=("Messenger",)), Is(condition=Condition.GATE)

    assert [gates(named, "Messenger/1"), gates(named, "Chrome"), gates(everybody, "Chrome")] == [True, False, True]
