import json
from xml.etree import ElementTree as xml

from linkprobe.model import Cause, Verdict
from linkprobe.publish.data.badges import badges, told
from linkprobe.publish.edition import Edition
from tests.publish.rounds import Outcome, cell_of


def test_findings_are_counted_out_of_the_cells_with_a_verdict(edition: Edition) -> None:
    case = next(iter(edition.cases.values()))
    outcomes = (Outcome(Verdict.OPEN), Outcome(Verdict.SHIELDED, Cause.BLOCK_PAGE), Outcome(Verdict.DOWN))

    assert told([cell_of(case, one) for one in outcomes])[0] == "1 shielded of 2"


def test_no_verdict_is_said_as_such(edition: Edition) -> None:
    case = next(iter(edition.cases.values()))

    assert told([cell_of(case, Outcome(Verdict.SKIPPED))])[0] == "no verdict in 1"


def test_the_endpoint_has_what_shields_asks_for(edition: Edition) -> None:
    made = next(file for file in badges(edition) if file.path == "badges/platform/wechat.json")
    badge = json.loads(made.content)

    assert badge["schemaVersion"] == 1
    assert {"label", "message", "color"} <= set(badge)
    assert badge["message"].startswith("simulated: ")


def test_the_picture_says_the_same_in_words(edition: Edition) -> None:
    files = {file.path: file.content for file in badges(edition)}
    badge = json.loads(files["badges/platform/wechat.json"])

    drawn = xml.fromstring(files["badges/platform/wechat.svg"])

    assert drawn.get("aria-label") == f"{badge['label']}: {badge['message']}"
