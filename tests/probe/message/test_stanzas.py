"""XMPP's XML: what is read and refused, and what error stanzas amount to."""

import pytest

from linkprobe.model import SendOutcome
from linkprobe.probe.message.stanza_error import error_in
from linkprobe.probe.message.stanzas import NotXmpp, body_of, names_of, read, statuses_of, text, write

BOMB = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><body>&b;</body>"""
FILE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><body>&a;</body>"""
BARE = b"<!DOCTYPE body><body/>"


@pytest.mark.parametrize("document", [BOMB, FILE, BARE], ids=["bomb", "file", "bare"])
def test_a_document_type_is_refused_before_its_entities_are_read(document: bytes) -> None:
    with pytest.raises(NotXmpp, match="document type"):
        read(document)


@pytest.mark.parametrize("document", [b"", b"<a", b"<a></b>", b"<a>&nbsp;</a>", b"\xff\xfe<", b"{}"])
def test_what_is_not_xml_is_refused(document: bytes) -> None:
    with pytest.raises(NotXmpp):
        read(document)


def test_an_address_comes_through_whole() -> None:
    said = "a1 http://shop.example/?a=1&b=<2>&c=\"3\"&d='ü'"
    message = write("message", {"xmlns": "jabber:client", "to": "<&\"'>"}, write("body", {}, text(said)))
    found = read(message.encode())

    assert (body_of(found), found.get("to")) == (said, "<&\"'>")


def test_a_message_is_known_by_its_senders_id_where_a_room_gave_it_another() -> None:
    message = read(b"<message xmlns='jabber:client' id='r7'><origin-id xmlns='urn:xmpp:sid:0' id='m1'/></message>")

    assert names_of(message) == {"r7", "m1"}


def test_the_status_codes_of_a_room_are_read() -> None:
    presence = read(
        b"<presence xmlns='jabber:client'><x xmlns='http://jabber.org/protocol/muc#user'>"
        b"<status code='110'/><status code='210'/></x></presence>"
    )

    assert statuses_of(presence) == {"110", "210"}


@pytest.mark.parametrize(
    ("condition", "kind", "outcome"),
    [
        ("policy-violation", "modify", SendOutcome.REFUSED),
        ("not-acceptable", "modify", SendOutcome.REFUSED),
        ("forbidden", "auth", SendOutcome.REFUSED),
        ("not-allowed", "cancel", SendOutcome.REFUSED),
        ("policy-violation", "wait", SendOutcome.RATE_LIMITED),
        ("resource-constraint", "wait", SendOutcome.RATE_LIMITED),
        ("resource-constraint", "cancel", SendOutcome.RATE_LIMITED),
        ("not-authorized", "auth", SendOutcome.UNAUTHORISED),
        ("registration-required", "auth", SendOutcome.UNAUTHORISED),
        ("recipient-unavailable", "cancel", SendOutcome.FAILED),
        ("remote-server-not-found", "cancel", SendOutcome.FAILED),
        ("internal-server-error", "cancel", SendOutcome.FAILED),
    ],
)
def test_an_error_is_read_by_its_condition_and_type(condition: str, kind: str, outcome: SendOutcome) -> None:
    written = (
        f"<message xmlns='jabber:client' type='error'><error type='{kind}'>"
        f"<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Not\n here</text>"
        f"<{condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
    )
    error = error_in(read(written.encode()))

    assert (error.condition, error.wording, error.outcome) == (condition, "Not here", outcome)


@pytest.mark.parametrize("inside", ["", "<error/>", "<error><mine xmlns='urn:mine'/></error>"])
def test_an_error_without_a_condition_refuses_nothing(inside: str) -> None:
    error = error_in(read(f"<message xmlns='jabber:client' type='error'>{inside}</message>".encode()))

    assert (error.condition, error.outcome) == ("undefined-condition", SendOutcome.FAILED)
