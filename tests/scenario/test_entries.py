"""The contract of the shipped catalogue: what holds for every platform and every target in it, one by one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkprobe.model import Client, Encoding, Gateway, InApp, MessageApi, Platform, PreviewApi, Source, Target
from linkprobe.probe.agents import ORDINARY
from linkprobe.scenario import Catalogue, load_catalogue, shipped
from linkprobe.scenario.gateway import gateway_target, gateway_url
from linkprobe.scenario.unwrap import Stop, unwrap

SHIPPED = load_catalogue(shipped())
REAL = sorted((each for each in SHIPPED.platforms.values() if not each.fictitious), key=lambda each: each.id)
TARGETS = sorted(SHIPPED.targets.values(), key=lambda each: each.id)
KINDS = [
    *("shopping", "short-video", "video", "music", "documents", "news", "social", "messaging", "payment", "food"),
    *("maps", "newsletter", "code-hosting"),
]
SHARED_HOSTS = {("link.wtturl.cn", "douyin", "toutiao"), ("www.facebook.com", "facebook", "messenger")}
"""Hosts that answer in the name of several platforms, on purpose."""
LINKS = [
    "https://item.example/path?id=1&from=friend#top",
    "http://item.example:8080/a%20b/%E8%B7%AF?x=%26&y=a+b",
    "https://例子.测试/路径/页?词=值#段",
    "https://xn--fsqu00a.xn--0zwm56d/?q={url}",
    "https://item.example/?next=https%3A%2F%2Fother.example%2F%3Fa%3D1%2526b",
    "https://item.example/==?b=aHR0cHM6Ly9hLmV4YW1wbGU=",
]
each_platform = pytest.mark.parametrize("platform", REAL, ids=lambda each: each.id)
each_target = pytest.mark.parametrize("target", TARGETS, ids=lambda each: each.id)


def doors(platforms: Iterable[Platform]) -> Iterator[tuple[Platform, str, Encoding]]:
    """Every URL template into which a link is put, with the platform it is of."""
    for platform in platforms:
        for surface in platform.surfaces.values():
            match surface:
                case Gateway():
                    yield from ((platform, each, surface.encoding) for each in (surface.template, *surface.also))
                case InApp() if surface.opener:
                    yield platform, surface.opener, surface.encoding
        yield from ((platform, each.template, Encoding.PERCENT) for each in platform.share_dialogs.values())


def agents(platform: Platform) -> dict[str, Client]:
    return {**platform.clients, **platform.crawlers}


def sources(platform: Platform) -> list[Source]:
    parts = (
        *platform.surfaces.values(),
        *agents(platform).values(),
        *platform.phrases,
        *platform.share_dialogs.values(),
        *platform.refusals.values(),
    )
    return [*platform.sources, *chain.from_iterable(part.sources for part in parts)]


def test_there_are_at_least_sixty_real_platforms() -> None:
    assert len(REAL) >= 60


def test_what_is_fictitious_says_so_and_nothing_else_does(shipped_catalogue: Catalogue) -> None:
    for platform in shipped_catalogue.platforms.values():
        assert platform.fictitious is platform.id.startswith("lab-")


@each_platform
def test_a_platform_says_where_what_it_says_is_from(platform: Platform) -> None:
    assert all(surface.sources for surface in platform.surfaces.values())
    assert all(client.sources for client in agents(platform).values())
    assert all(phrase.sources for phrase in platform.phrases)
    assert all(refusal.sources for refusal in platform.refusals.values())


@each_platform
def test_a_source_is_a_url_and_says_how_sure_it_is(platform: Platform) -> None:
    for source in sources(platform):
        assert re.fullmatch(r"https://[\w.-]+(/\S*)?", source.url)
        assert source.sure is not None


@each_platform
def test_a_source_that_is_known_to_be_dated_has_its_date(platform: Platform) -> None:
    dated = ("ClearURLs/Rules", "bjornstar/intercept-redirect", "monperrus/crawler-user-agents", "omrilotan/isbot")
    for source in sources(platform):
        if source.url.endswith(dated) and source.sure is not None and source.sure.value in ("documented", "rule"):
            assert source.observed, source


@each_platform
def test_a_phrase_matches_its_positive_example(platform: Platform) -> None:
    assert all(phrase.text in phrase.example for phrase in platform.phrases)


@each_platform
def test_every_gateway_carries_a_link_there_and_back(platform: Platform) -> None:
    for _, template, encoding in doors([platform]):
        for link in LINKS:
            assert gateway_target(template, encoding, gateway_url(template, encoding, link)) == link


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(list(doors(REAL))),
    st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"])),
    st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"])),
)
def test_every_gateway_carries_any_link_there_and_back(
    door: tuple[Platform, str, Encoding], path: str, query: str
) -> None:
    _, template, encoding = door
    link = f"https://item.example/{path}?q={query}"

    assert gateway_target(template, encoding, gateway_url(template, encoding, link)) == link


@each_platform
def test_a_link_in_a_gateway_is_known_to_be_that_platforms(platform: Platform) -> None:
    dialogs = {each.template for each in platform.share_dialogs.values()}
    for _, template, encoding in doors([platform]):
        if template not in dialogs:
            found = unwrap(gateway_url(template, encoding, LINKS[0]), SHIPPED.platforms)
            assert found == (LINKS[0], (platform.id,), Stop.TARGET)


@each_platform
def test_an_in_app_client_is_a_whole_browsers_user_agent(platform: Platform) -> None:
    for client in platform.clients.values():
        assert re.match(r"Mozilla/5\.0 \([^)]+\) \w+/[\d.]+", client.user_agent), client.user_agent
        assert client.user_agent != ORDINARY.user_agent


@each_platform
def test_a_clients_system_is_the_one_its_user_agent_names(platform: Platform) -> None:
    named = {"Android": "Android", "iOS": "OS", "Windows": "Windows", "macOS": "Mac OS X", "": "OpenHarmony"}
    for client in platform.clients.values():
        version = client.os_version.removesuffix(".0").removesuffix(".0").replace(".", "[._]")
        assert re.search(rf"{named[client.os]}\b.*{version}", client.user_agent), client
        assert client.mobile is (client.os in ("Android", "iOS", ""))
        assert client.model in client.user_agent


@each_platform
def test_a_clients_hints_are_of_the_version_in_its_user_agent(platform: Platform) -> None:
    for client in platform.clients.values():
        if client.brands:
            assert f"Chrome/{client.brands['Chromium']}" in client.user_agent


@each_platform
def test_an_in_app_client_says_what_its_emulation_gets_wrong(platform: Platform) -> None:
    assert all(client.unfaithful for client in platform.clients.values())


@each_platform
def test_every_agent_can_be_sent_as_a_header(platform: Platform) -> None:
    for client in agents(platform).values():
        assert client.user_agent == client.user_agent.strip()
        assert client.user_agent.isascii()
        assert "  " not in client.user_agent


@each_platform
def test_an_account_stands_for_what_a_message_needs(platform: Platform) -> None:
    for surface in platform.surfaces.values():
        if isinstance(surface, (MessageApi, PreviewApi)):
            assert surface.accounts
            assert all(name.startswith("LINKPROBE_") for name in surface.accounts)


@each_platform
def test_codes_that_say_nothing_of_the_link_are_not_called_refusals_of_it(platform: Platform) -> None:
    for surface in platform.surfaces.values():
        if isinstance(surface, MessageApi):
            silent = {*surface.accepted.rate_limited, *surface.accepted.unauthorised}
            about_links = {code for code, refusal in platform.refusals.items() if refusal.about.value == "link"}
            assert not silent & about_links


def test_hosts_of_several_platforms_are_known_to_be_shared() -> None:
    claims = defaultdict(set)
    for platform in REAL:
        for pattern in platform.hosts:
            claims[pattern.removeprefix("=")].add(platform.id)
        for other in REAL:
            for host in (pattern.removeprefix("=") for pattern in other.hosts):
                wide = (pattern for pattern in platform.hosts if not pattern.startswith("="))
                if any(host.endswith(f".{pattern}") for pattern in wide):
                    claims[host].add(platform.id)

    shared = {(host, *sorted(names)) for host, names in claims.items() if len(names) > 1}

    assert shared <= SHARED_HOSTS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_target_has_peers_of_different_owners_and_one_neutral_link(kind: str) -> None:
    for category in {each.category for each in TARGETS} & {kind, f"{kind}-global"}:
        members = [each for each in TARGETS if each.category == category]
        assert len({each.owner for each in members if each.owner}) >= 3
        assert [each.neutral for each in members].count(True) == 1


def test_every_target_is_of_a_known_kind() -> None:
    known = {*KINDS, *(f"{kind}-global" for kind in KINDS), "canaries", "canaries-phishing"}

    real = {each.category for each in TARGETS if not each.category.startswith("lab-")}

    assert real == known - {"newsletter-global"}


@each_target
def test_a_target_that_is_no_canary_has_a_landmark(target: Target) -> None:
    if not target.category.startswith("lab-"):
        assert (target.landmark is None) is target.canary


@each_target
def test_a_canary_is_a_page_published_for_tests(target: Target) -> None:
    if target.canary and not target.category.startswith("lab-"):
        assert re.match(
            r"https://(testsafebrowsing\.appspot\.com|demo\.smartscreen\.msft\.net|www\.amtso\.org)/", target.url
        )
        assert target.sources


@each_target
def test_only_neutral_links_have_no_owner(target: Target) -> None:
    nobodys = target.neutral or target.canary or target.category.startswith("lab-")

    assert nobodys or target.owner or target.id in ("unfiled-page", "telegram-namesake")
