"""The probes in the lab: what they write down is what its world says happens."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest_asyncio

from linkprobe.lab.address import LabAddress
from linkprobe.lab.process import running
from linkprobe.model import FailureKind, Gateway, MessageApi, SendOutcome, Sent, Shown, Vantage, Visit
from linkprobe.network import Lab
from linkprobe.probe.http import visit_http
from linkprobe.probe.message.declared import send_and_read
from linkprobe.scenario import Catalogue, gateway_url, load_catalogue, read_world, shipped

HERE = Vantage()


class Standing(NamedTuple):
    """A probe's place in a running lab in which every treatment occurs."""

    catalogue: Catalogue
    address: LabAddress
    network: Lab

    async def post(self, target: str) -> tuple[Sent, Shown | None]:
        surface = self.catalogue.platforms["lab-social"].surfaces["post"]
        assert isinstance(surface, MessageApi)
        return await send_and_read(
            self.network,
            HERE,
            surface,
            self.catalogue.targets[target],
            token="f3a9c1",
            environ=self.address.environ,
        )

    async def click(self, target: str) -> Visit:
        surface = self.catalogue.platforms["lab-social"].surfaces["link"]
        assert isinstance(surface, Gateway)
        url = gateway_url(surface.template, surface.encoding, self.catalogue.targets[target].url)
        return await visit_http(self.network, HERE, url, client=None)


@pytest_asyncio.fixture(scope="session")
async def lab() -> AsyncIterator[Standing]:
    catalogue = load_catalogue(shipped())
    async with running(read_world("every-treatment", catalogue), catalogue) as address:
        network = Lab(address.table, Path(address.ca), address.insides, address.vantages)
        async with contextlib.aclosing(network):
            yield Standing(catalogue, address, network)


async def shown(lab: Standing, target: str) -> Shown:
    sent, seen = await lab.post(target)
    assert sent.outcome is SendOutcome.ACCEPTED
    assert seen is not None
    assert seen.failure is None
    return seen


async def test_a_link_that_is_delivered_has_its_card_and_stays(lab: Standing) -> None:
    seen = await shown(lab, "lab-alter")

    assert seen.links == (lab.catalogue.targets["lab-alter"].url,)
    assert seen.card is not None
    assert seen.still_there


async def test_a_refusal_has_the_platforms_code_and_words(lab: Standing) -> None:
    sent, seen = await lab.post("lab-send-refused")

    assert (sent.outcome, sent.code, seen) == (SendOutcome.REFUSED, "link_blocked", None)
    assert sent.wording


async def test_a_message_that_is_dropped_never_arrives(lab: Standing) -> None:
    assert not (await shown(lab, "lab-silent-drop")).arrived


async def test_a_message_that_is_removed_is_gone_later(lab: Standing) -> None:
    seen = await shown(lab, "lab-remove-later")

    assert seen.arrived
    assert seen.still_there is False


async def test_dead_text_has_no_link(lab: Standing) -> None:
    seen = await shown(lab, "lab-plain-text")

    assert lab.catalogue.targets["lab-plain-text"].url in seen.text
    assert seen.links == ()


async def test_replaced_text_is_shown_as_it_is(lab: Standing) -> None:
    assert lab.catalogue.targets["lab-replace-content"].url not in (await shown(lab, "lab-replace-content")).text


async def test_a_card_that_never_comes_is_none(lab: Standing) -> None:
    seen = await shown(lab, "lab-no-card")

    assert (seen.arrived, seen.card, seen.card_expected) == (True, None, True)


async def test_a_redirect_through_the_platform_lands_on_the_target(lab: Standing) -> None:
    seen = await lab.click("lab-shim")

    assert seen.landed == lab.catalogue.targets["lab-shim"].url
    assert len(seen.hops) > 1


async def test_a_reset_by_the_platform_is_a_reset(lab: Standing) -> None:
    seen = await lab.click("lab-reset")

    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.RESET


async def test_nothing_outside_the_lab_exists(lab: Standing) -> None:
    seen = await visit_http(lab.network, HERE, "https://outside.example.org/", client=None)

    assert seen.failure is not None
    assert seen.failure.kind is FailureKind.DNS


async def test_many_clicks_at_once_end_as_single_ones_do(lab: Standing) -> None:
    """Those that are reset do not take the others with them, though all go through one host."""
    targets = ["lab-shim", "lab-reset"] * 10
    seen = await asyncio.gather(*(lab.click(target) for target in targets))

    assert [visit.failure is None for visit in seen] == [target == "lab-shim" for target in targets]
