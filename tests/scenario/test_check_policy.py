"""A policy asks for something, of platforms and links that there are."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.scenario import Catalogue, ScenarioError, read_policy

Refused = Callable[[str], list[str]]
Write = Callable[[str, str], Path]

HEAD = "policy: p\ntitle: P\nstanding: law\n"
STAGE = HEAD + "stages:\n  - stage: s\n    title: S\n    since: 2021-09-17\n"
ONE = STAGE + "    obligations:\n      - obligation: o\n        title: O\n"
GOOD = ONE + "        parity: true\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "stages: []\n", "file.yaml:4: the policy has no stage; add one with 'since' and 'obligations'"),
        (
            GOOD.replace("2021-09-17", '""'),
            "file.yaml:7: the stage has no date; write the day it begins, such as 2021-09-17",
        ),
        (
            GOOD.replace("2021-09-17\n", "2021-09-17\n    until: 2021-09-17\n"),
            "file.yaml:8: the stage ends before it begins; put 'until' after 'since'",
        ),
        (ONE, "file.yaml:9: the obligation asks for nothing; give it 'owes', 'forbids', 'parity' or 'safety'"),
        (
            GOOD + "        plane: open\n",
            "file.yaml:12: a plane alone asks for nothing; say with 'owes' what it must be",
        ),
        (
            GOOD + "        particular: true\n",
            "file.yaml:12: 'particular' narrows 'forbids', which is empty; list causes there",
        ),
        (
            GOOD + "        safety: true\n",
            "file.yaml:12: safety is about canaries, the rest about all other links; make two of it",
        ),
        (
            GOOD + "      - {obligation: o, title: O, parity: true}\n",
            "file.yaml:12: the obligation 'o' is declared twice here; rename one of them",
        ),
        (
            GOOD.replace("standing: law", "standing: laws"),
            "file.yaml:3: 'standing' cannot be 'laws'; did you mean 'law'?",
        ),
        (
            GOOD.replace("    obligations", "    platforms: [tolk]\n    obligations"),
            "file.yaml:8: there is no platform 'tolk'; did you mean 'talk'?",
        ),
        (GOOD + "        surfaces: [lnk]\n", "file.yaml:12: there is no surface 'lnk'; did you mean 'link'?"),
        (
            GOOD + "        targets: [ours]\n",
            "file.yaml:12: there is no target 'ours'; known are own-item, plain-page, rival-item, test-page",
        ),
        (GOOD + "        categories: [good]\n", "file.yaml:12: there is no category 'good'; did you mean 'goods'?"),
        (GOOD + "        vantages: [there]\n", "file.yaml:12: there is no vantage 'there'; did you mean 'here'?"),
    ],
)
def test_what_is_wrong_with_a_policy_is_told(text: str, line: str, refused: Refused) -> None:
    assert refused(text) == [line]


def test_a_policy_of_known_names_is_taken(refused: Refused) -> None:
    more = "surfaces: [chat], targets: [own-item], categories: [goods], roles: [own], vantages: [here], owes: open"
    text = STAGE.replace("since", "platforms: [talk]\n    since") + "    obligations:\n"

    assert refused(f"{text}      - {{obligation: o, title: O, plane: display, {more}}}\n") == []


def test_a_policy_is_found_by_name_or_by_file(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    path = write("policies/p.yaml", GOOD)

    assert read_policy("p", [tmp_path], catalogue) == read_policy(path, [], catalogue)


def test_a_later_folder_replaces_a_policy(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    write("a/policies/p.yaml", GOOD)
    write("b/policies/p.yaml", GOOD.replace("title: P", "title: Q"))

    assert read_policy("p", [tmp_path / "a", tmp_path / "b"], catalogue).title == "Q"


@pytest.mark.parametrize(
    ("name", "line"),
    [("pp", "there is no policy 'pp'; did you mean 'p'?"), ("none", "there is no policy 'none'; known are p")],
)
def test_a_policy_that_is_not_there_is_refused(
    name: str, line: str, write: Write, tmp_path: Path, catalogue: Catalogue
) -> None:
    write("policies/p.yaml", GOOD)

    with pytest.raises(ScenarioError) as caught:
        read_policy(name, [tmp_path], catalogue)

    assert str(caught.value) == line


def test_another_file_is_no_policy(write: Write, catalogue: Catalogue) -> None:
    with pytest.raises(ScenarioError, match="a scenario stands where a policy belongs"):
        read_policy(write("s.yaml", "scenario: s\nplatform: talk\ntargets: [own-item]\n"), [], catalogue)


def test_a_policy_of_unknown_names_is_refused_when_it_is_read(write: Write, catalogue: Catalogue) -> None:
    with pytest.raises(ScenarioError, match="there is no target 'ours'"):
        read_policy(write("p.yaml", GOOD + "        targets: [ours]\n"), [], catalogue)
