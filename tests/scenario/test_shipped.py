"""The shipped catalogue, its worlds and its scenarios hold together."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from linkprobe.lab.setting import setting
from linkprobe.lab.truth import truth
from linkprobe.model import (
    Case,
    Condition,
    Encoding,
    Fairness,
    Gateway,
    InApp,
    MessageApi,
    Phrase,
    Platform,
    PreviewApi,
    Role,
    ShareDialog,
    Source,
    Target,
    Treatment,
    World,
)
from linkprobe.scenario import Catalogue, load_catalogue, load_scenarios, read_policy, read_world, shipped

WORLDS = ("china-2021-11-29", "every-treatment")
CHINA, EVERYTHING = WORLDS
MADE_UP = {"china-compliant", "china-over-opened"}
"""Worlds that never were; what suites know of the real one does not hold there."""
SIX = {"wechat", "qq", "weibo", "zhihu", "csdn", "dingtalk"}


def worlds() -> dict[str, World]:
    return load_catalogue(shipped()).worlds


def round_of(world: str, catalogue: Catalogue) -> tuple[Case, ...]:
    described = read_world(world, catalogue)
    return load_scenarios(map(Path, described.scenarios), catalogue, on=described.date)


def sources(platform: Platform) -> tuple[Source, ...]:
    of_surfaces = (source for surface in platform.surfaces.values() for source in surface.sources)
    of_phrases = (source for phrase in platform.phrases for source in phrase.sources)
    of_clients = (source for client in platform.clients.values() for source in client.sources)
    return (*platform.sources, *of_surfaces, *of_phrases, *of_clients)


def phrases() -> list[Phrase]:
    return [phrase for platform in load_catalogue(shipped()).platforms.values() for phrase in platform.phrases]


def test_the_world_of_2021_has_its_six_platforms(shipped_catalogue: Catalogue) -> None:
    assert {case.platform.id for case in round_of(CHINA, shipped_catalogue)} == SIX


@pytest.mark.parametrize("name", sorted(SIX))
def test_every_real_platform_names_its_sources(name: str, shipped_catalogue: Catalogue) -> None:
    platform = shipped_catalogue.platforms[name]

    assert sources(platform)
    assert all(source.url.startswith("https://") and source.sure for source in sources(platform))


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.text)
def test_every_phrase_has_an_example_it_matches(phrase: Phrase) -> None:
    assert phrase.text in phrase.example


@pytest.mark.parametrize("category", ["shopping", "short-video", "documents", "news"])
def test_every_category_has_peers_and_a_neutral_link(category: str, shipped_catalogue: Catalogue) -> None:
    members = [target for target in shipped_catalogue.targets.values() if target.category == category]

    assert len([target for target in members if target.owner]) >= 3
    assert [target.neutral for target in members].count(True) == 1


def test_every_target_but_a_real_canary_has_a_landmark(shipped_catalogue: Catalogue) -> None:
    bare = {target.id for target in shipped_catalogue.targets.values() if target.landmark is None}

    assert bare == {"malware-canary", "phishing-canary", "smartscreen-canary", "amtso-canary"}


def test_most_links_carry_parameters_that_can_be_lost(shipped_catalogue: Catalogue) -> None:
    carrying = [target.id for target in shipped_catalogue.targets.values() if "?" in target.url]

    assert len(carrying) > 0.9 * len(shipped_catalogue.targets)


def test_no_platform_claims_a_host_that_a_target_lives_on(shipped_catalogue: Catalogue) -> None:
    def claims(platform: Platform, target: Target) -> bool:
        host = re.sub(r"^https?://([^/?#]+).*", r"\1", target.url)
        return any(host == each.removeprefix("=") or host.endswith(f".{each}") for each in platform.hosts)

    clashes = [
        (platform.id, target.id)
        for platform in shipped_catalogue.platforms.values()
        for target in shipped_catalogue.targets.values()
        if claims(platform, target) and target.role(platform) is not Role.OWN
    ]

    assert clashes == []


@pytest.mark.parametrize("world", sorted(worlds().keys() - MADE_UP))
def test_what_scenarios_call_known_is_the_truth_of_their_world(world: str, shipped_catalogue: Catalogue) -> None:
    described = read_world(world, shipped_catalogue)
    cases = round_of(world, shipped_catalogue)

    wrong = []
    for case in cases:
        owed = truth(described, case, cases)
        said, causes = (case.known.verdict, case.known.causes) if case.known else (case.expect, ())
        if not owed.flapping and (said is not owed.verdict or not set(causes) <= set(owed.causes)):
            wrong.append((case.key, said, owed))

    assert wrong == []


@pytest.mark.parametrize("world", [world for world in worlds().values() if world.id != EVERYTHING], ids=lambda w: w.id)
def test_every_world_says_what_it_leaves_out_and_where_it_comes_from(world: World) -> None:
    assert world.leaves_out
    assert bool(world.sources) is not (world.id in MADE_UP)
    assert all(source.sure for source in world.sources)


@pytest.mark.parametrize("world", sorted(worlds()))
def test_every_name_of_a_world_is_known_to_the_lab_that_plays_it(world: str, shipped_catalogue: Catalogue) -> None:
    cases = round_of(world, shipped_catalogue)

    assert setting(read_world(world, shipped_catalogue), shipped_catalogue, cases)


def test_in_the_over_opened_world_every_canary_is_unsafe(shipped_catalogue: Catalogue) -> None:
    cases = round_of("china-over-opened", shipped_catalogue)
    world = read_world("china-over-opened", shipped_catalogue)
    owed = {truth(world, case, cases).fairness for case in cases if case.target.canary}

    assert owed == {(Fairness.UNSAFE,)}


def test_between_the_morning_and_the_day_of_the_deadline_only_qq_differs(shipped_catalogue: Catalogue) -> None:
    day = read_world("china-2021-09-17-day", shipped_catalogue)
    cases = round_of(day.id, shipped_catalogue)
    flapping = {(case.platform.id, case.target.owner) for case in cases if truth(day, case, cases).flapping}

    assert flapping == {("qq", "alibaba"), ("qq", "bytedance")}


def test_every_platform_has_a_suite_that_can_be_audited_with_all_others(shipped_catalogue: Catalogue) -> None:
    covered = {case.platform.id for case in load_scenarios([shipped()], shipped_catalogue)}

    assert covered == set(shipped_catalogue.platforms)


def test_every_cell_of_a_suite_has_a_harmless_link_beside_it(shipped_catalogue: Catalogue) -> None:
    bare = {case.scenario for case in load_scenarios([shipped()], shipped_catalogue) if case.neutral is None}

    assert bare == set()


def test_a_suite_lies_in_the_folder_of_its_platform(shipped_catalogue: Catalogue) -> None:
    folders = {path for path in shipped().iterdir() if path.is_dir() and path.name in shipped_catalogue.platforms}
    astray = [
        (folder.name, case.platform.id)
        for folder in folders
        for case in load_scenarios([folder], shipped_catalogue)
        if case.platform.id != folder.name and case.scenario != "meta-news-in-canada"
    ]

    assert astray == []


@pytest.mark.parametrize("path", sorted((shipped() / "policies").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_policy_is_called_by_its_id_and_names_what_there_is(path: Path, shipped_catalogue: Catalogue) -> None:
    assert read_policy(path.stem, [shipped()], shipped_catalogue).id == path.stem


def test_the_world_of_everything_has_every_treatment_and_condition(shipped_catalogue: Catalogue) -> None:
    world = read_world(EVERYTHING, shipped_catalogue)
    treatments = {line.treatment for lines in world.platforms.values() for line in lines}
    conditions = {line.condition for line in world.targets}

    assert set(Treatment) - treatments == set()
    assert set(Condition) - conditions == {Condition.UP}


def test_the_world_of_everything_has_every_kind_of_surface(shipped_catalogue: Catalogue) -> None:
    surfaces = [case.surface for case in round_of(EVERYTHING, shipped_catalogue)]

    assert {type(surface) for surface in surfaces} == {Gateway, InApp, MessageApi, PreviewApi, ShareDialog}
    assert {surface.encoding for surface in surfaces if isinstance(surface, Gateway)} == set(Encoding)
    assert {bool(surface.opener) for surface in surfaces if isinstance(surface, InApp)} == {True, False}
    reads = [surface.read for surface in surfaces if isinstance(surface, MessageApi)]
    assert {read.format if read else None for read in reads} == {"json", "html", None}
    assert any(isinstance(surface, MessageApi) and surface.send.form is not None for surface in surfaces)


def test_everything_fictitious_lives_under_reserved_names(shipped_catalogue: Catalogue) -> None:
    hosts = [
        host
        for platform in shipped_catalogue.platforms.values()
        if platform.id.startswith("lab-")
        for host in platform.hosts
    ]

    assert hosts
    assert all(host.endswith(".example") for host in hosts)


def test_every_verdict_that_says_something_is_owed_somewhere(shipped_catalogue: Catalogue) -> None:
    owed = Counter(case.known.verdict.value for case in round_of(CHINA, shipped_catalogue) if case.known)

    assert set(owed) == {"open", "degraded", "shielded", "down", "gated", "inconclusive"}


LOADING = """
import time
from linkprobe.scenario import load_catalogue, shipped
started = time.process_time()
load_catalogue(shipped())
print(time.process_time() - started)
"""


def test_the_whole_catalogue_loads_in_half_a_second_of_work() -> None:
    # In processes of their own, where nothing traces what is measured.
    best = min(float(subprocess.check_output([sys.executable, "-c", LOADING])) for _ in range(3))

    assert best < 0.5
