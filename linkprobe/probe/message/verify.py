"""Whether the accounts of a declared surface work, asked by requests that change nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec

from linkprobe.model import HttpCall, MessageApi, SendOutcome, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.acceptance import outcome_beside, said
from linkprobe.probe.message.accounts import secrets
from linkprobe.probe.message.call import Answer, ask
from linkprobe.probe.message.fill import Fill, iso
from linkprobe.probe.message.login import login_outcome, logins, taken_from
from linkprobe.probe.message.redaction import Redaction
from linkprobe.probe.message.signature import signature_holes


class Verified(msgspec.Struct, frozen=True):
    """What came of one request: `accepted` where the account works, `unauthorised` where it does not.

    `request` is its method and its address as declared, with `${NAME}` for what is secret; `wording` what the
    platform says of it, or the failure there was instead of an answer.
    """

    request: str
    outcome: SendOutcome
    wording: str = ""

    @property
    def works(self) -> bool:
        """Whether the platform accepts the account."""
        return self.outcome is SendOutcome.ACCEPTED


async def verify(
    network: Network, vantage: Vantage, surface: MessageApi, environ: Mapping[str, str]
) -> tuple[Verified, ...]:
    """Makes the surface's logins and its `verify` requests, in this order, and sends nothing.

    A request after a login that failed is not made. Variables that are not set count as empty; `missing_accounts`
    names them. No account of `environ` and nothing that a login returned is in the values that come back.
    """
    now = datetime.now(UTC)
    signed = signature_holes(surface.sign, environ, now)
    fill = Fill(environ, {"now": iso(now), **signed})
    done: list[Verified] = []
    taken: dict[str, str] = {}
    for who, login in logins(surface):
        answer = await ask(network, vantage, fill.call(login.call), once=True)
        got = taken_from(login, who, answer)
        taken |= got
        outcome = login_outcome(surface, login, answer, got)
        done.append(_verified(login.call, outcome, _wording(surface, answer, outcome)))
    if all(one.works for one in done):
        done += await _checks(network, vantage, surface, fill.further(taken))
    redaction = Redaction((*secrets(surface, environ), *taken.values(), signed.get("sign", "")))
    return tuple(redaction.struct(one) for one in done)


async def _checks(network: Network, vantage: Vantage, surface: MessageApi, fill: Fill) -> list[Verified]:
    in_pages = surface.read is not None and surface.read.format == "html"
    done = []
    for call in surface.verify:
        answer = await ask(network, vantage, fill.call(call))
        outcome = outcome_beside(surface.accepted, answer, page=in_pages)
        done.append(_verified(call, outcome, _wording(surface, answer, outcome)))
    return done


def _verified(call: HttpCall, outcome: SendOutcome, wording: str) -> Verified:
    return Verified(f"{call.method.upper()} {call.url}", outcome, wording)


def _wording(surface: MessageApi, answer: Answer, outcome: SendOutcome) -> str:
    """The failure, or status, code and sentence; nothing where all is well."""
    if answer.failure:
        return f"{answer.failure.kind.value} {answer.failure.detail}".strip()
    if outcome is SendOutcome.ACCEPTED:
        return ""
    told = said(surface.accepted, answer, outcome)
    return " ".join(dict.fromkeys(filter(None, (f"status {answer.status}", told.code, told.wording))))
