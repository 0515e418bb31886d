"""A world's names are those of the catalogue."""

from collections.abc import Callable

import pytest

Refused = Callable[[str], list[str]]

HEAD = "world: w\ntitle: W\ndate: 2021-11-29\n"
LINE = HEAD + "platforms:\n  talk:\n    - treatment: direct\n    - treatment: copy-only\n      {}\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "platforms:\n  wallk: []\n", "file.yaml:5: there is no platform 'wallk'; did you mean 'talk'?"),
        (LINE.format("surfaces: [lnk]"), "file.yaml:8: there is no surface 'lnk' of talk; did you mean 'link'?"),
        (
            LINE.format("targets: [ours]"),
            "file.yaml:8: there is no target 'ours'; known are own-item, plain-page, rival-item, test-page",
        ),
        (LINE.format("categories: [good]"), "file.yaml:8: there is no category 'good'; did you mean 'goods'?"),
        (
            LINE.format("owners: [rival]"),
            "file.yaml:8: there is no owner 'rival' of a target; did you mean 'rival-inc'?",
        ),
        (
            LINE.format("roles: [canary]"),
            "file.yaml:8: there is no role 'canary'; known are canary-malicious, neutral, own, rival",
        ),
        (LINE.format("vantages: [there]"), "file.yaml:8: there is no vantage 'there'; did you mean 'here'?"),
        (
            HEAD + "targets:\n  - {condition: login, targets: [rival-itm]}\n",
            "file.yaml:5: there is no target 'rival-itm'; did you mean 'rival-item'?",
        ),
        (
            HEAD + "targets:\n  - {condition: login, targets: [rival-item], vantages: [abroad]}\n",
            "file.yaml:5: there is no vantage 'abroad'; known are here",
        ),
    ],
)
def test_a_name_that_the_catalogue_lacks_is_refused(text: str, line: str, refused: Refused) -> None:
    assert refused(text) == [line]


def test_a_world_of_known_names_is_taken(refused: Refused) -> None:
    line = "treatment: shim, surfaces: [link], targets: [rival-item], categories: [goods]"
    more = "owners: [talk-inc], roles: [own], vantages: [here]"

    assert refused(f"{HEAD}platforms:\n  talk:\n    - {{{line}, {more}}}\n") == []
