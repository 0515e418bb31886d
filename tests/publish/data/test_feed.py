from xml.etree import ElementTree as xml

from linkprobe.matrix import Change, differences
from linkprobe.publish.data.feed import feed
from linkprobe.publish.edition import Edition
from tests.publish.conftest import BLOCKED, MARCH, Site

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_each_changed_cell_is_an_entry_and_no_other(edition: Edition) -> None:
    entries = xml.fromstring(feed(edition)).findall("a:entry", ATOM)
    found = differences(edition.cells_of[edition.rounds[0].id], edition.cells)

    assert len(entries) == sum(one.change is not Change.UNCHANGED for one in found) > 0


def test_ids_are_unique_and_stay(edition: Edition) -> None:
    ids = [element.text for element in xml.fromstring(feed(edition)).iterfind(".//a:id", ATOM)]

    assert len(set(ids)) == len(ids)
    assert all(str(one).startswith("urn:uuid:") for one in ids)
    assert feed(edition) == feed(edition)


def test_an_entry_leads_to_the_cell_in_its_round(edition: Edition, site: Site) -> None:
    links = [one.get("href") for one in xml.fromstring(feed(edition)).iterfind("a:entry/a:link", ATOM)]

    assert all((site.out / str(link)).is_file() for link in links)
    assert any("~".join(BLOCKED[:3]) in str(link) for link in links)


def test_every_time_has_its_offset(edition: Edition) -> None:
    times = [str(element.text) for element in xml.fromstring(feed(edition)).iterfind(".//a:updated", ATOM)]

    assert all(time.endswith(("Z", "+00:00")) for time in times)


def test_a_simulated_change_says_so(edition: Edition) -> None:
    titles = [str(one.text) for one in xml.fromstring(feed(edition)).iterfind("a:entry/a:title", ATOM)]

    assert all(title.startswith("Simulated: ") for title in titles)
    assert edition.record.id == MARCH
