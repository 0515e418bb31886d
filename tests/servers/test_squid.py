"""Squid as the network between a probe and the links: inside an app it is the app's, before everything nobody's."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from linkprobe.judge import cell
from linkprobe.model import (
    Arm,
    Cause,
    Cell,
    Client,
    FailureKind,
    Measurement,
    Observation,
    Vantage,
    Verdict,
    Visit,
)
from linkprobe.network import Mapped
from linkprobe.probe.http import visit_http
from linkprobe.scenario import Catalogue, load_scenarios
from tests.loopback import ca_file
from tests.servers.conftest import judged
from tests.servers.sites import CLAW, GATE, GO, HOURS, LIBRARY, SHOP, Sites, sites
from tests.servers.squid import BLOCKED, CUT, GATED, SLOW, TREATED, Squid, squid

pytestmark = [pytest.mark.servers, pytest.mark.xdist_group("squid")]

HERE = Vantage()
Networks = Callable[[Mapped], Mapped]
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/126.0.6478.188 Mobile Safari/537.36 ExampleApp/7.1"
)


@pytest_asyncio.fixture(scope="module")
async def treated_pages() -> AsyncIterator[Sites]:
    """The sites; the secure one answers to the names that are treated as well."""
    async with sites(*TREATED) as running:
        yield running


@pytest_asyncio.fixture(scope="module")
async def proxy(treated_pages: Sites) -> AsyncIterator[Squid]:
    async with squid(treated_pages) as running:
        yield running


@pytest.fixture(scope="module")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ca_file(tmp_path_factory.mktemp("ca"))


def rivals(pages: Sites) -> dict[str, str]:
    """A link for each thing that Squid does at once."""
    return {
        "blocked": f"http://{BLOCKED}:{pages.shop}/hammer",
        "blocked-secure": f"https://{BLOCKED}:{pages.secure}/hammer",
        "gated": f"http://{GATED}:{pages.shop}/hammer",
        "cut": f"http://{CUT}:{pages.shop}/hammer",
    }


def define(pages: Sites, links: dict[str, str]) -> str:
    """The links, and the harmless one."""
    written = "".join(
        f'  - {{target: {name}, url: "{url}", category: shops, landmark: {{text: "{CLAW}"}}}}\n'
        for name, url in links.items()
    )
    plain = f'  - {{target: plain, url: "{pages.url(LIBRARY, "/hours")}", category: shops, neutral: true'
    return f'define:\n{written}{plain}, landmark: {{text: "{HOURS}"}}}}\n'


def in_app(links: str, language: str = "zh-CN") -> str:
    return f"""
scenario: squid-inside
platforms:
  - platform: example-app
    name: Example App
    owner: example-app
    hosts: [{GATE}]
    clients:
      phone: {{user_agent: "{PHONE}", language: {language}}}
    surfaces:
      chat: {{kind: in-app, client: phone}}
{links}"""


def behind(pages: Sites, proxy: Squid) -> str:
    return f"""
scenario: squid-before-everything
platforms:
  - platform: example-forum
    name: Example Forum
    owner: example-forum
    hosts: [{GO}]
    surfaces:
      post: {{kind: gateway, template: "{pages.url(GO)}?to={{url}}"}}
vantages: [behind]
define_vantages:
  - {{vantage: behind, proxy: "{proxy.url}"}}
{define(pages, rivals(pages))}"""


@pytest.mark.parametrize(
    ("host", "scheme", "kind"),
    [
        (BLOCKED, "https", FailureKind.REFUSED),
        (GATED, "https", FailureKind.REFUSED),
        (CUT, "http", FailureKind.RESET),
        (CUT, "https", FailureKind.RESET),
    ],
)
async def test_what_comes_of_no_page_is_named_by_what_was_done(
    treated_pages: Sites, proxy: Squid, ca: Path, closing: Networks, host: str, scheme: str, kind: FailureKind
) -> None:
    network = closing(Mapped(proxy.entries, ca=ca, insides={"app": proxy.url}))
    port = treated_pages.secure if scheme == "https" else treated_pages.shop
    visit = await visit_http(network, HERE, f"{scheme}://{host}:{port}/", client=None, inside=proxy.url)

    assert visit.failure is not None
    assert visit.failure.kind is kind


async def test_a_host_without_a_rule_is_reached(
    treated_pages: Sites, proxy: Squid, ca: Path, closing: Networks
) -> None:
    network = closing(Mapped(proxy.entries, ca=ca, insides={"app": proxy.url}))
    visit = await visit_http(network, HERE, treated_pages.url(SHOP), client=None, inside=proxy.url)

    assert visit.page is not None
    assert CLAW.encode() in visit.page.body


class Inside:
    """Visits as an app on a phone makes them, judged as they are."""

    def __init__(self, network: Mapped, proxy: Squid, path: Path) -> None:
        self._network = network
        self._proxy = proxy
        self._path = path

    async def judged(self, scenario: str) -> Cell:
        """The cell of the scenario's first link."""
        self._path.write_text(scenario, "utf-8")
        first, *_ = load_scenarios((self._path,), Catalogue())
        assert first.neutral is not None
        client = first.client
        through, plain = self._proxy.url, first.neutral.url
        measurement = Measurement(
            case=first,
            subject=await self._seen(Arm.SUBJECT, first.target.url, client, through),
            direct=(await self._seen(Arm.DIRECT, first.target.url, None, None),),
            as_app=await self._seen(Arm.DIRECT_AS_APP, first.target.url, client, None),
            neutral=await self._seen(Arm.NEUTRAL, plain, client, through),
            neutral_direct=await self._seen(Arm.DIRECT, plain, None, None),
        )
        return cell((measurement,))

    async def _seen(self, arm: Arm, url: str, client: Client | None, inside: str | None) -> Observation:
        visit: Visit = await visit_http(self._network, HERE, url, client=client, inside=inside)
        return Observation(arm=arm, url=url, visit=visit)


