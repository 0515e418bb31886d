"""Logging the sender and the reader in, once a message, before anything is sent."""

from collections.abc import Mapping
from typing import NamedTuple

from linkprobe.model import Login, MessageApi, SendOutcome, Sent, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.acceptance import outcome_beside, said
from linkprobe.probe.message.call import Answer, ask
from linkprobe.probe.message.fill import Fill
from linkprobe.probe.message.paths import at, word


class Entered(NamedTuple):
    """What the logins gave, by placeholder (`login.token`); `refused` is the answer of one that failed, and then
    what it gave all the same is here too, for it is secret."""

    holes: Mapping[str, str]
    refused: Sent | None = None


async def log_in(network: Network, vantage: Vantage, surface: MessageApi, fill: Fill) -> Entered:
    """Make the declared logins, the sender's first; the first that fails ends it. Nothing is asked twice."""
    holes: dict[str, str] = {}
    for who, login in logins(surface):
        answer = await ask(network, vantage, fill.call(login.call), once=True)
        taken = taken_from(login, who, answer)
        outcome = login_outcome(surface, login, answer, taken)
        holes |= taken
        if outcome is not SendOutcome.ACCEPTED:
            return Entered(holes, said(surface.accepted, answer, outcome, logging_in=True))
    return Entered(holes)


def logins(surface: MessageApi) -> tuple[tuple[str, Login], ...]:
    """The declared logins with the names under which placeholders know them."""
    return tuple((who, made) for who, made in (("login", surface.login), ("reader", surface.reader)) if made)


def taken_from(login: Login, who: str, answer: Answer) -> dict[str, str]:
    """What a login's answer holds of what is to be taken from it."""
    body = answer.json
    found = {f"{who}.{name}": word(at(body, path)) for name, path in login.takes.items()}
    return {name: value for name, value in found.items() if value}


def login_outcome(surface: MessageApi, login: Login, answer: Answer, taken: Mapping[str, str]) -> SendOutcome:
    """Accepted where all that is to be taken is there. A refusal, also inside a success, concerns the account."""
    outcome = outcome_beside(surface.accepted, answer)
    if outcome is SendOutcome.ACCEPTED and len(taken) < len(login.takes):
        return SendOutcome.UNAUTHORISED
    return SendOutcome.UNAUTHORISED if outcome is SendOutcome.REFUSED else outcome
