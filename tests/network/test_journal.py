"""The journal of failed connections."""

from linkprobe.model import FailureKind
from linkprobe.network.journal import KEPT, Journal


def test_the_latest_failure_is_what_is_known() -> None:
    journal = Journal()
    journal.failed("a.example", 443, FailureKind.TIMEOUT)
    journal.failed("A.example", 443, FailureKind.REFUSED)

    assert journal.why("a.EXAMPLE", 443) is FailureKind.REFUSED


def test_a_success_wipes_a_failure_out() -> None:
    journal = Journal()
    journal.failed("a.example", 443, FailureKind.TIMEOUT)
    journal.reached("a.example", 443)

    assert journal.why("a.example", 443) is None


def test_ports_are_apart() -> None:
    journal = Journal()
    journal.failed("a.example", 443, FailureKind.TIMEOUT)

    assert journal.why("a.example", 80) is None


def test_it_is_bounded() -> None:
    journal = Journal()
    for number in range(KEPT + 1):
        journal.failed(f"{number}.example", 443, FailureKind.DNS)

    assert journal.why("0.example", 443) is None
    assert journal.why(f"{KEPT}.example", 443) is FailureKind.DNS
