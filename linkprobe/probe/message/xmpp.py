"""Sending a link in an XMPP chat or room as one account, and receiving it as another."""

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import NamedTuple

from linkprobe.model import SendOutcome, Sent, Shown, Target, Vantage, XmppAccount, XmppChat
from linkprobe.network import Network
from linkprobe.probe.message.accounts import secrets
from linkprobe.probe.message.bosh import Denied, Lost
from linkprobe.probe.message.fill import Fill
from linkprobe.probe.message.linkify import addresses
from linkprobe.probe.message.occupant import Occupant
from linkprobe.probe.message.redaction import Redaction
from linkprobe.probe.message.stanza_error import StanzaError, error_in
from linkprobe.probe.message.stanzas import CLIENT, ORIGIN, PING, Stanza, body_of, is_a, names_of, text, write

ANSWERED_WITHIN = 15.0
"""Seconds for the server to work off what was sent: stanzas of one session keep their order (RFC 6120 §10.1)."""


class Talk(NamedTuple):
    """One message: what it says, by what it is known again, and where it goes."""

    body: str
    token: str
    """Empty where the text has no room for one."""
    id: str
    to: str
    kind: str

    @property
    def stanza(self) -> str:
        """The message as it is sent."""
        said = write("body", {}, text(self.body))
        origin = write("origin-id", {"xmlns": ORIGIN, "id": self.id})
        return write("message", {"xmlns": CLIENT, "to": self.to, "type": self.kind, "id": self.id}, said, origin)

    def is_in(self, stanza: Stanza) -> bool:
        """Whether `stanza` is this message, at the other end."""
        if not is_a(stanza, "message") or stanza.get("type") == "error":
            return False
        return (bool(self.token) and self.token in body_of(stanza)) or self.id in names_of(stanza)

    def refuses(self, stanza: Stanza) -> bool:
        """Whether `stanza` is the server's refusal of this message."""
        return is_a(stanza, "message", "error") and stanza.get("id", self.id) == self.id


async def chat(
    network: Network, vantage: Vantage, surface: XmppChat, target: Target, *, token: str, environ: Mapping[str, str]
) -> tuple[Sent, Shown | None]:
    """Send `target` once, when both are provably there, and look at it as the receiver if it may have got through.

    No look (None) follows a refusal. Nothing of `environ` is in the values that come back.
    """
    fill = Fill(environ, {"url": target.url, "token": token})
    redaction = Redaction(secrets(surface, environ), (target.url,))
    async with AsyncExitStack() as leaving:
        try:
            receiver = await _enter(leaving, network, vantage, surface, surface.receiver, fill, token)
            sender = await _enter(leaving, network, vantage, surface, surface.sender, fill, token)
        except Denied as denied:
            refused = Sent(SendOutcome.UNAUTHORISED, code=denied.condition, wording=denied.wording, logging_in=True)
            return redaction.struct(refused), None
        except Lost as lost:
            return redaction.struct(Sent(SendOutcome.FAILED, failure=lost.failure, logging_in=True)), None
        talk = _talk(surface, fill, token, receiver)
        sent = await _send(sender, talk)
        shown = await _look(receiver, talk, surface.within) if _may_be_there(sent) else None
        if shown and not shown.arrived and not sent.failure:
            sent = await _answered_late(sender, talk, sent)
    return redaction.struct(sent), redaction.struct(shown if _may_be_there(sent) else None)


async def _enter(
    leaving: AsyncExitStack,
    network: Network,
    vantage: Vantage,
    surface: XmppChat,
    account: XmppAccount,
    fill: Fill,
    token: str,
) -> Occupant:
    occupant = Occupant(network, vantage, fill.text(surface.bosh), fill.text(surface.domain))
    leaving.push_async_callback(occupant.leave)
    await occupant.enter(fill.text(account.user), fill.text(account.password))
    if surface.room:
        await occupant.join(fill.text(surface.room), token)
    return occupant


def _talk(surface: XmppChat, fill: Fill, token: str, receiver: Occupant) -> Talk:
    marked = token if "{token}" in surface.text else ""
    if surface.room:
        return Talk(fill.text(surface.text), marked, f"m{token}", fill.text(surface.room), "groupchat")
    # The full address: a telephone that is logged into the same account cannot take the message away.
    return Talk(fill.text(surface.text), marked, f"m{token}", receiver.address, "chat")


async def _send(sender: Occupant, talk: Talk) -> Sent:
    """Send the message, and behind it a question to the same server: its answer comes after any refusal."""
    start = time.perf_counter()
    room = talk.to if talk.kind == "groupchat" else ""
    question = f"q{talk.id}"
    ping = write(
        "iq",
        {"xmlns": CLIENT, "to": room or sender.domain, "type": "get", "id": question},
        write("ping", {"xmlns": PING}),
    )
    try:
        answered = await sender.until(lambda s: _answers(s, question), ANSWERED_WITHIN, talk.stanza, ping)
    except Lost as lost:
        return Sent(SendOutcome.FAILED, seconds=time.perf_counter() - start, failure=lost.failure)
    seconds = time.perf_counter() - start
    refusal = sender.find(talk.refuses)
    if refusal is not None:
        return _refused(error_in(refusal), seconds)
    if answered is None:
        return Sent(SendOutcome.FAILED, seconds=seconds, failure=sender.silence())
    return Sent(SendOutcome.ACCEPTED, message_id=talk.id, seconds=seconds)


def _answers(stanza: Stanza, question: str) -> bool:
    return is_a(stanza, "iq") and stanza.get("id") == question


def _refused(error: StanzaError, seconds: float) -> Sent:
    return Sent(error.outcome, code=error.condition, wording=error.wording, seconds=seconds)


async def _look(receiver: Occupant, talk: Talk, within: float) -> Shown:
    start = time.perf_counter()
    try:
        message = await receiver.until(talk.is_in, within)
    except Lost as lost:
        return Shown(waited=time.perf_counter() - start, failure=lost.failure)
    waited = time.perf_counter() - start
    if message is None:
        return Shown(waited=waited, failure=receiver.removed())
    body = body_of(message)
    return Shown(arrived=True, text=body, links=addresses(body), waited=waited)


async def _answered_late(sender: Occupant, talk: Talk, sent: Sent) -> Sent:
    """A refusal by another server comes after our own server has passed the message on."""
    try:
        refusal = await sender.until(talk.refuses, 0.0)
    except Lost:
        return sent
    return sent if refusal is None else _refused(error_in(refusal), sent.seconds)


def _may_be_there(sent: Sent) -> bool:
    """Whether the message may have got through: nothing refused it, or the answer was lost on the way back."""
    return sent.outcome is SendOutcome.ACCEPTED or sent.failure is not None
