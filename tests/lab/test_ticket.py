from statistics import fmean, stdev

import pytest

from linkprobe.lab.ticket import Delays, Ticket
from linkprobe.model import Gateway, Platform, Treatment, Treats

PLATFORM = Platform(
    id="p", name="P", owner="o", hosts=("a.example",), surfaces={"link": Gateway(template="https://a.example/?u={url}")}
)
THROTTLE = Treats(treatment=Treatment.DELAY, seconds=2.543, spread=0.027)


def ticket(line: Treats = THROTTLE, url: str = "https://b.example/") -> Ticket:
    return Ticket(PLATFORM, "link", url, None, line, "here")


def drawn(count: int, of: Ticket) -> list[float]:
    delays = Delays()
    return [delays.next(of) for _ in range(count)]


def test_delays_have_the_mean_and_the_spread_of_their_line() -> None:
    delays = drawn(2000, ticket())

    assert fmean(delays) == pytest.approx(2.543, abs=0.003)
    assert stdev(delays) == pytest.approx(0.027, rel=0.1)


def test_a_delay_without_a_spread_is_exact() -> None:
    assert drawn(3, ticket(Treats(treatment=Treatment.DELAY, seconds=2))) == [2.0, 2.0, 2.0]


def test_no_delay_is_negative() -> None:
    assert min(drawn(200, ticket(Treats(treatment=Treatment.DELAY, seconds=0, spread=1)))) == 0.0


def test_a_link_has_the_same_delays_in_every_lab() -> None:
    assert drawn(5, ticket()) == drawn(5, ticket())


def test_links_have_delays_of_their_own() -> None:
    assert drawn(5, ticket()) != drawn(5, ticket(url="https://c.example/"))
