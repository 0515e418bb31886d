"""A real web client of a real chat: what its servers do to a link, seen by two people in a browser, and judged."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import yaml

from linkprobe.model import Card, Cause, Cell, Fairness, SendOutcome, Shown, Target, Vantage, Verdict, WebClient
from linkprobe.network import Entry, Mapped
from linkprobe.probe.browser import Chromium
from linkprobe.probe.message.conversation import converse
from linkprobe.scenario import load_catalogue, shipped
from tests.loopback import Reply, answering, website
from tests.servers.conftest import judged
from tests.servers.inspircd import CHANNEL, InspIRCd, Switches, inspircd
from tests.servers.lounge import HOST, TheLounge, thelounge
from tests.servers.sites import CLAW, LIBRARY, SHOP, Sites

pytestmark = [pytest.mark.servers, pytest.mark.browser, pytest.mark.xdist_group("thelounge")]

TOKEN = "f3a9c1d2"
REASON = "Links to this shop are not wanted here"
KIOSK = "kiosk.example"
STALL = "stall.example"
PATHS = {LIBRARY: "/hours", SHOP: "/hammer?from=chat", KIOSK: "/papers", STALL: "/apples"}
ADDRESS = "LINKPROBE_THELOUNGE"
SHIPPED = load_catalogue(shipped()).platforms["the-lounge"]


def impatient(surface_id: str = "channel") -> WebClient:
    """The shipped profile, with less patience for what lies on the same machine."""
    surface = SHIPPED.surfaces[surface_id]
    assert isinstance(surface, WebClient)
    return msgspec.structs.replace(surface, within=3.0, card_within=2.5)


def signing_in(address: str, members: dict[str, str]) -> dict[str, str]:
    """The variables of two accounts."""
    values = {ADDRESS: address, f"{ADDRESS}_CHANNEL": CHANNEL}
    for who, (name, password) in zip(("SENDER", "READER"), members.items(), strict=True):
        values |= {f"{ADDRESS}_{who}": name, f"{ADDRESS}_{who}_PASSWORD": password}
    return values


def stall(scope: dict[str, Any]) -> Reply:
    """The stall's page, or the kiosk's, which offers no card: it has neither a title nor anything else of itself."""
    path = scope["path"]
    title = f"<title>{path}</title>" if path == PATHS[STALL] else ""
    words = "".join(f"<p>{path}, number {number}, sold by the pound until noon.</p>" for number in range(9))
    return 200, [("content-type", "text/html; charset=utf-8")], f"<!doctype html>{title}<body>{words}".encode()


class Lounge(NamedTuple):
    """The chat, the client in front of it, the sites that links lead to, and a browser."""

    chat: InspIRCd
    client: TheLounge
    pages: Sites
    stalls: int
    """The port of two more sites."""

    def url(self, host: str) -> str:
        """The address of a host's page."""
        return f"http://{host}:{self.pages.ports.get(host, self.stalls)}{PATHS[host]}"

    def network(self) -> Mapped:
        """A network in which the names of the sites and of the client lead here."""
        stalls = (Entry(host, self.stalls, "127.0.0.1", self.stalls) for host in (KIOSK, STALL))
        return Mapped((*self.pages.entries, *stalls, self.client.entry))

    def scenario(self, hosts: dict[str, str]) -> str:
        """The shipped platform as a scenario of its own, with a target for each of the hosts, and the library."""
        platform = msgspec.structs.replace(SHIPPED, hosts=(HOST,), surfaces={"channel": impatient()})
        targets = [{"target": id, "url": self.url(host), "category": "shops"} for id, host in hosts.items()]
        plain = {"target": "plain", "url": self.url(LIBRARY), "category": "shops", "neutral": True}
        document = {"scenario": "lounge", "platforms": [msgspec.to_builtins(platform)], "define": [*targets, plain]}
        return yaml.safe_dump(document)

    async def judged(self, folder: Path, **hosts: str) -> dict[str, Cell]:
        """The cells of a round over these hosts, by target."""
        network = self.network()
        try:
            environ = {ADDRESS: self.client.address}
            return await judged(folder, self.scenario(hosts), network, environ, browser=True, repeat=1)
        finally:
            await network.aclose()


