"""What an error stanza says (RFC 6120 §8.3), and what that amounts to for the message it answers. Pure."""

from typing import NamedTuple

from linkprobe.model import SendOutcome
from linkprobe.probe.message.stanzas import CLIENT, CONDITIONS, Stanza

UNAUTHORISED = frozenset({"not-authorized", "registration-required", "subscription-required", "payment-required"})
"""Conditions that speak of the account."""
UNREACHABLE = frozenset(
    {
        "internal-server-error",
        "item-not-found",
        "jid-malformed",
        "recipient-unavailable",
        "remote-server-not-found",
        "remote-server-timeout",
        "undefined-condition",
        "unexpected-request",
    }
)
"""Conditions that speak of the recipient's address or of a server in trouble, and refuse nothing."""
TOO_FAST = "resource-constraint"


class StanzaError(NamedTuple):
    """Its condition, its type (what to do about it), and the server's own words."""

    condition: str
    type: str = ""
    wording: str = ""

    @property
    def outcome(self) -> SendOutcome:
        """What it makes of a send. A server that says `wait` asks for patience and refuses nothing."""
        if self.type == "wait" or self.condition == TOO_FAST:
            return SendOutcome.RATE_LIMITED
        if self.condition in UNAUTHORISED:
            return SendOutcome.UNAUTHORISED
        return SendOutcome.FAILED if self.condition in UNREACHABLE else SendOutcome.REFUSED


def error_in(stanza: Stanza) -> StanzaError:
    """The error that a stanza of type `error` carries."""
    error = stanza.find(f"{{{CLIENT}}}error")
    if error is None:
        return StanzaError("undefined-condition")
    return StanzaError(condition_in(error, CONDITIONS), error.get("type", ""), wording_in(error, CONDITIONS))


def condition_in(error: Stanza, namespace: str) -> str:
    """The name of its condition."""
    names = (child.tag.partition("}")[2] for child in error if child.tag.startswith(f"{{{namespace}}}"))
    return next((name for name in names if name != "text"), "undefined-condition")


def wording_in(error: Stanza, namespace: str) -> str:
    """The server's own words for people."""
    return " ".join((error.findtext(f"{{{namespace}}}text") or "").split())
