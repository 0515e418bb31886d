import asyncio
import re
from html import unescape
from typing import Any, TypeAlias

import httpx
import pytest
import pytest_asyncio

from linkprobe.model import Card, MessageApi, PreviewApi, SendOutcome, Sent, Shown, Target
from linkprobe.probe.message.declared import preview, send_and_read
from linkprobe.probe.message.verify import verify
from tests.lab.conftest import HERE, Visitor

SURFACES = [("lab-messenger", "api"), ("lab-social", "post"), ("lab-board", "thread")]
LINKIFYING = ("lab-messenger", "api")
surfaces = pytest.mark.parametrize(("platform", "surface"), SURFACES)
TARGETS = [
    f"lab-{name}"
    for name in (
        "direct",
        "send-refused",
        "silent-drop",
        "remove-later",
        "plain-text",
        "replace-content",
        "no-card",
        "stripped-card",
        "block-page",
    )
]
Sends: TypeAlias = dict[tuple[str, str, str], tuple[Sent, Shown | None]]


@pytest_asyncio.fixture(scope="module")
async def sends(fiction: Visitor) -> Sends:
    """Every target sent by every surface, all at once, for the looks take seconds."""
    keys = [(*where, target) for where in SURFACES for target in TARGETS]
    return dict(zip(keys, await asyncio.gather(*(sent_and_shown(fiction, *key) for key in keys)), strict=True))


async def sent_and_shown(visitor: Visitor, platform: str, surface: str, target: str) -> tuple[Sent, Shown | None]:
    declared = visitor.catalogue.platforms[platform].surfaces[surface]
    assert isinstance(declared, MessageApi)
    return await send_and_read(
        visitor.network,
        HERE,
        declared,
        visitor.catalogue.targets[target],
        token=f"word-{target}",
        environ=visitor.address.environ,
    )


async def logged_in(visitor: Visitor, who: str) -> str:
    """A token of one of the messenger's two accounts."""
    password = visitor.address.environ[f"LINKPROBE_LAB_MESSENGER_{who}"]
    answer = await visitor.ask(
        "https://api.messenger.example/v1/login", method="POST", json={"user": who.lower(), "password": password}
    )
    token: str = answer.json()["session"]["token"]
    return token


def card_of(page: httpx.Response) -> Card:
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', page.text))
    return Card(*(unescape(found[name]) for name in ("title", "description", "image", "url")))


@surfaces
async def test_a_link_arrives_alive_with_its_targets_card(
    fiction: Visitor, sends: Sends, platform: str, surface: str
) -> None:
    target: Target = fiction.catalogue.targets["lab-direct"]
    sent, shown = sends[platform, surface, "lab-direct"]

    assert sent.outcome is SendOutcome.ACCEPTED
    assert shown is not None
    assert (shown.arrived, shown.links, shown.still_there) == (True, (target.url,), True)
    assert shown.card == card_of(await fiction.open("lab-direct"))


@surfaces
async def test_a_refused_link_is_refused(sends: Sends, platform: str, surface: str) -> None:
    sent, shown = sends[platform, surface, "lab-send-refused"]

    assert (sent.outcome, shown) == (SendOutcome.REFUSED, None)


async def test_a_refusal_is_in_the_worlds_words(sends: Sends) -> None:
    sent, _ = sends["lab-messenger", "api", "lab-send-refused"]

    assert (sent.code, sent.wording) == ("link_blocked", "This link cannot be posted here")


@pytest.mark.parametrize(
    ("target", "fields"),
    [
        ("lab-silent-drop", {"arrived": False}),
        ("lab-remove-later", {"arrived": True, "still_there": False}),
        ("lab-plain-text", {"arrived": True, "links": (), "card": None}),
        ("lab-replace-content", {"arrived": True, "links": (), "card": None}),
        ("lab-no-card", {"arrived": True, "card": None}),
    ],
)
@surfaces
async def test_a_message_meets_what_the_world_has_for_its_link(
    sends: Sends, platform: str, surface: str, target: str, fields: dict[str, Any]
) -> None:
    sent, shown = sends[platform, surface, target]

    assert sent.outcome is SendOutcome.ACCEPTED
    assert {name: getattr(shown, name) for name in fields} == fields


@surfaces
async def test_replaced_content_names_no_link(sends: Sends, platform: str, surface: str) -> None:
    _, shown = sends[platform, surface, "lab-replace-content"]

    assert shown is not None
    assert "{LINK REMOVED}" in shown.text
    assert "http" not in shown.text


@surfaces
async def test_a_stripped_card_keeps_its_title_only(sends: Sends, platform: str, surface: str) -> None:
    _, shown = sends[platform, surface, "lab-stripped-card"]

    assert shown is not None
    assert shown.card is not None
    assert (bool(shown.card.title), shown.card.description, shown.card.image) == (True, "", "")


