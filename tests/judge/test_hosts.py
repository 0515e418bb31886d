"""Who answered, by host."""

import msgspec
import pytest

from linkprobe.judge.hosts import Answerer, Hosts, hosts_of
from tests.judge.making import ITEM, made

HOSTS = Hosts(platform=("platform.example", "=t.co"), target=("shop.example",), domains=frozenset({"shop.example"}))


@pytest.mark.parametrize(
    ("url", "answerer"),
    [
        ("https://platform.example/x", Answerer.PLATFORM),
        ("https://link.PLATFORM.example:8443/x", Answerer.PLATFORM),
        ("https://notplatform.example/x", Answerer.THIRD),
        ("https://t.co/x", Answerer.PLATFORM),
        ("https://api.t.co/x", Answerer.THIRD),
        ("https://shop.example/item", Answerer.TARGET),
        ("https://m.shop.example/item", Answerer.TARGET),
        ("https://elsewhere.example/", Answerer.THIRD),
        ("about:blank", Answerer.NOBODY),
        ("http://[broken", Answerer.NOBODY),
        ("", Answerer.NOBODY),
        (None, Answerer.NOBODY),
    ],
)
def test_the_host_tells_who_answered(url: str | None, answerer: Answerer) -> None:
    assert HOSTS.who(url) is answerer


def test_a_product_of_the_platforms_own_is_the_target_where_it_is_the_target() -> None:
    hosts = Hosts(platform=("platform.example",), target=("video.platform.example",), domains=frozenset())

    assert hosts.who("https://video.platform.example/7") is Answerer.TARGET
    assert hosts.who("https://link.platform.example/?u=x") is Answerer.PLATFORM


@pytest.mark.parametrize("pattern", ["short.example", "=short.example"])
def test_a_host_that_both_claim_alike_is_the_targets(pattern: str) -> None:
    hosts = Hosts(platform=("platform.example", pattern), target=("short.example",), domains=frozenset())

    assert hosts.who("https://short.example/invite") is Answerer.TARGET


def test_a_gateway_below_the_targets_domain_is_the_platforms() -> None:
    hosts = Hosts(platform=("go.shop.example",), target=("shop.example",), domains=frozenset({"shop.example"}))

    assert hosts.who("https://go.shop.example/?u=x") is Answerer.PLATFORM


def test_where_the_target_leads_by_itself_is_the_targets() -> None:
    case = made(ITEM).case

    assert hosts_of(case, case.target, ("https://kettles.example/7",)).who("https://www.kettles.example/") is (
        Answerer.TARGET
    )


def test_a_target_that_leads_to_the_platform_does_not_own_the_platforms_host() -> None:
    case = made(ITEM).case

    assert hosts_of(case, case.target, ("https://platform.example/login",)).who("https://platform.example/x") is (
        Answerer.PLATFORM
    )


def test_an_own_product_may_lead_to_another_host_of_the_platforms() -> None:
    case = made(ITEM).case
    own = msgspec.structs.replace(case.target, url="https://video.platform.example/7")

    assert hosts_of(case, own, ("https://tv.platform.example/7",)).who("https://tv.platform.example/7") is (
        Answerer.TARGET
    )


def test_what_else_the_platforms_owner_offers_counts_as_the_platforms() -> None:
    case = msgspec.structs.replace(made(ITEM).case, own_hosts=("bazaar.example",))

    assert hosts_of(case, case.target).who("https://m.bazaar.example/") is Answerer.PLATFORM
