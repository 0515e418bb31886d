from typing import Any

import pytest

from linkprobe.model import Cause, Cell, Fairness, Obligation, Plane, Policy, Role, Stage, Standing, Verdict
from linkprobe.policy import Assessment, Outcome, assess

DAY = "2021-11-29"
V, C = Verdict, Cause


def cell(target: str = "rival", verdict: Verdict = V.OPEN, **more: Any) -> Cell:
    given: dict[str, Any] = {
        "platform": "p",
        "surface": "chat",
        "url": f"https://{target}.example/",
        "vantage": "here",
        "category": "shopping",
        "role": Role.RIVAL,
    }
    return Cell(target=target, verdict=verdict, **{**given, **more})


def blocked(target: str = "rival", **more: Any) -> Cell:
    return cell(target, V.SHIELDED, causes=(C.BLOCK_PAGE,), **more)


def canary(**more: Any) -> Cell:
    return cell("canary", role=Role.CANARY, **more)


def policy(*stages: Stage) -> Policy:
    return Policy(id="rule", title="", standing=Standing.PRESS_REPORTED, stages=stages)


def stage(*obligations: Obligation, **more: Any) -> Stage:
    return Stage(**{"id": "first", "title": "", "since": "2021-09-17", **more}, obligations=obligations)


def owed(**more: Any) -> Obligation:
    return Obligation(id="owed", title="What is owed", **more)


def one(obligation: Obligation, *cells: Cell, on: str = DAY) -> Assessment:
    (found,) = assess(policy(stage(obligation)), on, cells)
    return found


@pytest.mark.parametrize(
    ("obligation", "kept", "broken"),
    [
        (owed(owes=V.OPEN), cell(), cell(verdict=V.DEGRADED)),
        (
            owed(owes=V.OPEN, plane=Plane.OPEN),
            cell(verdict=V.DEGRADED, planes={Plane.OPEN: V.OPEN, Plane.DISPLAY: V.DEGRADED}),
            cell(planes={Plane.OPEN: V.SHIELDED}),
        ),
        (owed(forbids=(C.COPY_ONLY, C.BLOCK_PAGE)), cell(verdict=V.DEGRADED, causes=(C.DELAYED,)), blocked()),
        (
            owed(forbids=(C.BLOCK_PAGE,), particular=True),
            blocked(fairness=(Fairness.UNIFORM,)),
            blocked(fairness=(Fairness.DISCRIMINATORY,)),
        ),
        (
            owed(safety=True),
            canary(verdict=V.SHIELDED, fairness=(Fairness.JUSTIFIED,)),
            canary(fairness=(Fairness.UNSAFE,)),
        ),
    ],
    ids=["verdict", "plane", "causes", "particular", "safety"],
)
def test_an_obligation_is_met_or_breached_by_what_the_cell_shows(
    obligation: Obligation, kept: Cell, broken: Cell
) -> None:
    assert [one(obligation, each).outcome for each in (kept, broken)] == [Outcome.MET, Outcome.BREACHED]


@pytest.mark.parametrize(
    ("fairness", "outcome"), [(Fairness.UNIFORM, Outcome.MET), (Fairness.DISCRIMINATORY, Outcome.BREACHED)]
)
def test_parity_is_breached_where_a_peer_fares_better(fairness: Fairness, outcome: Outcome) -> None:
    assert one(owed(parity=True), blocked(fairness=(fairness,)), cell("peer")).outcome is outcome


@pytest.mark.parametrize(
    "other",
    [
        cell("other", category="news"),
        cell("other", surface="group"),
        cell("other", vantage="abroad"),
        cell("other", verdict=V.INCONCLUSIVE),
        cell("other", role=Role.NEUTRAL),
        cell("rival", category="news"),
    ],
    ids=["of another kind", "on another surface", "elsewhere", "without a verdict", "the harmless link", "itself"],
)
def test_without_a_peer_nothing_is_known_of_parity(other: Cell) -> None:
    found = one(owed(parity=True, targets=("rival",)), blocked(), other)

    assert found.outcome is Outcome.NOT_TESTABLE


def test_the_platforms_own_product_is_everybodys_peer() -> None:
    own = cell("own", role=Role.OWN, category="news")

    assert one(owed(parity=True, targets=("rival",)), cell(), own).outcome is Outcome.MET


def test_what_forbids_something_as_well_needs_no_peer() -> None:
    assert one(owed(parity=True, forbids=(C.BLOCK_PAGE,)), blocked()).outcome is Outcome.BREACHED