class Talk(NamedTuple):
    """Messages of one driver, in one browser."""

    lounge: Lounge
    network: Mapped
    chromium: Chromium

    async def shown(self, host: str, surface: WebClient | None = None, environ: dict[str, str] | None = None) -> Shown:
        """What the recipient sees of a message with the address of a host's page."""
        sent, shown = await converse(
            self.network,
            self.chromium,
            Vantage(),
            surface or impatient(),
            Target(id="it", url=self.lounge.url(host)),
            token=TOKEN,
            environ=environ or {ADDRESS: self.lounge.client.address},
        )
        assert sent.outcome is SendOutcome.ACCEPTED, sent
        assert shown is not None
        return shown


@pytest.fixture(scope="session")
async def open_lounge(tmp_path_factory: pytest.TempPathFactory, pages: Sites) -> AsyncIterator[Lounge]:
    async with (
        inspircd(tmp_path_factory.mktemp("inspircd")) as chat,
        thelounge(tmp_path_factory.mktemp("thelounge"), chat) as client,
        website(answering(stall)) as stalls,
    ):
        yield Lounge(chat, client, pages, stalls)


@pytest.fixture
async def lounge(open_lounge: Lounge) -> AsyncIterator[Lounge]:
    yield open_lounge
    await open_lounge.chat.warden.restore()


@pytest.fixture(scope="session")
async def session_talk(open_lounge: Lounge) -> AsyncIterator[Talk]:
    network = open_lounge.network()
    async with Chromium(network) as chromium:
        yield Talk(open_lounge, network, chromium)
    await network.aclose()


@pytest.fixture
def talk(session_talk: Talk, lounge: Lounge) -> Talk:
    return session_talk


async def test_a_link_arrives_with_the_card_its_page_offers_and_a_click_asks_for_it(talk: Talk) -> None:
    shown = await talk.shown(SHOP)
    link = talk.lounge.url(SHOP)

    assert (shown.text, shown.links, shown.clicked) == (f"{TOKEN} {link}", (link,), link)
    assert shown.card == Card(CLAW, "Forged in one piece, with a handle of ash.", "", link)


async def test_a_page_that_offers_no_card_gets_none_though_a_place_for_it_is_there(talk: Talk) -> None:
    shown = await talk.shown(KIOSK)

    assert (shown.arrived, shown.card, shown.card_expected) == (True, None, True)


async def test_two_who_sign_in_talk_in_a_client_that_makes_no_cards(talk: Talk, tmp_path: Path) -> None:
    members = {"anna": "geheim-anna", "bert": "geheim-bert"}
    async with thelounge(tmp_path / "private", talk.lounge.chat, cards=False, members=members) as client:
        environ = signing_in(f"http://127.0.0.1:{client.port}", members)
        shown = await talk.shown(SHOP, impatient("signed-in"), environ)

    assert (shown.links, shown.card) == ((talk.lounge.url(SHOP),), None)
    assert not [secret for secret in members.values() if secret in repr(shown)]


async def test_a_round_tells_refused_from_garbled_from_let_through(lounge: Lounge, tmp_path: Path) -> None:
    await lounge.chat.warden.refuse(SHOP, REASON)
    await lounge.chat.warden.switch(Switches(words=((f"http://{KIOSK}", f"hxxp://{KIOSK}"),)))
    await lounge.chat.warden.mode("+G")
    cells = await lounge.judged(tmp_path, refused=SHOP, garbled=KIOSK, free=STALL)

    assert {id: (cell.verdict, cell.causes) for id, cell in cells.items()} == {
        "refused": (Verdict.SHIELDED, (Cause.SEND_REFUSED,)),
        "garbled": (Verdict.DEGRADED, (Cause.PLAIN_TEXT,)),
        "free": (Verdict.OPEN, ()),
        "plain": (Verdict.OPEN, ()),
    }
    assert cells["refused"].fairness == (Fairness.DISCRIMINATORY,)
    assert "“Cannot send to channel #links”" in cells["refused"].findings[0].evidence


async def test_what_its_sender_sees_as_sent_and_nobody_gets_is_dropped(lounge: Lounge, tmp_path: Path) -> None:
    await lounge.chat.warden.switch(Switches(tells=False))
    await lounge.chat.warden.refuse(SHOP, REASON)
    cells = await lounge.judged(tmp_path, dropped=SHOP)

    assert (cells["dropped"].verdict, cells["dropped"].causes) == (Verdict.SHIELDED, (Cause.SILENTLY_DROPPED,))


async def test_that_newcomers_may_not_speak_yet_is_no_treatment_of_a_link(lounge: Lounge, tmp_path: Path) -> None:
    await lounge.chat.warden.mode("+d 60")
    cells = await lounge.judged(tmp_path, rival=SHOP)

    assert cells["rival"].verdict is Verdict.INCONCLUSIVE
