import re

import pytest

from linkprobe.model import Arm, Observation, SendOutcome, Sent, Shown, Viewer
from linkprobe.publish.arms import arm_panel
from linkprobe.publish.edition import Edition


def text(edition: Edition, sent: Sent | None = None, shown: Shown | None = None) -> str:
    observation = Observation(arm=Arm.SUBJECT, url="https://a.example/", sent=sent, shown=shown)
    return re.sub(r"<[^>]+>", " ", str(arm_panel("subject", observation, edition.shelf)))


@pytest.mark.parametrize(("taken_back", "word"), [(True, "yes"), (False, "no")])
def test_it_says_whether_the_message_was_deleted_again(taken_back: bool, word: str, edition: Edition) -> None:
    sent = Sent(SendOutcome.ACCEPTED, taken_back=taken_back)

    assert re.search(rf"Deleted afterwards\s+{word}\b", text(edition, sent))


def test_it_says_nothing_of_deleting_where_nobody_can(edition: Edition) -> None:
    assert "Deleted" not in text(edition, Sent(SendOutcome.ACCEPTED))


def test_the_answer_to_logging_in_is_told_as_such(edition: Edition) -> None:
    assert "nothing was sent yet" in text(edition, Sent(SendOutcome.UNAUTHORISED, logging_in=True))


@pytest.mark.parametrize(("viewer", "word"), [(Viewer.RECEIVER, "the recipient"), (Viewer.SENDER, "the sender;")])
def test_it_says_who_looked(viewer: Viewer, word: str, edition: Edition) -> None:
    assert re.search(rf"Seen by\s+{word}", text(edition, shown=Shown(arrived=True, viewer=viewer)))


def test_it_says_what_a_real_click_asked_for(edition: Edition) -> None:
    shown = Shown(arrived=True, clicked="https://b.example/<x>")

    assert "https://b.example/&lt;x&gt;" in text(edition, shown=shown)


def test_a_click_without_an_answer_is_told(edition: Edition) -> None:
    assert "nothing happened" in text(edition, shown=Shown(arrived=True, clicked=""))


def test_a_click_that_was_not_tried_is_not(edition: Edition) -> None:
    assert "click" not in text(edition, shown=Shown(arrived=True))
