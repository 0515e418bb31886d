from typing import Any, TypeAlias

import pytest

from linkprobe.lab.truth import Truth, truth
from linkprobe.model import (
    CardFields,
    Case,
    Cause,
    Client,
    Condition,
    Fairness,
    Gateway,
    HttpCall,
    InApp,
    Is,
    Landmark,
    MessageApi,
    Platform,
    PreviewApi,
    ReadBack,
    ShareDialog,
    Surface,
    Target,
    Treatment,
    Treats,
    Vantage,
    Verdict,
    Viewer,
    World,
)
from linkprobe.scenario import Catalogue, load_scenarios, shipped

SEND = HttpCall(url="https://a.example/send", json={"text": "{text}"})
READ = HttpCall(url="https://a.example/read", method="GET")
BEARING = HttpCall(url="https://a.example/x", headers={"A": "${ONE}"}, json={"text": "{text}"})
BEARING_TOO = HttpCall(url="https://a.example/y", headers={"A": "${TWO}"})
SURFACES: dict[str, Surface] = {
    "link": Gateway(template="https://a.example/?u={url}"),
    "minted": Gateway(template="https://a.example/m?u={url}", signed=True),
    "chat": InApp(client="app"),
    "bot": MessageApi(send=SEND, read=ReadBack(call=READ, card=CardFields(), later=2)),
    "plain-bot": MessageApi(send=SEND, read=ReadBack(call=READ)),
    "deaf-bot": MessageApi(send=SEND),
    "preview": PreviewApi(call=READ),
    "own-bot": MessageApi(send=SEND, read=ReadBack(call=READ, viewer=Viewer.SENDER)),
    "same-bot": MessageApi(send=BEARING, read=ReadBack(call=BEARING, card=CardFields())),
    "other-bot": MessageApi(send=BEARING, read=ReadBack(call=BEARING_TOO)),
}
PLATFORM = Platform(
    id="p",
    name="P",
    owner="o",
    hosts=("a.example",),
    clients={"app": Client(user_agent="Messenger/1")},
    crawlers={"preview": Client(user_agent="Fetcher/1")},
    surfaces=SURFACES,
    share_dialogs={"share": ShareDialog(template="https://a.example/share?u={url}")},
)
RIVAL = Target(id="rival", url="https://b.example/item?id=1", category="shopping", landmark=Landmark(text="Item"))
PEER = Target(id="peer", url="https://c.example/item?id=1", category="shopping")
STRANGER = Target(id="stranger", url="https://e.example/", category="news")
OWN = Target(id="own", url="https://d.example/item?id=1", category="news", owner="o")
NEUTRAL = Target(id="neutral", url="https://n.example/?a=1", category="shopping", neutral=True)
CANARY = Target(id="canary", url="https://m.example/?a=1", canary=True)
T: TypeAlias = Treatment
C: TypeAlias = Cause
V: TypeAlias = Verdict
EVERY = tuple(Treatment)


def case(surface: str = "link", target: Target = RIVAL, neutral: Target | None = NEUTRAL) -> Case:
    return Case(
        scenario="s", platform=PLATFORM, surface_id=surface, target=target, neutral=neutral, vantage=Vantage(id="here")
    )


def world(*lines: Treats, targets: tuple[Is, ...] = ()) -> World:
    return World(id="w", title="", date="", platforms={"p": lines}, targets=targets)


def for_rival(treatment: Treatment, **more: Any) -> Treats:
    return Treats(treatment=treatment, targets=("rival",), **more)


def told(made: World, where: Case) -> tuple[Verdict, tuple[Cause, ...]]:
    found = truth(made, where)
    return found.verdict, found.causes


