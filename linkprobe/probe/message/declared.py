"""Message and preview APIs that are declared in a platform's file: send once, look as another viewer."""

from collections import Counter
from collections.abc import Mapping

from linkprobe.model import (
    Failure,
    FailureKind,
    MessageApi,
    PreviewApi,
    SendOutcome,
    Sent,
    Shown,
    Target,
    Vantage,
)
from linkprobe.network import Network
from linkprobe.probe.message.acceptance import sent as read_answer
from linkprobe.probe.message.call import NEVER_LEFT, Answer, ask
from linkprobe.probe.message.fill import Fill, Redaction, has_hole, missing_accounts
from linkprobe.probe.message.looking import Sought, Viewer
from linkprobe.probe.message.reading import card_in

__all__ = ["missing_accounts", "preview", "send_and_read"]


async def send_and_read(
    network: Network,
    vantage: Vantage,
    surface: MessageApi,
    target: Target,
    *,
    token: str,
    environ: Mapping[str, str],
) -> tuple[Sent, Shown | None]:
    """Send `target` once, and look at it as another viewer if it may have got through.

    No look (None) follows a refusal. Nothing of `environ` is in the values that come back.
    """
    text = Fill({}, url=target.url, token=token).text(surface.text)
    fill = Fill(environ, url=target.url, token=token, text=text)
    redaction = Redaction(surface, environ)
    before = await _there_before(network, vantage, surface, fill)
    answer = await ask(network, vantage, fill.call(surface.send), once=True)
    sent = read_answer(surface.accepted, answer)
    shown = None
    if _may_be_there(sent):
        shown = await _look(network, vantage, surface, fill, Sought(target.url, token, sent.message_id), before)
    return redaction.struct(sent), redaction.struct(shown)


async def preview(
    network: Network, vantage: Vantage, surface: PreviewApi, target: Target, *, environ: Mapping[str, str]
) -> Shown:
    """The card the platform makes of `target`. A refusal shows no card; everything else that is no card is a failure.

    `arrived` says that the platform took the link. Nothing of `environ` is in the value that comes back.
    """
    fill = Fill(environ, url=target.url, text=target.url)
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
    clean: Shown = Redaction(surface, environ).struct(shown)
    return clean


async def _there_before(network: Network, vantage: Vantage, surface: MessageApi, fill: Fill) -> Counter[bytes]:
    """What other viewers see already, where no token will tell the new message from it."""
    read = surface.read
    if read is None or _carries_token(surface) or has_hole(read.call, "message"):
        return Counter()
    return await Viewer(network, vantage, read, fill.call(read.call)).there()


async def _look(
    network: Network, vantage: Vantage, surface: MessageApi, fill: Fill, sought: Sought, before: Counter[bytes]
) -> Shown:
    read = surface.read
    alone = read is not None and has_hole(read.call, "message")
    if read is None or (alone and not sought.message_id):
        return Shown(looked=False)
    marked = sought._replace(token=sought.token if _carries_token(surface) else "", alone=alone)
    call = fill.further(message=sought.message_id).call(read.call)
    return await Viewer(network, vantage, read, call, before).watch(marked)


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
