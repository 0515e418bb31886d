"""Files and folders: what is read, in which order, and what contradicts what."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.scenario import (
    Catalogue,
    ScenarioError,
    faults,
    load_catalogue,
    load_scenarios,
    read_world,
    shipped,
)

Write = Callable[[str, str], Path]

ONE = "scenario: one\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item]\n"
TWO = "scenario: two\nplatform: talk\nsurfaces: [link]\ntargets: [own-item]\n"
WORLD = "world: w\ntitle: W\ndate: 2021-11-29\nscenarios: [suite]\nplatforms:\n  talk:\n    - {treatment: copy-only}\n"


def refusal(act: Callable[[], object]) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        act()
    return caught.value


def test_a_folder_gives_all_its_scenarios_and_none_of_its_catalogue(
    write: Write, catalogue: Catalogue, tmp_path: Path
) -> None:
    write("suite/b.yaml", ONE)
    write("suite/deep/a.yml", TWO)
    write("suite/platforms/talk.yaml", "broken: [")
    write("suite/policies/rule.yaml", "broken: [")
    write("suite/vantages.yaml", "vantages: []")
    write("suite/.hidden.yaml", "broken: [")
    write("suite/notes.txt", "not a scenario")

    assert [case.scenario for case in load_scenarios([tmp_path / "suite"], catalogue)] == ["one", "two"]


def test_a_file_that_is_named_twice_is_read_once(write: Write, catalogue: Catalogue, tmp_path: Path) -> None:
    path = write("suite/one.yaml", ONE)

    assert len(load_scenarios([path, tmp_path / "suite", path], catalogue)) == 1


def test_a_cell_that_two_files_agree_about_is_one_cell(write: Write, catalogue: Catalogue) -> None:
    paths = [write("one.yaml", ONE), write("more.yaml", ONE.replace("one", "more"))]

    assert [case.scenario for case in load_scenarios(paths, catalogue)] == ["one"]


def test_a_cell_that_two_files_disagree_about_is_refused(write: Write, catalogue: Catalogue) -> None:
    paths = [write("one.yaml", ONE), write("more.yaml", ONE.replace("one", "more") + "expect: open\n")]

    error = refusal(lambda: load_scenarios(paths, catalogue))

    assert error.path == paths[1]
    assert error.message == f"the cell 'talk/link/rival-item/here' stands differently in {paths[0]}"


def test_two_scenarios_of_one_name_are_refused(write: Write, catalogue: Catalogue) -> None:
    paths = [write("one.yaml", ONE), write("more.yaml", ONE)]

    assert (
        refusal(lambda: load_scenarios(paths, catalogue)).message == f"the scenario 'one' is declared in {paths[0]} too"
    )


def test_a_folder_without_scenarios_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    error = refusal(lambda: load_scenarios([tmp_path / "catalogue"], catalogue))

    assert str(error) == f"{tmp_path / 'catalogue'}: no scenario files here; name a file, or a folder with *.yaml files"


def test_a_file_that_is_not_there_is_refused(catalogue: Catalogue, tmp_path: Path) -> None:
    error = refusal(lambda: load_scenarios([tmp_path / "none.yaml"], catalogue))

    assert str(error) == f"{tmp_path / 'none.yaml'}: cannot be read: No such file or directory; check the path"


def test_a_platform_is_no_scenario(catalogue: Catalogue, tmp_path: Path) -> None:
    error = refusal(lambda: load_scenarios([tmp_path / "catalogue/platforms/talk.yaml"], catalogue))

    assert (error.line, error.message) == (1, "a platform stands where a scenario belongs")


def test_a_file_of_another_kind_is_refused(write: Write, catalogue: Catalogue) -> None:
    error = refusal(lambda: load_scenarios([write("a.yaml", "colour: red\n")], catalogue))

    assert error.message == "neither platform, targets, world, policy, scenario nor vantages"
    assert "'scenario:'" in error.remedy


def test_a_list_is_no_file_of_ours(write: Write, catalogue: Catalogue) -> None:
    assert faults(write("a.yaml", "- scenario\n"), catalogue)[0].line == 1


def test_bytes_that_are_not_utf_8_are_refused_with_their_line(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("scenario: s\n# 微信\n".encode() + "title: 微信\n".encode("gbk"))

    (fault,) = faults(path, catalogue)

    assert (fault.line, fault.message) == (3, "not UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode())

    assert len(load_scenarios([path], catalogue)) == 1


@pytest.mark.skipif(os.name != "posix", reason="needs a device file")
def test_an_endless_file_is_not_read_to_its_end(catalogue: Catalogue) -> None:
    (fault,) = faults(Path("/dev/zero"), catalogue)

    assert "characters" in fault.message


def test_a_later_folder_overrides_an_earlier_one(write: Write, catalogue: Catalogue, tmp_path: Path) -> None:
    write("mine/targets/t.yaml", "targets:\n  - {target: rival-item, url: 'https://new.example/'}\n")

    found = load_catalogue(tmp_path / "catalogue", tmp_path / "mine")

    assert found.targets["rival-item"].url == "https://new.example/"
    assert found.targets["own-item"] == catalogue.targets["own-item"]


def test_a_catalogue_may_be_flat(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    write("flat/a.yaml", "targets:\n  - {target: a, url: 'https://a.example/'}\n")
    write("flat/b.yaml", "vantages:\n  - {vantage: b, country: NL}\n")
    write("flat/c.yaml", ONE)

    found = load_catalogue(tmp_path / "flat")

    assert (set(found.targets), found.vantages["b"].country) == ({"a"}, "NL")


def test_one_id_in_two_files_of_a_folder_is_refused(write: Write, tmp_path: Path) -> None:
    first = write("c/targets/a.yaml", "targets:\n  - {target: a, url: 'https://a.example/'}\n")
    second = write(
        "c/targets/b.yaml",
        "targets:\n  - {target: b, url: 'https://b.example/'}\n  - {target: a, url: 'https://c.example/'}\n",
    )

    error = refusal(lambda: load_catalogue(tmp_path / "c"))

    assert (error.path, error.line, error.message) == (second, 3, f"the target 'a' is declared in {first} too")


def test_a_folder_without_a_catalogue_is_refused(tmp_path: Path) -> None:
    assert refusal(lambda: load_catalogue(tmp_path)).message == "no catalogue here"


def test_a_world_is_found_by_name_or_by_file(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    write("catalogue/suite/one.yaml", ONE)
    path = write("catalogue/worlds/w.yaml", WORLD)

    by_name = read_world("w", load_catalogue(tmp_path / "catalogue"))

    assert by_name == read_world(path, catalogue)
    assert by_name.scenarios == (str(tmp_path / "catalogue" / "suite"),)


def test_scenarios_of_a_world_outside_a_catalogue_lie_beside_it(
    write: Write, tmp_path: Path, catalogue: Catalogue
) -> None:
    write("suite/one.yaml", ONE)

    assert read_world(write("w.yaml", WORLD), catalogue).scenarios == (str(tmp_path / "suite"),)


def test_a_world_names_scenarios_that_exist(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    write("suites/one.yaml", ONE)

    error = refusal(lambda: read_world(write("w.yaml", WORLD), catalogue))

    assert (error.line, error.remedy) == (4, "did you mean 'suites'?")


def test_a_world_that_is_not_there_is_refused(catalogue: Catalogue) -> None:
    error = refusal(lambda: read_world("china", catalogue))

    assert str(error) == "there is no world 'china'; none is declared"


def test_a_world_that_names_what_is_not_there_is_refused_wherever_it_is_read(
    write: Write, tmp_path: Path, catalogue: Catalogue
) -> None:
    path = write("catalogue/worlds/w.yaml", WORLD.replace("talk:", "tolk:").replace("scenarios: [suite]\n", ""))

    for act in (lambda: read_world(path, catalogue), lambda: load_catalogue(tmp_path / "catalogue")):
        assert refusal(act).message == "there is no platform 'tolk'"
    assert [fault.message for fault in faults(path, catalogue)] == ["there is no platform 'tolk'"]


def test_a_replaced_world_need_not_fit(write: Write, tmp_path: Path, catalogue: Catalogue) -> None:
    old = WORLD.replace("scenarios: [suite]\n", "")
    write("catalogue/worlds/w.yaml", old.replace("talk:", "tolk:"))
    write("mine/worlds/w.yaml", old)

    assert "talk" in load_catalogue(tmp_path / "catalogue", tmp_path / "mine").worlds["w"].platforms


def test_the_shipped_catalogue_is_found() -> None:
    assert (shipped() / "platforms").is_dir()


def test_an_installed_package_carries_its_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = tmp_path / "linkprobe" / "scenario" / "load.py"
    (tmp_path / "linkprobe" / "catalogue").mkdir(parents=True)
    monkeypatch.setattr("linkprobe.scenario.load.__file__", str(module))

    assert shipped() == (tmp_path / "linkprobe" / "catalogue").resolve()


DECLARES = """\
scenario: s
platform: talk
surfaces: [bridge]
targets: [their-item]
vantages: [abroad]
platforms:
  - platform: talk
    name: Talk
    owner: talk-inc
    hosts: [talk.example]
    surfaces: {bridge: {kind: gateway, template: "https://bridge.talk.example/?u={url}"}}
