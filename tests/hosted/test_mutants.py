"""That the doubles would catch a mistake in a declaration: each is made on purpose, and must make a difference."""

import asyncio
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from linkprobe.model import MessageApi, Shown
from tests.hosted.conftest import TOKEN, Stage
from tests.hosted.double import STEP
from tests.hosted.mutants import mutants
from tests.hosted.services import SERVICES, Service, in_short

AT_ONCE = 10

SHARE = 1 if os.environ.get("LINKPROBE_MUTANTS") == "all" else 6
"""One in how many mistakes is made; CI makes all."""

HARMLESS = {
    "telegram/channel-post": {
        "send: no link_preview_options": "previews are on by themselves",
        "send: no link_preview_options.is_disabled": "previews are on by themselves",
        "read.text": "the whole message stands for a text that is not found",
        "read.linkify": "the page has anchors, which say so already",
        "delete: json": "any kind of body is taken",
    },
    "slack/bot-message": {
        "send: no Content-Type": "httpx names JSON by itself",
        "delete: no Content-Type": "httpx names JSON by itself",
        "send: no unfurl_media": "media are unfurled by themselves",
        "read: no oldest": "counts where a message is missing: see the contract",
        "read: no latest": "counts where a later message is there",
        "read: no limit": "the bounds leave one message",
    },
    "mastodon/post": {
        "send: no Idempotency-Key": "guards against sending twice, which is not done",
        "send: a form": "any kind of body is taken",
        "send: no visibility": "the account's own setting is taken",
        "read: no Authorization": "anybody may look at an unlisted post",
    },
    "lemmy/post": {
        "read: no sort": "counts in a community with many posts",
        "read: no type_": "the community is named",
        "read: no limit": "counts in a community with many posts",
    },
    "rocket-chat/room": {"read: no count": "50 by itself"},
    "zulip/channel": {"read: no narrow": "counts in an account with many messages"},
    "line/push": {"message_id": "nothing is done with it"},
    "matrix/room": {
        "send: path": "its last part is a name of our own for the request",
        "delete: path": "its last part is a name of our own for the request",
    },
}
"""Changes that nothing comes of, and why."""


def hasty(surface: MessageApi) -> MessageApi:
    """With just the patience that an ordinary card takes."""
    if surface.read is None:
        return surface
    patience = 2 * STEP if surface.read.card_within else 0.0
    return msgspec.structs.replace(
        surface, read=msgspec.structs.replace(surface.read, within=STEP, card_within=patience)
    )


def outline(shown: Shown | None) -> Any:
    """What of a look must not change."""
    if shown is None:
        return None
    return (
        shown.looked,
        shown.arrived,
        shown.links,
        shown.card,
        shown.failure is None,
        shown.viewer,
        TOKEN in shown.text,
    )


async def outcome(on_stage: Stage, service: Service, surface: MessageApi) -> Any:
    """What a message and the checks come to."""
    double = service.double()
    sent, shown = await on_stage.send(double, surface)
    checks = await on_stage.verify(service.double(), surface)
    return sent.outcome, sent.taken_back, outline(shown), [check.outcome for check in checks], len(double.messages)


@pytest.mark.parametrize("service", SERVICES, ids=str)
async def test_every_mistake_that_does_harm_is_caught(service: Service, tmp_path: Path) -> None:
    surface, on_stage = hasty(in_short(service)), Stage(tmp_path)
    right = await outcome(on_stage, service, surface)
    free = asyncio.Semaphore(AT_ONCE)

    async def is_caught(name: str, mutant: MessageApi) -> tuple[str, bool]:
        folder = tmp_path / name.replace("/", "-")
        folder.mkdir()
        async with free:
            return name, await outcome(Stage(folder), service, mutant) != right

    made = tuple(mutants(surface))[::SHARE]
    caught = await asyncio.gather(*(is_caught(name, mutant) for name, mutant in made))

    harmless = set(HARMLESS.get(str(service), {})) & {name for name, _ in made}
    assert {name for name, found in caught if not found} == harmless