@pytest.mark.parametrize(
    ("treatment", "verdict", "cause"),
    [
        (T.DIRECT, V.OPEN, None),
        (T.SHIM, V.OPEN, None),
        (T.SHIM_SCRIPT, V.OPEN, None),
        (T.SHIM_META, V.OPEN, None),
        (T.ADD_PARAMETERS, V.OPEN, C.ADDED_PARAMETERS),
        (T.STRIP_PARAMETERS, V.DEGRADED, C.STRIPPED_PARAMETERS),
        (T.DELAY, V.DEGRADED, C.DELAYED),
        (T.INTERSTITIAL_AUTO, V.DEGRADED, C.INTERSTITIAL_AUTO),
        (T.INTERSTITIAL_CLICK, V.DEGRADED, C.INTERSTITIAL_CLICK),
        (T.COPY_ONLY, V.DEGRADED, C.COPY_ONLY),
        (T.LOGIN_WALL, V.DEGRADED, C.LOGIN_WALL),
        (T.APP_WALL, V.DEGRADED, C.APP_WALL),
        (T.CHALLENGE, V.DEGRADED, C.CHALLENGE),
        (T.REWRITE_TO_SELF, V.DEGRADED, C.REWRITTEN_TO_SELF),
        (T.BLOCK_PAGE, V.SHIELDED, C.BLOCK_PAGE),
        (T.DEAD_CLICK, V.SHIELDED, C.DEAD_CLICK),
        (T.RESET, V.SHIELDED, C.NEVER_ARRIVED),
        (T.PLATFORM_DOWN, V.INCONCLUSIVE, None),
    ],
)
@pytest.mark.parametrize("surface", ["link", "chat", "bot"])
def test_a_treatment_of_this_link_only(treatment: T, verdict: V, cause: C | None, surface: str) -> None:
    assert told(world(for_rival(treatment)), case(surface)) == (verdict, (cause,) if cause else ())


@pytest.mark.parametrize(
    ("treatment", "verdict", "cause"),
    [
        (T.SEND_REFUSED, V.SHIELDED, C.SEND_REFUSED),
        (T.SILENT_DROP, V.SHIELDED, C.SILENTLY_DROPPED),
        (T.REPLACE_CONTENT, V.SHIELDED, C.CONTENT_REPLACED),
        (T.REMOVE_LATER, V.SHIELDED, C.REMOVED_LATER),
        (T.PLAIN_TEXT, V.DEGRADED, C.PLAIN_TEXT),
        (T.NO_CARD, V.DEGRADED, C.NO_CARD),
        (T.STRIPPED_CARD, V.DEGRADED, C.STRIPPED_CARD),
    ],
)
def test_a_treatment_of_the_message(treatment: T, verdict: V, cause: C) -> None:
    assert told(world(for_rival(treatment)), case("bot")) == (verdict, (cause,))


@pytest.mark.parametrize(
    ("treatment", "verdict", "cause"),
    [
        (T.DIRECT, V.OPEN, None),
        (T.SHIM, V.OPEN, None),
        (T.NO_CARD, V.OPEN, None),
        (T.APP_WALL, V.OPEN, None),
        (T.LOGIN_WALL, V.INCONCLUSIVE, None),
        (T.CHALLENGE, V.INCONCLUSIVE, None),
        (T.PLATFORM_DOWN, V.INCONCLUSIVE, None),
        (T.BLOCK_PAGE, V.SHIELDED, C.SEND_REFUSED),
        (T.SEND_REFUSED, V.SHIELDED, C.SEND_REFUSED),
        (T.RESET, V.SHIELDED, C.SEND_REFUSED),
        (T.REPLACE_CONTENT, V.SHIELDED, C.CONTENT_REPLACED),
        (T.REWRITE_TO_SELF, V.SHIELDED, C.CONTENT_REPLACED),
        (T.STRIP_PARAMETERS, V.DEGRADED, C.STRIPPED_PARAMETERS),
    ],
)
def test_a_treatment_in_a_share_dialog(treatment: T, verdict: V, cause: C | None) -> None:
    assert told(world(for_rival(treatment)), case("share")) == (verdict, (cause,) if cause else ())


@pytest.mark.parametrize("treatment", [T.BLOCK_PAGE, T.REPLACE_CONTENT, T.LOGIN_WALL])
@pytest.mark.parametrize("neutral", [NEUTRAL, None])
def test_a_share_dialog_says_nothing_where_the_harmless_link_fares_alike(treatment: T, neutral: Target | None) -> None:
    assert told(world(Treats(treatment=treatment)), case("share", neutral=neutral)) == (V.INCONCLUSIVE, ())