@surfaces
async def test_a_link_that_is_treated_when_opened_leads_through_the_platform(
    fiction: Visitor, sends: Sends, platform: str, surface: str
) -> None:
    _, shown = sends[platform, surface, "lab-block-page"]
    assert shown is not None

    page = await fiction.ask(shown.links[0])

    assert page.url.host == fiction.catalogue.platforms[platform].hosts[0]
    written = shown.links[0] if (platform, surface) == LINKIFYING else fiction.catalogue.targets["lab-block-page"].url
    assert written in shown.text


async def test_a_wrong_account_is_unauthorised(fiction: Visitor) -> None:
    declared = fiction.catalogue.platforms["lab-messenger"].surfaces["api"]
    assert isinstance(declared, MessageApi)
    wrong = {**fiction.address.environ, "LINKPROBE_LAB_MESSENGER_SENDER": "somebody-else"}

    target = fiction.catalogue.targets["lab-direct"]
    sent, _ = await send_and_read(fiction.network, HERE, declared, target, token="word", environ=wrong)

    assert sent.outcome is SendOutcome.UNAUTHORISED


async def test_another_account_sees_the_message_and_a_stranger_does_not(fiction: Visitor) -> None:
    url = "https://api.messenger.example/v1/rooms/1/messages?limit=20"
    sender, reader = [await logged_in(fiction, who) for who in ("SENDER", "READER")]
    answers = await asyncio.gather(
        *(fiction.ask(url, headers={"authorization": f"Bearer {who}"}) for who in (reader, sender, "stranger"))
    )

    assert ["data" in answer.json() for answer in answers] == [True, False, False]


async def test_a_request_of_another_type_is_refused(fiction: Visitor) -> None:
    token = await logged_in(fiction, "SENDER")
    answer = await fiction.ask(
        "https://api.messenger.example/v1/rooms/1/messages",
        method="POST",
        headers={"authorization": f"Bearer {token}"},
        data={"text": "hello", "silent": "true"},
    )

    assert answer.status_code == 415


@pytest.mark.parametrize("where", [("lab-messenger", "api"), ("lab-board", "thread")])
async def test_a_message_is_taken_back_when_it_has_been_looked_at(sends: Sends, where: tuple[str, str]) -> None:
    sent, shown = sends[*where, "lab-direct"]

    assert sent.taken_back is True
    assert shown is not None
    assert shown.still_there is True


async def test_what_was_dropped_cannot_be_taken_back(sends: Sends) -> None:
    assert sends["lab-messenger", "api", "lab-silent-drop"][0].taken_back is False


async def test_what_is_deleted_is_gone(fiction: Visitor) -> None:
    reader = await logged_in(fiction, "READER")
    await sent_and_shown(fiction, "lab-messenger", "api", "lab-shim")
    url = "https://api.messenger.example/v1/rooms/1/messages?limit=20"
    seen = await fiction.ask(url, headers={"authorization": f"Bearer {reader}"})

    assert "word-lab-shim" not in seen.text


async def test_a_dead_link_is_broken_up_where_clients_make_links(sends: Sends) -> None:
    _, shown = sends["lab-messenger", "api", "lab-plain-text"]

    assert shown is not None
    assert "hxxp" in shown.text


async def test_accounts_that_work_are_confirmed_and_others_are_not(fiction: Visitor) -> None:
    declared = fiction.catalogue.platforms["lab-messenger"].surfaces["api"]
    assert isinstance(declared, MessageApi)
    wrong = {**fiction.address.environ, "LINKPROBE_LAB_MESSENGER_READER": "somebody-else"}

    works = await verify(fiction.network, HERE, declared, fiction.address.environ)
    fails = await verify(fiction.network, HERE, declared, wrong)

    assert [one.works for one in works] == [True] * 4
    assert [one.outcome for one in fails] == [SendOutcome.ACCEPTED, SendOutcome.UNAUTHORISED]


@pytest.mark.parametrize("secret", ["another-secret", ""])
async def test_a_message_that_is_not_signed_rightly_is_unauthorised(fiction: Visitor, secret: str) -> None:
    declared = fiction.catalogue.platforms["lab-social"].surfaces["post"]
    assert isinstance(declared, MessageApi)
    environ = {**fiction.address.environ, "LINKPROBE_LAB_SOCIAL_SECRET": secret}

    target = fiction.catalogue.targets["lab-direct"]
    sent, _ = await send_and_read(fiction.network, HERE, declared, target, token="word", environ=environ)

    assert sent.outcome is not SendOutcome.ACCEPTED


@pytest.mark.parametrize(
    ("target", "has_card", "has_image"),
    [("lab-direct", True, True), ("lab-stripped-card", True, False), ("lab-no-card", False, False)],
)
async def test_a_preview_shows_the_card_the_world_leaves(
    fiction: Visitor, target: str, has_card: bool, has_image: bool
) -> None:
    declared = fiction.catalogue.platforms["lab-messenger"].surfaces["preview"]
    assert isinstance(declared, PreviewApi)
    shown = await preview(
        fiction.network, HERE, declared, fiction.catalogue.targets[target], environ=fiction.address.environ
    )

    assert (shown.failure, bool(shown.card), bool(shown.card and shown.card.image)) == (None, has_card, has_image)
