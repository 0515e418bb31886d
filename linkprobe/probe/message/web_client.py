"""Chats through their own web client: two people in one browser, one writes the link, the other looks and clicks."""

import asyncio
from collections.abc import Mapping

import msgspec

from linkprobe.model import Client, Failure, SendOutcome, Sent, Shown, Target, Vantage, WebClient
from linkprobe.probe.browser import Chromium
from linkprobe.probe.message.accounts import secrets
from linkprobe.probe.message.fill import Fill
from linkprobe.probe.message.links import clickable
from linkprobe.probe.message.press import pressed
from linkprobe.probe.message.redaction import Redaction
from linkprobe.probe.message.seat import BROKEN, Seat, failed
from linkprobe.probe.message.watch import Watch, Watched

Conversation = tuple[Sent, Shown | None]


async def write_and_look(
    chromium: Chromium,
    vantage: Vantage,
    surface: WebClient,
    target: Target,
    *,
    client: Client | None,
    token: str,
    environ: Mapping[str, str],
) -> Conversation:
    """Send `target` once through the client, and look at it and click it as its recipient.

    Nothing is sent before both are in. Whatever goes wrong until then is our vantage's failure: the platform has not
    seen the link yet. Nothing secret of `environ` is in what comes back.
    """
    fill = Fill(environ, {"url": target.url, "token": token})
    try:
        async with chromium.context(vantage, client) as one, chromium.context(vantage, client) as other:
            sender = Seat(await one.new_page(), surface, fill)
            receiver = Seat(await other.new_page(), surface, fill)
            conversation = await _converse(sender, receiver, surface, target, token)
    except BROKEN as error:
        conversation = Sent(SendOutcome.FAILED, failure=failed("the browser failed", error)), None
    clean: Conversation = Redaction(secrets(surface, environ), (target.url,)).struct(conversation)
    return clean


async def _converse(sender: Seat, receiver: Seat, surface: WebClient, target: Target, token: str) -> Conversation:
    out = await asyncio.gather(sender.enter("sender", surface.sender), receiver.enter("receiver", surface.receiver))
    text = Fill({}, {"url": target.url, "token": token}).text(surface.text)
    if failure := out[0] or out[1] or await sender.write(text):
        return Sent(SendOutcome.FAILED, failure=failure), None
    before = await sender.old_refusals(token)
    unsent = await sender.submit()
    # From here on nothing may raise: the message may have left, and is not sent again.
    watch = Watch(sender, receiver, token, before)
    watched = await watch.until(surface.within)
    if not watched.seen and not watched.refused:
        watched = await watch.missed(watched)
    sent = _sent(watched, unsent)
    return sent, None if sent.outcome is SendOutcome.REFUSED else await _shown(
        receiver, watch, watched, surface, target, token
    )


def _sent(watched: Watched, unsent: Failure | None) -> Sent:
    """What came of the send. A message that arrived was sent, whatever else was said."""
    if watched.seen:
        return Sent(SendOutcome.ACCEPTED, wording=watched.refused, seconds=watched.seconds)
    if watched.refused:
        return Sent(SendOutcome.REFUSED, wording=watched.refused, seconds=watched.seconds)
    if failure := unsent or watched.sender:
        return Sent(SendOutcome.FAILED, seconds=watched.seconds, failure=failure)
    return Sent(SendOutcome.ACCEPTED, seconds=watched.seconds)


async def _shown(
    receiver: Seat, watch: Watch, watched: Watched, surface: WebClient, target: Target, token: str
) -> Shown:
    expected = surface.card is not None
    if not watched.seen:
        return Shown(card_expected=expected, waited=watched.seconds, failure=watched.receiver)
    seen = await watch.with_card(watched.seen, surface.card_within if expected else 0.0)
    link = clickable(seen.links, target)
    clicked = await pressed(receiver, token, link) if link else None
    return msgspec.structs.replace(seen, card_expected=expected, clicked=clicked)