@pytest.mark.parametrize("treatment", [T.NO_CARD, T.STRIPPED_CARD, T.REMOVE_LATER])
def test_what_a_surface_does_not_show_is_no_finding(treatment: T) -> None:
    assert told(world(for_rival(treatment)), case("plain-bot")) == (V.OPEN, ())


@pytest.mark.parametrize("treatment", [each for each in EVERY if each is not T.SEND_REFUSED])
def test_an_accepted_message_nobody_can_read_back_says_nothing(treatment: T) -> None:
    assert told(world(for_rival(treatment)), case("deaf-bot")) == (V.INCONCLUSIVE, ())


def test_a_refusal_needs_no_reading_back() -> None:
    assert told(world(for_rival(T.SEND_REFUSED)), case("deaf-bot")) == (V.SHIELDED, (C.SEND_REFUSED,))


@pytest.mark.parametrize("treatment", EVERY)
def test_a_link_only_the_platform_can_mint_says_nothing(treatment: T) -> None:
    assert told(world(for_rival(treatment)), case("minted"))[0] is V.INCONCLUSIVE


@pytest.mark.parametrize(
    ("treatment", "told_of"),
    [
        (T.DIRECT, (V.OPEN, ())),
        (T.NO_CARD, (V.DEGRADED, (C.NO_CARD,))),
        (T.STRIPPED_CARD, (V.DEGRADED, (C.STRIPPED_CARD,))),
        (T.SEND_REFUSED, (V.DEGRADED, (C.NO_CARD,))),
        (T.BLOCK_PAGE, (V.OPEN, ())),
        (T.PLATFORM_DOWN, (V.INCONCLUSIVE, ())),
    ],
)
def test_a_preview_has_a_card_or_none(treatment: T, told_of: tuple[V, tuple[C, ...]]) -> None:
    assert told(world(for_rival(treatment)), case("preview")) == told_of


@pytest.mark.parametrize("treatment", [T.LOGIN_WALL, T.CHALLENGE, T.RESET])
def test_a_wall_before_every_link_says_nothing(treatment: T) -> None:
    assert told(world(Treats(treatment=treatment)), case())[0] is V.INCONCLUSIVE


@pytest.mark.parametrize("treatment", [T.LOGIN_WALL, T.CHALLENGE])
def test_a_wall_without_a_harmless_link_to_compare_says_nothing(treatment: T) -> None:
    assert told(world(for_rival(treatment)), case(neutral=None))[0] is V.INCONCLUSIVE


def test_a_delay_of_every_link_is_no_finding() -> None:
    assert told(world(Treats(treatment=T.DELAY)), case()) == (V.OPEN, ())


def test_a_delay_nobody_notices_is_no_finding() -> None:
    assert told(world(for_rival(T.DELAY, seconds=0.2)), case()) == (V.OPEN, ())


def test_a_delay_that_others_do_not_notice_is_a_finding() -> None:
    made = world(Treats(treatment=T.DELAY, seconds=0.04), for_rival(T.DELAY, seconds=2.5))

    assert told(made, case()) == (V.DEGRADED, (C.DELAYED,))


def test_no_card_for_anybody_is_no_finding() -> None:
    assert told(world(Treats(treatment=T.NO_CARD)), case("bot")) == (V.OPEN, ())


@pytest.mark.parametrize(
    "state",
    [Condition.DOWN_DNS, Condition.DOWN_ERROR, Condition.DOWN_REFUSED, Condition.DOWN_RESET, Condition.DOWN_TIMEOUT],
)
def test_a_target_that_is_down_is_down_whatever_the_platform_does(state: Condition) -> None:
    made = world(Treats(treatment=T.BLOCK_PAGE), targets=(Is(condition=state, targets=("rival",)),))

    assert told(made, case()) == (V.DOWN, (C.TARGET_DOWN,))