define:
  - {target: their-item, url: "https://theirs.example/item?id=1", owner: theirs-inc, category: goods}
define_vantages:
  - {vantage: abroad, country: XX, headers: {X-Where: abroad}}
"""
DECLARED = """\
world: w
title: W
date: 2021-11-29
scenarios: [suite/s.yaml]
platforms:
  talk:
    - {treatment: copy-only, surfaces: [bridge], targets: [their-item], owners: [theirs-inc], vantages: [abroad]}
    - {treatment: copy-only, surfaces: [link], targets: [own-item]}
"""


def test_a_world_may_name_what_its_scenarios_declare_in_place(
    write: Write, tmp_path: Path, catalogue: Catalogue
) -> None:
    write("suite/s.yaml", DECLARES)

    assert read_world(write("w.yaml", DECLARED), catalogue).id == "w"


def test_what_no_scenario_of_a_world_declares_is_refused_still(
    write: Write, tmp_path: Path, catalogue: Catalogue
) -> None:
    write("suite/s.yaml", DECLARES)

    error = refusal(lambda: read_world(write("w.yaml", DECLARED.replace("[bridge]", "[bridges]")), catalogue))

    assert error.message == "there is no surface 'bridges' of talk"


def test_a_file_of_accounts_is_told_by_its_key_and_nothing_of_it_is_quoted(write: Write, catalogue: Catalogue) -> None:
    (error,) = faults(write("accounts.yaml", "# mine\naccounts:\n  talk: {KEY: *s3cret}\n"), catalogue)

    assert str(error).endswith("accounts.yaml: this file holds accounts; linkprobe doctor --accounts checks them")
