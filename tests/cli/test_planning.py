"""From what is asked to cases."""

from pathlib import Path

import pytest

from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.planning import plan
from linkprobe.scenario import ScenarioError


def test_the_lab_without_scenarios_runs_those_of_its_world() -> None:
    planned = plan(Invocation())
    assert planned.world is not None
    assert {case.platform.id for case in planned.cases} == set(planned.world.platforms)


def test_the_real_network_without_scenarios_runs_the_shipped_ones() -> None:
    planned = plan(Invocation(live=True))
    assert planned.world is None
    assert {case.platform.id for case in planned.cases} >= {"wechat", "qq", "weibo"}


def test_filters_leave_only_what_was_asked() -> None:
    cases = plan(Invocation(platforms=("wechat",), targets=("taobao-item",))).cases
    assert {(case.platform.id, case.target.id) for case in cases} == {("wechat", "taobao-item")}


def test_a_mistyped_filter_suggests_the_right_one() -> None:
    with pytest.raises(Refused, match="did you mean 'wechat'"):
        plan(Invocation(platforms=("wehcat",)))


def test_a_mistyped_world_suggests_the_right_one() -> None:
    with pytest.raises(ScenarioError, match="china-2021-11-29"):
        plan(Invocation(world="china-2021-11-28"))


def test_a_scenario_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none\.yaml"):
        plan(Invocation(scenarios=(str(tmp_path / "none.yaml"),)))


def test_a_link_is_checked_on_every_surface_of_every_real_platform() -> None:
    planned = plan(Invocation(urls=("https://example.org/page",), live=True))
    real = [each for each in planned.catalogue.platforms.values() if not each.fictitious]
    surfaces = {(each.id, name) for each in real for name in each.surfaces}
    assert {(case.platform.id, case.surface_id) for case in planned.cases} == surfaces


@pytest.mark.parametrize("links", [("https://example.org/page",), ()])
def test_no_fictitious_platform_is_asked_on_the_real_network(links: tuple[str, ...]) -> None:
    planned = plan(Invocation(urls=links, live=True))
    assert any(each.fictitious for each in planned.catalogue.platforms.values())
    assert not any(case.platform.fictitious for case in planned.cases)


def test_a_fictitious_platform_is_asked_where_names_are_mapped_to_a_lab() -> None:
    planned = plan(Invocation(connect_to=("board.example:443:127.0.0.1:1",), platforms=("lab-board",)))
    assert {case.platform.id for case in planned.cases} == {"lab-board"}


def test_nothing_is_known_of_a_link_but_its_address() -> None:
    [case] = plan(Invocation(urls=("https://example.org/page",), live=True, platforms=("csdn",))).cases
    assert (case.target.id, case.target.owner, case.target.landmark) == ("example.org/page", "", None)
    assert (case.expect, case.known) == (None, None)


def test_a_link_is_compared_with_a_neutral_one() -> None:
    [case] = plan(Invocation(urls=("https://example.org/",), live=True, platforms=("csdn",))).cases
    assert case.neutral is not None
    assert case.neutral.neutral


def test_a_link_of_the_catalogue_is_that_target() -> None:
    url = plan(Invocation()).catalogue.targets["taobao-item"].url
    assert {case.target.id for case in plan(Invocation(urls=(url,), live=True)).cases} == {"taobao-item"}


def test_the_same_link_twice_is_one_row() -> None:
    once, twice = (plan(Invocation(urls=("https://a.example/",) * n, live=True)).cases for n in (1, 2))
    assert once == twice


def test_a_link_without_a_scheme_is_taken_for_https() -> None:
    [case] = plan(Invocation(urls=("example.org",), live=True, platforms=("csdn",))).cases
    assert case.target.url == "https://example.org"


@pytest.mark.parametrize(
    "link", ["", "ftp://a.example/", "javascript://a/%0aalert(1)", "https://", "http://[::1", "a b://"]
)
def test_what_is_no_link_is_refused(link: str) -> None:
    with pytest.raises(Refused, match="is no link"):
        plan(Invocation(urls=(link,), live=True))
