"""A scenario's names are resolved and its cases spelt out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.model import Case, ShareDialog, Verdict
from linkprobe.scenario import Catalogue, load_scenarios

Refused = Callable[[str], list[str]]
Write = Callable[[str, str], Path]
Cases = Callable[..., tuple[Case, ...]]


@pytest.fixture
def cases(write: Write, catalogue: Catalogue) -> Cases:
    def load(text: str, on: str = "") -> tuple[Case, ...]:
        return load_scenarios([write("scenario.yaml", text)], catalogue, on=on)

    return load


def test_every_surface_meets_every_target_once_and_in_order(cases: Cases) -> None:
    found = cases("scenario: s\nplatform: talk\ntargets: [rival-item, own-item, rival-item]\ncategories: [goods]\n")

    assert [case.key for case in found] == [
        ("talk", "chat", "own-item", "here"),
        ("talk", "chat", "plain-page", "here"),
        ("talk", "chat", "rival-item", "here"),
        ("talk", "link", "own-item", "here"),
        ("talk", "link", "plain-page", "here"),
        ("talk", "link", "rival-item", "here"),
    ]


def test_a_case_carries_what_it_names(cases: Cases) -> None:
    (case,) = cases("scenario: s\nplatform: talk\nsurfaces: [chat]\ntargets: [rival-item]\nexpect: open\n")

    assert (case.scenario, case.platform.id, case.surface_id, case.target.id) == ("s", "talk", "chat", "rival-item")
    assert case.client is not None
    assert case.client.user_agent == "TalkApp/1.0"
    assert case.expect is Verdict.OPEN
    assert case.known is None
    assert case.vantage.id == "here"


DIALOG = """\
scenario: s
platform: pin
{surfaces}targets: [rival-item]
platforms:
  - platform: pin
    name: Pin
    owner: pin-inc
    hosts: [pin.example]
    surfaces: {{link: {{kind: gateway, template: "https://pin.example/?u={{url}}"}}}}
    share_dialogs: {{create: {{template: "https://share.pin-dialogs.example/create?u={{url}}"}}}}
{known}"""


def test_a_share_dialog_is_met_where_it_is_named(cases: Cases) -> None:
    (case,) = cases(DIALOG.format(surfaces="surfaces: [create]\n", known=""))

    assert (case.surface_id, type(case.surface)) == ("create", ShareDialog)
    assert case.platform.hosts == ("pin.example", "=share.pin-dialogs.example")


def test_share_dialogs_are_left_out_where_no_surface_is_named(cases: Cases) -> None:
    assert [case.surface_id for case in cases(DIALOG.format(surfaces="", known=""))] == ["link"]


def test_a_share_dialog_is_suggested(write: Write, refused: Refused) -> None:
    assert refused(DIALOG.format(surfaces="surfaces: [creat]\n", known="")) == [
        "file.yaml:3: there is no surface 'creat'; did you mean 'create'?"
    ]


def test_nothing_is_known_of_a_share_dialog_that_is_not_met(refused: Refused) -> None:
    known = "known:\n  - {verdict: open, surfaces: [create]}\n"

    assert refused(DIALOG.format(surfaces="", known=known)) == [
        "file.yaml:12: there is no surface 'create' among the scenario's; known are link"
    ]


def test_the_account_is_the_cases_and_makes_it_another_one(cases: Cases) -> None:
    text = "scenario: s\nplatform: talk\nsurfaces: [chat]\ntargets: [rival-item]\n"
    (one,), (other,) = cases(text), cases(f"{text}account: second\n")

    assert (one.account, other.account) == ("", "second")
    assert one.salt != other.salt


def test_targets_can_be_left_out_of_a_category(cases: Cases) -> None:
    found = cases(
        "scenario: s\nplatform: talk\nsurfaces: [link]\ncategories: [goods, canaries]\nexcept_targets: [own-item]\n"
    )

    assert [case.target.id for case in found] == ["plain-page", "rival-item", "test-page"]


def test_the_neutral_link_is_the_one_of_the_targets_category(cases: Cases) -> None:
    (case,) = cases("scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item]\n")

    assert case.neutral is not None
    assert case.neutral.id == "plain-page"


def test_a_category_without_a_neutral_link_takes_one_of_the_scenarios(cases: Cases) -> None:
    found = cases("scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [test-page, plain-page]\n")

    assert {case.target.id: case.neutral.id for case in found if case.neutral} == {
        "test-page": "plain-page",
        "plain-page": "plain-page",
    }


def test_without_any_neutral_link_there_is_none(cases: Cases) -> None:
    (case,) = cases("scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [test-page]\n")

    assert case.neutral is None


def test_a_named_neutral_link_serves_every_case(cases: Cases) -> None:
    found = cases(
        "scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item, test-page]\nneutral: own-item\n"
    )

    assert {case.neutral.id for case in found if case.neutral} == {"own-item"}


INLINE = """\
    scenario: s
    platforms:
      - platform: mine
        name: Mine
        owner: me
        hosts: [mine.example]
        surfaces:
          out: {kind: gateway, template: "https://mine.example/out?u={url}"}
    define:
      - {target: one, url: "https://one.example/"}
      - {target: two, url: "https://two.example/", neutral: true}
    define_vantages:
      - {vantage: staging, headers: {X-Country: NL}}
    vantages: [here, staging]
    """


def test_a_scenario_can_declare_all_it_needs(write: Write) -> None:
    found = load_scenarios([write("scenario.yaml", INLINE)], Catalogue())

    assert [case.key for case in found] == [
        ("mine", "out", "one", "here"),
        ("mine", "out", "one", "staging"),
        ("mine", "out", "two", "here"),
        ("mine", "out", "two", "staging"),
    ]
    assert found[1].vantage.headers == {"X-Country": "NL"}


def test_what_a_file_declares_is_its_own(write: Write, refused: Refused) -> None:
    write("first.yaml", INLINE)

    assert refused("scenario: t\nplatform: mine\ntargets: [rival-item]\n") == [
        "file.yaml:2: there is no platform 'mine'; known are talk"
    ]


def test_a_declaration_in_place_overrides_the_catalogue(cases: Cases) -> None:
    (case,) = cases(
        "scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item]\n"
        "define: [{target: rival-item, url: 'https://other.example/'}]\n"
    )

    assert case.target.url == "https://other.example/"


def test_several_platforms_share_a_scenario_each_with_its_surfaces(cases: Cases) -> None:
    text = INLINE.replace("vantages: [here, staging]", "platform: [talk, mine]").replace(
        "define:", "surfaces: [link, out]\n    define:"
    )

    assert {case.key[:2] for case in cases(text)} == {("talk", "link"), ("mine", "out")}


BAD = {
    "platform": ("scenario: s\nplatform: tlak\n", "file.yaml:2: there is no platform 'tlak'; did you mean 'talk'?"),
    "one of several platforms": (
        "scenario: s\nplatform:\n  - talk\n  - walk\n",
        "file.yaml:4: there is no platform 'walk'; did you mean 'talk'?",
    ),
    "no platform": (
        "scenario: s\ntargets: [rival-item]\n",
        "file.yaml:1: the scenario names no platform; add 'platform:' with the id of one",
    ),
    "no targets": (
        "scenario: s\nplatform: talk\n",
        "file.yaml:1: the scenario has no targets; add 'targets:' or 'categories:'",
    ),
    "all targets left out": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nexcept_targets: [rival-item]\n",
        "file.yaml:1: the scenario has no targets; add 'targets:' or 'categories:'",
    ),
    "surface": (
        "scenario: s\nplatform: talk\nsurfaces: [chta]\ntargets: [rival-item]\n",
        "file.yaml:3: there is no surface 'chta'; did you mean 'chat'?",
    ),
    "target": (
        "scenario: s\nplatform: talk\ntargets:\n  - own-item\n  - rivalitem\n",
        "file.yaml:5: there is no target 'rivalitem'; did you mean 'rival-item'?",
    ),
    "category": (
        "scenario: s\nplatform: talk\ncategories: [good]\n",
        "file.yaml:3: there is no category 'good'; did you mean 'goods'?",
    ),
    "target that was not there to leave out": (
        "scenario: s\nplatform: talk\ncategories: [goods]\nexcept_targets: [test-page]\n",
        "file.yaml:4: there is no target 'test-page' among the scenario's; known are own-item, plain-page, rival-item",
    ),
    "neutral link": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nneutral: plain\n",
        "file.yaml:4: there is no target 'plain'; did you mean 'plain-page'?",
    ),
    "vantage": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nvantages: [there]\n",
        "file.yaml:4: there is no vantage 'there'; did you mean 'here'?",
    ),
    "surface of a known outcome": (
        "scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item]\n"
        "known:\n  - {verdict: open, surfaces: [chat]}\n",
        "file.yaml:6: there is no surface 'chat' among the scenario's; known are link",
    ),
    "target of a known outcome": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nknown:\n  - {verdict: open, targets: [own-item]}\n",
        "file.yaml:5: there is no target 'own-item' among the scenario's; known are rival-item",
    ),
    "vantage of a known outcome": (
        "scenario: s\nplatform: talk\ntargets: [rival-item]\nknown:\n  - {verdict: open, vantages: [abroad]}\n",
        "file.yaml:5: there is no vantage 'abroad' among the scenario's; known are here",
    ),
}


@pytest.mark.parametrize(("text", "line"), BAD.values(), ids=BAD)
def test_a_name_that_nothing_declares_is_refused_where_it_stands(text: str, line: str, refused: Refused) -> None:
    assert refused(text) == [line]


KNOWN = """\
    scenario: s
    platform: talk
    surfaces: [link]
    categories: [goods]
    known:
      - {verdict: open}
      - {verdict: degraded, causes: [copy-only], targets: [rival-item], until: "2021-11-29"}
      - {verdict: shielded, targets: [rival-item], since: 2021-11-29}
    """


@pytest.mark.parametrize(
    ("on", "rival"),
    [
        ("2021-09-17", Verdict.DEGRADED),
        ("2021-11-28", Verdict.DEGRADED),
        ("2021-11-29", Verdict.SHIELDED),
        ("2026-01-01", Verdict.SHIELDED),
        ("2021-12", Verdict.SHIELDED),
        ("", Verdict.SHIELDED),
    ],
)
def test_the_last_known_outcome_that_holds_on_the_day_counts(on: str, rival: Verdict, cases: Cases) -> None:
    known = {case.target.id: case.known.verdict for case in cases(KNOWN, on) if case.known}

    assert known == {"own-item": Verdict.OPEN, "plain-page": Verdict.OPEN, "rival-item": rival}


def test_an_outcome_that_has_ended_is_not_known_any_more(cases: Cases) -> None:
    text = "scenario: s\nplatform: talk\nsurfaces: [link]\ntargets: [rival-item]\n"
    (case,) = cases(text + "known:\n  - {verdict: shielded, until: 2021-11-29}\n")

    assert case.known is None


def salt(found: tuple[Case, ...]) -> str:
    (case,) = found
    return case.salt


ONE = "scenario: s\nplatform: talk\nsurfaces: [chat]\ntargets: [rival-item]\n"


def test_the_salt_is_a_digest_and_does_not_depend_on_words_about_the_case(cases: Cases) -> None:
    plain = salt(cases(ONE))

    assert len(plain) == 32
    assert plain == salt(cases(ONE + "title: Something\nexpect: open\nknown:\n  - {verdict: open}\n"))


@pytest.mark.parametrize(
    "change",
    [
        "define: [{target: rival-item, url: 'https://rival.example/item?id=2'}]\n",
        "neutral: own-item\n",
        "define_vantages: [{vantage: here, headers: {X-Country: NL}}]\n",
        "platforms: [{platform: talk, name: T, owner: t, hosts: [t.example],"
        " surfaces: {chat: {kind: in-app, client: app}}, clients: {app: {user_agent: TalkApp/2.0}}}]\n",
        "platforms: [{platform: talk, name: T, owner: t, hosts: [t.example],"
        " surfaces: {chat: {kind: in-app, opener: 'https://t.example/{url}'}}}]\n",
    ],
)
def test_whatever_shapes_a_cell_changes_its_salt(change: str, cases: Cases) -> None:
    assert salt(cases(ONE)) != salt(cases(ONE + change))
