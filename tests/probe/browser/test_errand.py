import base64

import pytest

from linkprobe.model import Vantage
from linkprobe.probe.browser import BrowserLimits
from linkprobe.probe.browser.errand import Errand, carried, site

SHOP = "https://shop.test/item?id=1"
PACKED = base64.urlsafe_b64encode(SHOP.encode()).decode()


@pytest.mark.parametrize(
    "url",
    [
        "https://gate.test/?target=https%3A%2F%2Fshop.test%2Fitem%3Fid%3D1",
        "https://gate.test/?target=https%253A%252F%252Fshop.test%252Fitem%253Fid%253D1",
        f"https://gate.test/?u={PACKED}",
        f"https://gate.test/to/{PACKED.rstrip('=')}",
        f"https://gate.test/#{SHOP}",
        f"https://gate.test/{SHOP}",
    ],
)
def test_the_link_that_a_gateway_carries_is_found(url: str) -> None:
    assert carried(url) == SHOP


@pytest.mark.parametrize("url", [SHOP, "https://shop.test/", "https://shop.test/a?b=aHVsbG8gd29ybGQgaGVsbG8"])
def test_a_plain_link_carries_none(url: str) -> None:
    assert carried(url) is None


@pytest.mark.parametrize("url", ["https://www.shop.test/", "http://SHOP.test:8080/x", "https://m.shop.test"])
def test_the_usual_first_labels_are_the_same_site(url: str) -> None:
    assert site(url) == "shop.test"


def errand(url: str, target: str = "") -> Errand:
    return Errand(Vantage(), url, None, "", None, True, target, BrowserLimits())


def test_a_gateway_of_the_same_domain_is_not_the_target() -> None:
    url = "https://link.shop.test/?target=https%3A%2F%2Fshop.test%2F"

    assert not errand(url).is_at_target(url)
    assert errand(url).is_at_target("https://www.shop.test/home")


def test_a_target_that_is_named_counts_before_what_the_url_carries() -> None:
    assert errand("https://gate.test/?from=https://other.test/", SHOP).is_at_target(SHOP)
