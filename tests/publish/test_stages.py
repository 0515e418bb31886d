from linkprobe.model import Fairness, Obligation, Policy, Role, Source, Stage, Standing
from linkprobe.policy import Outcome
from linkprobe.publish.edition import Edition
from linkprobe.publish.looks import State
from linkprobe.publish.party_pages import platform_pages
from linkprobe.publish.stages import Held, held
from linkprobe.store import Store
from tests.publish.conftest import MARCH, Site

FAIR = Obligation(id="fair", title="Rivals fare as our own do", parity=True)
SAFE = Obligation(id="safe", title="What is malicious stays shut", safety=True)


def stage(id: str, *owed: Obligation, since: str = "2021-09-17", until: str = "", on: tuple[str, ...] = ()) -> Stage:
    return Stage(id=id, title=f"Stage {id}", since=since, until=until, platforms=on, obligations=owed)


def policy(*stages: Stage) -> Policy:
    source = Source(url="https://press.example/?sid=68979", observed="2021-09-13")
    return Policy(id="p", title="Some <rule>", standing=Standing.PRESS_REPORTED, stages=stages, sources=(source,))


def as_held(site: Site, *policies: Policy, platform: str = "wechat", day: str = "2021-11-29") -> tuple[Held, ...]:
    with Store.open(site.results) as store:
        edition = Edition(store, store.round(MARCH), policies, day)
        return tuple(held(edition, platform, tuple(cell for cell in edition.cells if cell.platform == platform)))


def test_a_policy_stands_on_the_pages_of_the_platforms_it_names(site: Site) -> None:
    about = policy(stage("floor", SAFE), stage("one", FAIR, on=("wechat",)))

    assert len(as_held(site, about)) == 1
    assert as_held(site, about, platform="qq") == ()


def test_a_policy_that_names_nobody_is_about_everybody(site: Site) -> None:
    assert len(as_held(site, policy(stage("floor", SAFE)), platform="qq")) == 1


def test_each_stage_has_its_outcomes_with_their_cells(site: Site) -> None:
    (found,) = as_held(site, policy(stage("floor", SAFE), stage("later", FAIR, since="2022")))
    floor, later = found.stages

    assert [one.outcome for one in (*floor.owed, *later.owed)] == [Outcome.MET, Outcome.NOT_YET_DUE]
    assert dict(found.counts)[Outcome.MET] == 1
    assert floor.owed[0].weight == sum(len(group.cells) for group in floor.owed[0].cells) > 0


def test_a_breach_shows_the_cells_that_breach_and_no_others(site: Site) -> None:
    (found,) = as_held(site, policy(stage("one", FAIR)))
    owed = found.stages[0].owed[0]
    cells = [cell for group in owed.cells for cell in group.cells]

    assert owed.outcome is Outcome.BREACHED
    assert cells
    assert all(Fairness.DISCRIMINATORY in cell.fairness and cell.role is not Role.CANARY for cell in cells)
    assert all(group.state in (State.DEGRADED, State.SHIELDED) for group in owed.cells)


def test_a_stage_without_sources_has_the_policy_s(site: Site) -> None:
    (found,) = as_held(site, policy(stage("one", FAIR)))

    assert found.stages[0].sources[0].url == "https://press.example/?sid=68979"


def test_the_page_says_date_standing_wording_and_source_between_findings_and_parity(site: Site) -> None:
    with Store.open(site.results) as store:
        about = policy(stage("one", FAIR, on=("wechat",)))
        edition = Edition(store, store.round(MARCH), (about,), "2021-11-29")
        text = next(file for file in platform_pages(edition) if "wechat" in file.path).content.decode()
    begins, ends = text.index('data-t="platform.findings"'), text.index('data-t="platform.parity"')
    section = text[begins:ends]

    for part in (
        "2021-09-17",
        "2021-11-29",
        "press-reported",
        "Some &lt;rule&gt;",
        FAIR.title,
        "breached",
        "c/wechat~",
    ):
        assert part in section
    assert "https://press.example/?sid=68979" in section


def test_without_policies_there_is_no_such_section(edition: Edition) -> None:
    assert not any(b"stages.title" in file.content for file in platform_pages(edition))