@pytest.fixture
def inside(proxy: Squid, ca: Path, closing: Networks, tmp_path: Path) -> Inside:
    network = closing(Mapped(proxy.entries, ca=ca, insides={"app": proxy.url}))
    return Inside(network, proxy, tmp_path / "scenario.yaml")


@pytest.mark.parametrize(
    "language", ["zh-CN", "zh-TW", "en-GB", "ar", "de", "es", "fa", "fr", "hi", "ja", "ko", "pt-BR", "ru", "th", "vi"]
)
async def test_a_block_page_is_one_in_any_language(treated_pages: Sites, inside: Inside, language: str) -> None:
    judged_cell = await inside.judged(in_app(define(treated_pages, rivals(treated_pages)), language))

    assert (judged_cell.target, judged_cell.verdict) == ("blocked", Verdict.SHIELDED)
    assert judged_cell.causes == (Cause.BLOCK_PAGE,)


async def test_a_network_before_everything_is_laid_at_no_platforms_door(
    treated_pages: Sites, proxy: Squid, ca: Path, closing: Networks, tmp_path: Path
) -> None:
    cells = await judged(tmp_path, behind(treated_pages, proxy), closing(Mapped(proxy.entries, ca=ca)), {})

    assert {name: cell.verdict for name, cell in cells.items()} == {
        "blocked": Verdict.GATED,
        "blocked-secure": Verdict.INCONCLUSIVE,
        "cut": Verdict.DOWN,
        "gated": Verdict.INCONCLUSIVE,
        "plain": Verdict.OPEN,
    }


@pytest.mark.browser
async def test_a_round_inside_an_app_finds_what_its_network_does(
    treated_pages: Sites, proxy: Squid, ca: Path, closing: Networks, tmp_path: Path
) -> None:
    network = closing(Mapped(proxy.entries, ca=ca, insides={"example-app/chat": proxy.url}))
    scenario = in_app(define(treated_pages, rivals(treated_pages)))
    cells = await judged(tmp_path, scenario, network, {}, browser=True)

    assert {name: (cell.verdict, *cell.causes) for name, cell in cells.items()} == {
        "blocked": (Verdict.SHIELDED, Cause.BLOCK_PAGE),
        "blocked-secure": (Verdict.SHIELDED, Cause.NEVER_ARRIVED),
        "cut": (Verdict.SHIELDED, Cause.NEVER_ARRIVED),
        "gated": (Verdict.DEGRADED, Cause.INTERSTITIAL_CLICK, Cause.ADDED_PARAMETERS),
        "plain": (Verdict.OPEN,),
    }


@pytest.mark.browser
async def test_a_round_inside_an_app_finds_a_link_that_is_throttled(
    treated_pages: Sites, proxy: Squid, ca: Path, closing: Networks, tmp_path: Path
) -> None:
    network = closing(Mapped(proxy.entries, ca=ca, insides={"example-app/chat": proxy.url}))
    links = define(treated_pages, {"slow": f"https://{SLOW}:{treated_pages.secure}/hammer"})
    cells = await judged(tmp_path, in_app(links), network, {}, browser=True)

    assert (cells["slow"].verdict, cells["slow"].causes) == (Verdict.DEGRADED, (Cause.DELAYED,))
    assert cells["plain"].verdict is Verdict.OPEN
