"""The shipped policies held against what the shipped worlds owe."""

from pathlib import Path

import pytest

from linkprobe.lab.truth import truth
from linkprobe.model import Cell, Plane
from linkprobe.policy import Outcome, assess
from linkprobe.scenario import Catalogue, load_catalogue, load_scenarios, read_policy, shipped

CHINA = "miit-2021"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(shipped())


def outcomes(policy: str, world: str, catalogue: Catalogue, on: str = "") -> dict[tuple[str, str], Outcome]:
    described = catalogue.worlds[world]
    rule = read_policy(policy, [shipped()], catalogue)
    found = assess(rule, on or described.date, cells(world, catalogue))
    return {(each.platform, each.obligation): each.outcome for each in found}


def cells(world: str, catalogue: Catalogue) -> list[Cell]:
    """The cells of a round in which everything is found as it is."""
    described = catalogue.worlds[world]
    cases = load_scenarios(map(Path, described.scenarios), catalogue, on=described.date)
    made = []
    for case in cases:
        owed = truth(described, case, cases)
        made.append(
            Cell(
                platform=case.platform.id,
                surface=case.surface_id,
                target=case.target.id,
                url=case.target.url,
                vantage=case.vantage.id,
                category=case.target.category,
                role=case.target.role(case.platform),
                verdict=owed.verdict,
                causes=owed.causes,
                fairness=owed.fairness,
                flapping=owed.flapping,
                planes={Plane.OPEN: owed.verdict},
            )
        )
    return made


def test_in_the_compliant_world_all_that_is_due_is_met_or_cannot_be_told(catalogue: Catalogue) -> None:
    found = outcomes(CHINA, "china-compliant", catalogue)

    assert {name for name, outcome in found.items() if outcome is Outcome.NOT_TESTABLE} == {
        ("wechat", "shopping-in-groups")
    }
    assert {name for name, outcome in found.items() if outcome is Outcome.LAPSED} == {
        ("wechat", "direct-chat-reachable")
    }
    assert Outcome.BREACHED not in found.values()


def test_the_over_opened_world_breaches_the_safety_floor_and_nothing_else(catalogue: Catalogue) -> None:
    found = outcomes(CHINA, "china-over-opened", catalogue)

    assert {name for name, outcome in found.items() if outcome is Outcome.BREACHED} == {
        ("qq", "malicious-links-stopped"),
        ("wechat", "malicious-links-stopped"),
    }


def test_the_day_before_the_deadline_only_safety_is_due(catalogue: Catalogue) -> None:
    due = {
        obligation
        for (_, obligation), outcome in outcomes(CHINA, "china-2021-09-16", catalogue).items()
        if outcome is not Outcome.NOT_YET_DUE
    }

    assert due == {"malicious-links-stopped"}


def test_the_first_step_keeps_its_own_word_and_breaches_the_criteria(catalogue: Catalogue) -> None:
    found = outcomes(CHINA, "china-2021-09-17-evening", catalogue)

    assert found["wechat", "direct-chat-reachable"] is Outcome.MET
    assert found["wechat", "opens-directly"] is Outcome.BREACHED
    assert found["wechat", "direct-chat-opens"] is Outcome.NOT_YET_DUE


def test_the_second_step_keeps_its_word_in_one_to_one_chats_and_not_in_groups(catalogue: Catalogue) -> None:
    found = outcomes(CHINA, "china-2021-11-29", catalogue)

    assert found["wechat", "direct-chat-opens"] is Outcome.MET
    assert found["wechat", "shopping-in-groups"] is Outcome.BREACHED
    assert found["dingtalk", "no-copying"] is Outcome.NOT_TESTABLE


def test_a_house_rule_is_about_every_platform(catalogue: Catalogue) -> None:
    found = outcomes("internal-service-level", "steam-kickass-2015", catalogue, on="2026-12-31")

    assert found["steam", "never-lost"] is Outcome.BREACHED
    assert found["steam", "safe"] is Outcome.NOT_TESTABLE


def test_the_regulation_is_about_links_out_of_apps_alone(catalogue: Catalogue) -> None:
    assert outcomes("eu-anti-steering", "china-2021-11-29", catalogue) == {}
