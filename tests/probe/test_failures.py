"""Failures in words."""

import httpx

from linkprobe.model import FailureKind
from linkprobe.probe.failures import LONGEST_DETAIL, detail_of, failure_of


def test_the_cause_is_told_where_the_message_is_empty() -> None:
    error = httpx.ConnectError("")
    error.__cause__ = ConnectionResetError(104, "Connection reset by peer")

    assert detail_of(error) == "ConnectError <- ConnectionResetError: [Errno 104] Connection reset by peer"


def test_details_are_bounded_and_on_one_line() -> None:
    detail = detail_of(httpx.ReadError("a\nb\x1b[2J" + "x" * 10_000))

    assert len(detail) == LONGEST_DETAIL
    assert detail.isprintable()


def test_a_failure_knows_where_it_struck() -> None:
    failure = failure_of(httpx.ReadTimeout("late"), "https://a.example/")

    assert (failure.kind, failure.url) == (FailureKind.TIMEOUT, "https://a.example/")
