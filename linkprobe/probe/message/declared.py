"""Message and preview APIs that a platform's file declares: log in, send once, look as another viewer, delete."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec

from linkprobe.model import (
    Failure,
    FailureKind,
    HttpCall,
    MessageApi,
    PreviewApi,
    ReadBack,
    SendOutcome,
    Sent,
    Shown,
    Target,
    Vantage,
)
from linkprobe.network import Network
from linkprobe.probe.message.acceptance import outcome_beside
from linkprobe.probe.message.acceptance import sent as read_answer
from linkprobe.probe.message.accounts import has_hole, missing_accounts, secrets, viewer_of
from linkprobe.probe.message.call import NEVER_LEFT, Answer, ask
from linkprobe.probe.message.fill import Fill, id_holes, iso, message_holes
from linkprobe.probe.message.login import log_in
from linkprobe.probe.message.looking import CardRequest, Reader, Sought
from linkprobe.probe.message.reading import card_in
from linkprobe.probe.message.redaction import Redaction
from linkprobe.probe.message.signature import signature_holes

__all__ = ["missing_accounts", "preview", "send_and_read"]


class Talk(NamedTuple):
    """One message on its way: where it goes, and with what its requests are filled."""

    network: Network
    vantage: Vantage
    surface: MessageApi
    fill: Fill

    def knowing(self, message_id: str) -> "Talk":
        """The same once the platform has named the message."""
        return self._replace(fill=self.fill.further(id_holes(message_id)))


async def send_and_read(
    network: Network,
    vantage: Vantage,
    surface: MessageApi,
    target: Target,
    *,
    token: str,
    environ: Mapping[str, str],
) -> tuple[Sent, Shown | None]:
    """Send `target` once, look at it as another viewer if it may have got through, and take it back.

    No look (None) follows a refusal, or a login that failed. No account of `environ` and nothing that a login
    returned is in the values that come back.
    """
    now = datetime.now(UTC)
    signed = signature_holes(surface.sign, environ, now)
    fill = Fill(environ, {**message_holes(surface.text, target.url, token, now), **signed})
    entered = await log_in(network, vantage, surface, fill)
    hidden = (*secrets(surface, environ), *entered.holes.values(), signed.get("sign", ""))
    redaction = Redaction(hidden, public=(target.url,))
    if entered.refused:
        return redaction.struct(entered.refused), None
    sent, shown = await _exchange(Talk(network, vantage, surface, fill.further(entered.holes)), target, token)
    if shown:
        shown = msgspec.structs.replace(shown, viewer=viewer_of(surface, environ))
    return redaction.struct(sent), redaction.struct(shown)


async def preview(
    network: Network, vantage: Vantage, surface: PreviewApi, target: Target, *, environ: Mapping[str, str]
) -> Shown:
    """The card the platform makes of `target`. A refusal shows no card; everything else that is no card is a failure.

    `arrived` says that the platform took the link. No account of `environ` is in the value that comes back.
    """
    fill = Fill(environ, {"url": target.url, "text": target.url, "now": iso(datetime.now(UTC))})
    answer = await ask(network, vantage, fill.call(surface.call))
    sent = read_answer(surface.accepted, answer)
    shown = Shown(
        arrived=sent.outcome is SendOutcome.ACCEPTED,
        text=" ".join(filter(None, (sent.code, sent.wording))),
        card=card_in(answer.json, surface.card, target.url) if sent.outcome is SendOutcome.ACCEPTED else None,
        card_expected=True,
        waited=answer.seconds,
        failure=_no_answer(sent, answer),
    )
    clean: Shown = Redaction(secrets(surface, environ), public=(target.url,)).struct(shown)
    return clean


async def _exchange(talk: Talk, target: Target, token: str) -> tuple[Sent, Shown | None]:
    before = await _there_before(talk)
    answer = await ask(talk.network, talk.vantage, talk.fill.call(talk.surface.send), once=True)
    sent = read_answer(talk.surface.accepted, answer)
    if not _may_be_there(sent):
        return sent, None
    named = talk.knowing(sent.message_id)
    try:
        shown = await _look(named, Sought(target.url, token, sent.message_id), before)
    finally:
        # Also where the look was broken off: what was posted for a test does not stay.
        taken_back = await _take_back(named, sent.message_id)
    return msgspec.structs.replace(sent, taken_back=taken_back), shown


async def _take_back(talk: Talk, message_id: str) -> bool | None:
    """Whether the platform confirms that it deleted the message; None where no deletion is declared."""
    delete = talk.surface.delete
    if delete is None:
        return None
    if not message_id and _names_message(delete):
        return False
    answer = await ask(talk.network, talk.vantage, talk.fill.call(delete), once=True)
    in_pages = talk.surface.read is not None and talk.surface.read.format == "html"
    return outcome_beside(talk.surface.accepted, answer, page=in_pages) is SendOutcome.ACCEPTED


async def _there_before(talk: Talk) -> Counter[bytes] | Failure:
    """What other viewers see already, where no token will tell the new message from it."""
    read = talk.surface.read
    if read is None or _carries_token(talk.surface) or _names_message(read.call):
        return Counter()
    return await Reader(talk.network, talk.vantage, read, talk.fill.call(read.call)).there()


async def _look(talk: Talk, sought: Sought, before: Counter[bytes] | Failure) -> Shown:
    read = talk.surface.read
    alone = read is not None and _names_message(read.call)
    if read is None or (alone and not sought.message_id):
        return Shown(looked=False)
    if isinstance(before, Failure):
        return Shown(failure=before)
    marked = sought._replace(token=sought.token if _carries_token(talk.surface) else "", alone=alone)
    call, card = talk.fill.call(read.call), _card_request(talk, read)
    return await Reader(talk.network, talk.vantage, read, call, before, card).watch(marked)


def _card_request(talk: Talk, read: ReadBack) -> CardRequest | None:
    return CardRequest(talk.fill.call(read.preview), talk.surface.accepted) if read.preview else None


def _names_message(call: HttpCall) -> bool:
    """Whether the request asks for this one message."""
    return any(has_hole(call, name) for name in id_holes(""))


def _carries_token(surface: MessageApi) -> bool:
    return "{token}" in surface.text or has_hole(surface.send, "token")


def _may_be_there(sent: Sent) -> bool:
    """Whether the message may have got through: it was accepted, or the answer was lost on the way back."""
    lost = sent.failure is not None and sent.failure.kind not in NEVER_LEFT
    return lost or sent.outcome is SendOutcome.ACCEPTED


def _no_answer(sent: Sent, answer: Answer) -> Failure | None:
    if sent.failure or sent.outcome is SendOutcome.REFUSED:
        return sent.failure
    if sent.outcome is SendOutcome.ACCEPTED:
        return Failure(FailureKind.PROTOCOL, answer.url, "the answer is no json") if answer.json is None else None
    what = f"{sent.outcome.value}: status {sent.status} {sent.code} {sent.wording}"
    return Failure(FailureKind.PROTOCOL, answer.url, what.strip())