def test_one_breach_is_enough_and_only_the_breaching_cells_are_shown() -> None:
    found = one(owed(forbids=(C.BLOCK_PAGE,)), cell("a"), blocked("b"), cell("c"))

    assert (found.outcome, [each.target for each in found.cells]) == (Outcome.BREACHED, ["b"])


def test_what_is_met_shows_the_cells_that_were_looked_at() -> None:
    assert [each.target for each in one(owed(parity=True), cell("a"), cell("b")).cells] == ["a", "b"]


@pytest.mark.parametrize(
    "mute",
    [cell(verdict=V.INCONCLUSIVE), cell(verdict=V.GATED), cell(verdict=V.SKIPPED), blocked(flapping=True)],
    ids=["inconclusive", "gated", "skipped", "flapping"],
)
def test_what_no_cell_shows_is_not_testable(mute: Cell) -> None:
    found = one(owed(forbids=(C.BLOCK_PAGE,)), mute)

    assert (found.outcome, found.cells, found.silent) == (Outcome.NOT_TESTABLE, (), (mute,))


def test_a_plane_that_was_not_reached_says_nothing() -> None:
    found = one(owed(owes=V.OPEN, plane=Plane.OPEN), cell(verdict=V.SHIELDED, planes={Plane.SEND: V.SHIELDED}))

    assert found.outcome is Outcome.NOT_TESTABLE


def test_an_obligation_about_cells_the_round_lacks_is_not_testable() -> None:
    assert one(owed(parity=True, surfaces=("group",)), cell()).outcome is Outcome.NOT_TESTABLE


def test_silent_cells_do_not_hide_a_breach() -> None:
    down = cell("other", V.DOWN)

    assert one(owed(owes=V.OPEN), down, blocked()).silent == (down,)


@pytest.mark.parametrize(
    ("on", "outcome"),
    [
        ("2021-09-16", Outcome.NOT_YET_DUE),
        ("2021-09-17", Outcome.BREACHED),
        ("2021-11-28", Outcome.BREACHED),
        ("2021-11-29", Outcome.LAPSED),
    ],
)
def test_a_stage_counts_from_its_day_to_the_day_before_it_ends(on: str, outcome: Outcome) -> None:
    rule = policy(stage(owed(forbids=(C.BLOCK_PAGE,)), until="2021-11-29"))

    assert [each.outcome for each in assess(rule, on, [blocked()])] == [outcome]


def test_what_is_not_yet_due_shows_the_cells_it_will_be_about() -> None:
    assert one(owed(forbids=(C.BLOCK_PAGE,)), blocked("a"), cell("b"), on="2021-01-01").cells == (
        blocked("a"),
        cell("b"),
    )


@pytest.mark.parametrize(
    ("narrowed", "seen"),
    [
        ({"surfaces": ("chat",)}, {"rival", "own"}),
        ({"targets": ("own",)}, {"own"}),
        ({"categories": ("news",)}, {"own"}),
        ({"roles": (Role.OWN,)}, {"own"}),
        ({"vantages": ("abroad",)}, set()),
        ({}, {"rival", "own"}),
    ],
)
def test_an_obligation_is_about_the_links_it_names(narrowed: dict[str, Any], seen: set[str]) -> None:
    found = one(owed(owes=V.OPEN, **narrowed), cell(), cell("own", category="news", role=Role.OWN))

    assert {each.target for each in found.cells} == seen


def test_only_safety_is_about_canaries_and_about_nothing_else() -> None:
    cells = (cell(), canary())

    assert [one(owed(owes=V.OPEN), *cells).cells, one(owed(safety=True), *cells).cells] == [(cell(),), (canary(),)]


def test_a_stage_is_about_the_platforms_it_names() -> None:
    rule = policy(stage(owed(parity=True), platforms=("q",)), stage(owed(parity=True), id="second"))
    found = assess(rule, DAY, [cell(), cell(platform="q")])

    assert [(each.platform, each.stage) for each in found] == [("p", "second"), ("q", "first"), ("q", "second")]


def test_the_footing_is_the_stages_own_where_it_has_one() -> None:
    rule = policy(stage(owed(parity=True)), stage(owed(parity=True), id="second", standing=Standing.SELF_MADE))
    found = assess(rule, DAY, [cell()])

    assert [each.standing for each in found] == [Standing.PRESS_REPORTED, Standing.SELF_MADE]


def test_a_round_without_cells_has_no_assessments() -> None:
    assert assess(policy(stage(owed(parity=True))), DAY, []) == ()