@pytest.mark.parametrize("state", [Condition.UP, Condition.LOGIN, Condition.SLOW])
def test_what_a_target_does_to_everybody_is_open(state: Condition) -> None:
    assert told(world(targets=(Is(condition=state),)), case()) == (V.OPEN, ())


@pytest.mark.parametrize("state", [Condition.CHALLENGE, Condition.CHANGED])
def test_a_target_that_cannot_be_known_again_says_nothing(state: Condition) -> None:
    assert told(world(targets=(Is(condition=state),)), case())[0] is V.INCONCLUSIVE


def test_a_changed_target_without_landmark_is_as_good_as_another() -> None:
    assert told(world(targets=(Is(condition=Condition.CHANGED),)), case(target=PEER)) == (V.OPEN, ())


@pytest.mark.parametrize(
    ("surface", "agents", "treatment", "verdict"),
    [
        ("chat", ("Messenger",), T.DIRECT, V.GATED),
        ("chat", ("Messenger",), T.SHIM, V.GATED),
        ("link", ("Messenger",), T.DIRECT, V.OPEN),
        ("chat", ("Other",), T.DIRECT, V.OPEN),
        ("chat", ("Messenger",), T.BLOCK_PAGE, V.SHIELDED),
        ("chat", (), T.BLOCK_PAGE, V.GATED),
        ("preview", (), T.DIRECT, V.OPEN),
    ],
)
def test_a_target_that_turns_visitors_away_is_gated_once_they_get_there(
    surface: str, agents: tuple[str, ...], treatment: T, verdict: V
) -> None:
    made = world(for_rival(treatment), targets=(Is(condition=Condition.GATE, agents=agents),))

    assert told(made, case(surface))[0] is verdict


@pytest.mark.parametrize(
    ("surface", "treatment", "owed"),
    [
        ("bot", T.DIRECT, (V.OPEN, (Cause.BOT_DIVERGENCE,))),
        ("bot", T.NO_CARD, (V.OPEN, (Cause.BOT_DIVERGENCE,))),
        ("bot", T.COPY_ONLY, (V.DEGRADED, (Cause.COPY_ONLY,))),
        ("preview", T.STRIPPED_CARD, (V.OPEN, (Cause.BOT_DIVERGENCE,))),
        ("plain-bot", T.DIRECT, (V.OPEN, ())),
    ],
)
def test_a_card_that_the_target_withholds_from_the_fetcher_is_not_the_platforms(
    surface: str, treatment: T, owed: tuple[V, tuple[Cause, ...]]
) -> None:
    made = world(for_rival(treatment), targets=(Is(condition=Condition.GATE, agents=("Fetcher",)),))

    assert told(made, case(surface)) == owed


def test_a_drop_of_everything_looks_like_looking_in_the_wrong_place() -> None:
    assert told(world(Treats(treatment=T.SILENT_DROP)), case("bot")) == (V.INCONCLUSIVE, ())


def test_a_treatment_that_comes_and_goes_is_flapping() -> None:
    found = truth(world(for_rival(T.BLOCK_PAGE, flap=True)), case())

    assert (found.verdict, found.flapping, found.causes) == (V.INCONCLUSIVE, True, ())


def test_a_flapping_line_that_changes_nothing_is_not_flapping() -> None:
    found = truth(world(for_rival(T.COPY_ONLY), for_rival(T.COPY_ONLY, flap=True)), case())

    assert (found.verdict, found.flapping) == (V.DEGRADED, False)


@pytest.mark.parametrize(
    ("treatment", "fairness"),
    [
        (T.BLOCK_PAGE, (Fairness.JUSTIFIED,)),
        (T.INTERSTITIAL_CLICK, (Fairness.JUSTIFIED,)),
        (T.DIRECT, (Fairness.UNSAFE,)),
        (T.PLATFORM_DOWN, ()),
    ],
)
def test_a_canary_is_meant_to_be_stopped(treatment: T, fairness: tuple[Fairness, ...]) -> None:
    assert truth(world(Treats(treatment=treatment)), case(target=CANARY)).fairness == fairness


