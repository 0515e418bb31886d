"""Why a leg has no page."""

import pytest

from linkprobe.model import FailureKind, HopWay, Vantage
from linkprobe.network import Mapped
from linkprobe.probe.browser.journal import Events, Journal
from linkprobe.probe.browser.leg import failure_of
from linkprobe.probe.browser.limits import BrowserLimits
from linkprobe.probe.browser.trail import Trail
from linkprobe.probe.http import visit_http

URL = "https://gone.example/page"
BEHIND_A_PROXY = "net::ERR_SOCKS_CONNECTION_FAILED"


@pytest.mark.parametrize("unreachable", ["", URL], ids=["before Chromium's own page stands", "with it"])
async def test_why_a_proxy_refused_is_asked_of_the_network(unreachable: str) -> None:
    limits = BrowserLimits()
    journal = Journal(Trail(HopWay.REQUEST), Events(limits), limits)
    journal.error, journal.unreachable = BEHIND_A_PROXY, unreachable
    network = Mapped(())
    await visit_http(network, Vantage(), URL, client=None)

    failure = failure_of(journal, URL, 20, network)

    await network.aclose()
    assert failure is not None
    assert failure.kind is FailureKind.DNS
