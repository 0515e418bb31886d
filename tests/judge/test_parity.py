"""Fairness: a finding against its peers, the owner's products, the neutral link, and canaries."""

import msgspec

from linkprobe.judge import fair
from linkprobe.model import Cause, Cell, Fairness, Finding, Plane, Role, Verdict

RIVAL = Cell(
    platform="platform",
    surface="chat",
    target="rival",
    url="https://rival.example/",
    vantage="here",
    category="shopping",
    role=Role.RIVAL,
    verdict=Verdict.OPEN,
)


def cell(target: str, cause: Cause | None = None, *, uniform: bool | None = None, **rest: object) -> Cell:
    if cause is None:
        return msgspec.structs.replace(RIVAL, target=target, **rest)
    finding = Finding(plane=Plane.OPEN, cause=cause, rule="rule", evidence="seen", uniform=uniform)
    found = msgspec.structs.replace(
        RIVAL, target=target, verdict=cause.facts.verdict, causes=(cause,), findings=(finding,)
    )
    return msgspec.structs.replace(found, **rest)


def fairness(first: Cell, *others: Cell) -> tuple[Fairness, ...]:
    return fair((first, *others))[0].fairness


BLOCKED = cell("blocked", Cause.BLOCK_PAGE, uniform=False)


def test_a_block_where_a_peer_of_its_category_opens_is_discriminatory() -> None:
    assert fairness(BLOCKED, cell("peer")) == (Fairness.DISCRIMINATORY,)


def test_a_block_where_a_peer_only_meets_a_warning_is_discriminatory() -> None:
    assert fairness(BLOCKED, cell("peer", Cause.INTERSTITIAL_CLICK)) == (Fairness.DISCRIMINATORY,)


def test_a_peer_treated_alike_proves_nothing() -> None:
    assert fairness(BLOCKED, cell("peer", Cause.BLOCK_PAGE)) == ()


def test_a_peer_of_another_category_is_none() -> None:
    assert fairness(BLOCKED, cell("other", category="news")) == ()


def test_a_peer_on_another_surface_or_at_another_vantage_is_none() -> None:
    assert fairness(BLOCKED, cell("other", surface="group"), cell("third", vantage="there")) == ()


def test_the_owners_product_of_any_category_is_a_peer() -> None:
    assert fairness(BLOCKED, cell("own", category="news", role=Role.OWN)) == (Fairness.DISCRIMINATORY,)


def test_a_peer_without_a_verdict_is_none() -> None:
    assert fairness(BLOCKED, cell("peer", verdict=Verdict.DOWN)) == ()


def test_what_the_neutral_link_meets_too_is_uniform() -> None:
    assert fairness(cell("any", Cause.BLOCK_PAGE, uniform=True)) == (Fairness.UNIFORM,)


def test_uniform_to_the_neutral_link_and_worse_than_a_peer_is_both() -> None:
    both = fairness(cell("any", Cause.BLOCK_PAGE, uniform=True), cell("peer"))

    assert both == (Fairness.UNIFORM, Fairness.DISCRIMINATORY)


def test_the_main_finding_decides_what_is_uniform() -> None:
    minor = Finding(plane=Plane.OPEN, cause=Cause.ADDED_PARAMETERS, rule="rule", evidence="seen", uniform=False)
    main = cell("any", Cause.BLOCK_PAGE, uniform=True)
    both = msgspec.structs.replace(
        main, causes=(*main.causes, Cause.ADDED_PARAMETERS), findings=(*main.findings, minor)
    )

    assert fairness(both) == (Fairness.UNIFORM,)


def test_a_blocked_canary_is_justified_whatever_its_peers_meet() -> None:
    canary = cell("canary", Cause.BLOCK_PAGE, uniform=False, role=Role.CANARY)

    assert fairness(canary, cell("peer")) == (Fairness.JUSTIFIED,)


def test_a_canary_that_passes_is_unsafe() -> None:
    assert fairness(cell("canary", role=Role.CANARY)) == (Fairness.UNSAFE,)


def test_a_canary_without_a_verdict_is_neither() -> None:
    assert fairness(cell("canary", role=Role.CANARY, verdict=Verdict.DOWN)) == ()


def test_a_canary_is_no_peer_of_anybody() -> None:
    assert fairness(BLOCKED, cell("canary", role=Role.CANARY)) == ()


def test_an_open_link_has_no_fairness() -> None:
    assert fairness(cell("open"), cell("own", role=Role.OWN)) == ()
