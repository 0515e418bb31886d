"""Whole rounds over several hosted services' doubles: from the shipped declaration to the verdict."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from linkprobe.accounts import Accounts
from linkprobe.audit import Options, Silent, run_round
from linkprobe.model import Case, Cause, Cell, Target, Vantage, Verdict
from linkprobe.store import RoundRecord, Store
from tests.hosted.conftest import HOST, TARGET
from tests.hosted.double import Double, Fate, Offer
from tests.hosted.services import SERVICES, Service, catalogue, in_short
from tests.hosted.stage import stage
from tests.loopback import App, Reply, answering

ROUND = "r1"
HARMLESS = "library.example"
NEUTRAL = Target(id="library", url=f"https://{HARMLESS}/hours?day=1", neutral=True)
BY_NAME = {str(service): service for service in SERVICES}
Doubles = dict[str, Double]
"""By the surface each is held against."""


def page(title: str) -> App:
    """A page that offers the card all doubles show."""
    offer = Offer()
    head = (
        f'<title>{title}</title><meta property="og:title" content="{offer.title}">'
        f'<meta property="og:description" content="{offer.description}">'
        f'<meta property="og:image" content="{offer.image}">'
    )
    text = "<p>" + f"All about {title}, at length and in the same words each time. " * 8 + "</p>"
    body = f"<!doctype html><html><head>{head}</head><body><h1>{title}</h1>{text}</body></html>".encode()

    def reply(_: object) -> Reply:
        return 200, [("content-type", "text/html; charset=utf-8")], body

    return answering(reply)


def case(service: Service, target: Target) -> Case:
    platform = catalogue().platforms[service.platform]
    surfaces = {**platform.surfaces, service.surface: in_short(service)}
    return Case(
        scenario="hosted",
        platform=msgspec.structs.replace(platform, surfaces=surfaces),
        surface_id=service.surface,
        target=target,
        neutral=NEUTRAL,
        vantage=Vantage(),
    )


async def a_round(folder: Path, doubles: Doubles, environ: dict[str, str] | None = None) -> dict[str, Cell]:
    """The rival's cells by surface, and the neutral link's with a star behind."""
    chosen = [BY_NAME[name] for name in doubles]
    cases = tuple(case(service, target) for service in chosen for target in (TARGET, NEUTRAL))
    known = {name: value for double in doubles.values() for name, value in double.environ.items()} | (environ or {})
    with Store.open(folder) as store:
        store.begin_round(RoundRecord(id=ROUND, started="2026-01-01T00:00:00+00:00", mode="mapped"))
        store.keep_cases(ROUND, cases)
        sites = {HOST: page("The rival's shop"), HARMLESS: page("The library")}
        async with stage(folder, *doubles.values(), sites=sites) as network:
            options = Options(browser=False, repeat=2)
            cells = await run_round(store, ROUND, cases, network, options, Silent(), Accounts(known))
    return {f"{cell.key[0]}/{cell.key[1]}{'*' if cell.key[2] == NEUTRAL.id else ''}": cell for cell in cells}


def double(name: str, change: Callable[[Double], None] = lambda _: None, fate: Fate = Fate.ACCEPT) -> Doubles:
    made = BY_NAME[name].double({HOST: fate})
    change(made)
    return {name: made}


def at_once(made: Double) -> None:
    """No message more is allowed."""
    made.allowance = 0


def refusing_all(made: Double) -> None:
    made.fates[HARMLESS] = Fate.REFUSE


def said(cell: Cell) -> tuple[Verdict, tuple[Cause, ...]]:
    return cell.verdict, tuple(finding.cause for finding in cell.findings)


EXPECTED = [
    ("discord/bot-message", Fate.REFUSE, Verdict.SHIELDED, Cause.SEND_REFUSED),
    ("slack/bot-message", Fate.DROP, Verdict.SHIELDED, Cause.SILENTLY_DROPPED),
    ("mastodon/post", Fate.NO_CARD, Verdict.DEGRADED, Cause.NO_CARD),
    ("zulip/channel", Fate.REWRITE, Verdict.SHIELDED, Cause.CONTENT_REPLACED),
    ("dingtalk/robot", Fate.REFUSE, Verdict.SHIELDED, Cause.SEND_REFUSED),
    ("bluesky/api-post", Fate.REFUSE, Verdict.SHIELDED, Cause.SEND_REFUSED),
    ("matrix/room", Fate.REFUSE, Verdict.SHIELDED, Cause.SEND_REFUSED),
]


@pytest.mark.parametrize(("name", "fate", "verdict", "cause"), EXPECTED)
async def test_what_a_service_does_to_a_rivals_link_is_found(
    name: str, fate: Fate, verdict: Verdict, cause: Cause, tmp_path: Path
) -> None:
    cells = await a_round(tmp_path, double(name, fate=fate))

    assert said(cells[name]) == (verdict, (cause,))
    assert cells[f"{name}*"].verdict is (Verdict.OPEN if BY_NAME[name].sees else Verdict.INCONCLUSIVE)


@pytest.mark.parametrize("name", ["telegram/channel-post", "lemmy/post", "mattermost/channel", "rocket-chat/room"])
async def test_what_a_service_lets_through_is_open(name: str, tmp_path: Path) -> None:
    cells = await a_round(tmp_path, double(name))

    assert {key: said(cell) for key, cell in cells.items()} == {
        name: (Verdict.OPEN, ()),
        f"{name}*": (Verdict.OPEN, ()),
    }


@pytest.mark.parametrize("name", ["wecom/robot", "feishu/robot", "feishu/lark-robot", "dingtalk/robot", "line/push"])
async def test_what_nobody_can_look_at_is_never_open(name: str, tmp_path: Path) -> None:
    cells = await a_round(tmp_path, double(name))

    assert {cell.verdict for cell in cells.values()} == {Verdict.INCONCLUSIVE}


async def test_a_limit_that_strikes_both_links_accuses_nobody(tmp_path: Path) -> None:
    names = ("wecom/robot", "slack/bot-message", "discord/webhook")
    cells = await a_round(tmp_path, {key: made for name in names for key, made in double(name, at_once).items()})

    assert len(cells) == 2 * len(names)
    assert {cell.verdict for cell in cells.values()} == {Verdict.INCONCLUSIVE}


@pytest.mark.parametrize(
    "name", ["telegram/channel-post", "line/push", "matrix/room", "zulip/channel", "mastodon/post"]
)
async def test_a_refusal_that_can_mean_anything_accuses_nobody_where_all_are_refused(name: str, tmp_path: Path) -> None:
    cells = await a_round(tmp_path, double(name, refusing_all, Fate.REFUSE))

    assert {cell.verdict for cell in cells.values()} == {Verdict.INCONCLUSIVE}


@pytest.mark.parametrize("name", ["slack/bot-message", "matrix/room", "bluesky/api-post"])
async def test_a_reader_whose_account_does_not_work_accuses_nobody(name: str, tmp_path: Path) -> None:
    cells = await a_round(tmp_path, double(name), {BY_NAME[name].reader: "wrong-wrong"})

    assert {cell.verdict for cell in cells.values()} == {Verdict.INCONCLUSIVE}


async def test_without_accounts_every_cell_is_skipped(tmp_path: Path) -> None:
    names = ("slack/bot-message", "line/push")
    doubles = {key: made for name in names for key, made in double(name).items()}
    cells = await a_round(tmp_path, doubles, dict.fromkeys(("LINKPROBE_SLACK_READER", "LINKPROBE_LINE_TOKEN"), ""))

    assert {cell.verdict for cell in cells.values()} == {Verdict.SKIPPED}
    assert sum(made.sends for made in doubles.values()) == 0
