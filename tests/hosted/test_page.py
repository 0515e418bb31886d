"""That the page about hosted services names what there is."""

from pathlib import Path

import pytest

from linkprobe.model import About
from linkprobe.probe.message.accounts import variables
from tests.hosted.services import SERVICES, Service, as_shipped, catalogue

PAGE = (Path(__file__).parents[2] / "docs" / "services.md").read_text("utf-8")
every = pytest.mark.parametrize("service", SERVICES, ids=str)


@every
def test_every_surface_has_its_row(service: Service) -> None:
    row = next(line for line in PAGE.splitlines() if f"`{service}`" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    surface = as_shipped(service)

    assert (cells[3] == "nobody") is (surface.read is None)
    assert (cells[4].startswith("none")) is (surface.read is None or surface.read.card is None)
    assert (cells[5] == "no") is (surface.delete is None)
    assert (cells[6] == "none") is (surface.verify == ())


@every
def test_every_variable_is_named(service: Service) -> None:
    assert [name for name in variables(as_shipped(service)) if f"`{name}`" not in PAGE] == []


@every
def test_every_wait_for_a_card_is_the_declared_one(service: Service) -> None:
    read = as_shipped(service).read
    row = next(line for line in PAGE.splitlines() if f"`{service}`" in line)

    if read and read.card_within and "waited for" in row:
        assert f"waited for, {read.card_within:g} s" in row


@pytest.mark.parametrize("platform", sorted({service.platform for service in SERVICES}))
def test_every_code_that_is_about_links_is_named(platform: str) -> None:
    known = catalogue().platforms[platform].refusals

    assert [code for code, refusal in known.items() if refusal.about is About.LINK and code not in PAGE] == []


def test_it_says_that_nothing_was_run_against_the_live_services() -> None:
    assert "None of these was run against the live service." in PAGE
