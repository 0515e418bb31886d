"""One driver for several browsers."""

import psutil
import pytest

from linkprobe.probe.browser import Chromium, Driver
from tests.probe.browser.conftest import HERE, Theatre

pytestmark = pytest.mark.browser


async def test_a_browser_that_is_closed_leaves_a_shared_driver_to_the_others(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "welcome")

    async with Driver() as driver, Chromium(theatre.network, driver=driver) as one:
        async with Chromium(theatre.network, driver=driver) as other:
            await other.visit(HERE, url, client=None)
        visit = await one.visit(HERE, url, client=None)

    assert visit.landed == url


async def test_browsers_that_share_a_driver_start_no_other(theatre: Theatre) -> None:
    url = theatre.stage.put("shop.test/", "welcome")
    before = children()

    async with Driver() as driver:
        await driver.started()
        started = children() - before
        async with Chromium(theatre.network, driver=driver) as one, Chromium(theatre.network, driver=driver) as other:
            await one.visit(HERE, url, client=None)
            await other.visit(HERE, url, client=None)
            assert children() - before == started

    assert len(started) == 1
    assert children() == before


def children() -> set[int]:
    """The processes this one has started itself; a browser is its driver's."""
    return {child.pid for child in psutil.Process().children()}