def fairness_of(made: World, *others: Target, neutral: Target | None = NEUTRAL) -> tuple[Fairness, ...]:
    cases = [case(target=target, neutral=neutral) for target in (RIVAL, *others)]
    return truth(made, cases[0], [*cases, case("chat", PEER)]).fairness


def test_what_meets_the_harmless_link_too_is_uniform() -> None:
    assert fairness_of(world(Treats(treatment=T.COPY_ONLY)), PEER) == (Fairness.UNIFORM,)


@pytest.mark.parametrize(
    ("other", "fairness"),
    [
        (PEER, (Fairness.DISCRIMINATORY,)),
        (OWN, (Fairness.DISCRIMINATORY,)),
        (STRANGER, ()),
        (NEUTRAL, ()),
        (CANARY, ()),
    ],
)
def test_a_peer_or_the_own_product_that_fares_better_makes_it_discriminatory(
    other: Target, fairness: tuple[Fairness, ...]
) -> None:
    assert fairness_of(world(for_rival(T.COPY_ONLY)), other) == fairness


def test_a_peer_that_fares_no_better_does_not() -> None:
    made = world(
        Treats(treatment=T.BLOCK_PAGE, categories=("shopping",)), Treats(treatment=T.DIRECT, roles=("neutral",))
    )

    assert fairness_of(made, PEER) == ()


def test_a_peer_of_whom_nothing_can_be_said_does_not() -> None:
    made = world(for_rival(T.COPY_ONLY), targets=(Is(condition=Condition.DOWN_DNS, targets=("peer",)),))

    assert fairness_of(made, PEER) == ()


def test_without_a_harmless_link_nothing_is_uniform() -> None:
    assert fairness_of(world(Treats(treatment=T.COPY_ONLY)), neutral=None) == ()


def test_the_harmless_link_is_no_measure_of_itself() -> None:
    made = world(Treats(treatment=T.COPY_ONLY))

    assert truth(made, case(target=NEUTRAL)).fairness == ()


def test_an_open_link_needs_no_fairness() -> None:
    assert fairness_of(world(), PEER) == ()


def test_noted_causes_are_allowed_and_not_demanded() -> None:
    found = truth(world(for_rival(T.INTERSTITIAL_CLICK, parameters=("flag",))), case())

    assert found == Truth(verdict=V.DEGRADED, causes=(C.INTERSTITIAL_CLICK,), may=(C.ADDED_PARAMETERS,))


@pytest.mark.parametrize("surface", ["own-bot", "same-bot"])
@pytest.mark.parametrize("treatment", [T.DIRECT, T.SHIM, T.NO_CARD])
def test_what_the_sender_alone_sees_well_says_nothing(surface: str, treatment: Treatment) -> None:
    made = world(Treats(treatment=treatment))

    assert told(made, case(surface)) == (V.INCONCLUSIVE, ())


@pytest.mark.parametrize("treatment", [T.SEND_REFUSED, T.SILENT_DROP, T.PLAIN_TEXT, T.BLOCK_PAGE])
def test_what_even_the_sender_sees_ill_stands(treatment: Treatment) -> None:
    made = world(for_rival(treatment))

    assert told(made, case("own-bot")) == told(made, case("other-bot"))


def test_another_account_sees_as_the_recipient() -> None:
    assert told(world(), case("other-bot")) == (V.OPEN, ())


@pytest.mark.parametrize("name", ["every-treatment", "china-2021-11-29"])
def test_the_shipped_worlds_and_what_their_scenarios_expect_agree(catalogue: Catalogue, name: str) -> None:
    made = catalogue.worlds[name]
    cases = load_scenarios([shipped() / scenario for scenario in made.scenarios], catalogue)
    known = [(each, each.known) for each in cases if each.known]

    assert len(known) > 20
    for each, expected in known:
        verdict, causes = told(made, each)
        assert verdict is expected.verdict, each.key
        assert not expected.causes or set(expected.causes) == set(causes), each.key
