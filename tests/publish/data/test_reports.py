import json
from xml.etree import ElementTree as xml

from linkprobe.expectation import surprises
from linkprobe.publish.data.reports import ctrf, junit
from linkprobe.publish.edition import Edition
from linkprobe.publish.looks import state


def test_junit_fails_for_what_is_news_and_for_nothing_else(edition: Edition) -> None:
    root = xml.fromstring(junit(edition))

    assert len(root.findall(".//failure")) == len(surprises(edition.cells)) == int(root.get("failures", "0")) > 0


def test_junit_skips_cells_without_a_verdict_and_says_why(edition: Edition) -> None:
    skipped = xml.fromstring(junit(edition)).findall(".//skipped")

    assert len(skipped) == sum(not state(cell).speaks for cell in edition.cells)
    assert all(one.get("message") for one in skipped)


def test_ctrf_has_what_its_schema_asks_for(edition: Edition) -> None:
    report = json.loads(ctrf(edition))
    results = report["results"]

    assert (report["reportFormat"], report["specVersion"]) == ("CTRF", "0.0.0")
    assert results["summary"]["tests"] == len(results["tests"]) == len(edition.cells)
    statuses = ("passed", "failed", "skipped", "pending", "other")
    assert sum(results["summary"][one] for one in statuses) == len(edition.cells)
    assert all(type(test["duration"]) is int and test["name"] and test["status"] for test in results["tests"])


def test_ctrf_keeps_our_own_word(edition: Edition) -> None:
    tests = json.loads(ctrf(edition))["results"]["tests"]

    assert [test["rawStatus"] for test in tests] == [str(state(cell)) for cell in edition.cells]
