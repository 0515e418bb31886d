"""What a platform's answer to a send amounts to: many refuse inside a 200."""

from typing import Any

from linkprobe.model import Accepted, SendOutcome, Sent
from linkprobe.probe.message.call import Answer
from linkprobe.probe.message.paths import at, word

UNAUTHORISED = "401"
RATE_LIMITED = "429"
"""What these statuses mean needs no declaration (RFC 9110 §15.5.2, RFC 6585 §4)."""


def sent(rule: Accepted, answer: Answer) -> Sent:
    """The answer as the platform's own file says it is to be read."""
    if answer.failure:
        return Sent(SendOutcome.FAILED, seconds=answer.seconds, failure=answer.failure)
    body = answer.json
    return Sent(
        outcome(rule, answer.status, body),
        answer.status,
        word(at(body, rule.code)) if rule.code else "",
        word(at(body, rule.wording)) if rule.wording else "",
        word(at(body, rule.message_id)) if rule.message_id else "",
        answer.seconds,
    )


def outcome(rule: Accepted, status: int, body: Any) -> SendOutcome:
    """Accepted, refused in the platform's own words, or neither: too fast, wrong account, out of order."""
    if status in rule.status and (not rule.field or _same(at(body, rule.field), rule.equals)):
        return SendOutcome.ACCEPTED
    said = {str(status), word(at(body, rule.code)) if rule.code else ""} - {""}
    if said & {*rule.rate_limited, RATE_LIMITED}:
        return SendOutcome.RATE_LIMITED
    if said & {*rule.unauthorised, UNAUTHORISED}:
        return SendOutcome.UNAUTHORISED
    return SendOutcome.REFUSED if _is_an_answer(rule, status, body) else SendOutcome.FAILED


def _is_an_answer(rule: Accepted, status: int, body: Any) -> bool:
    """Whether the API itself speaks: no server error, redirect or page of somebody before it."""
    spoken = any(at(body, path) is not None for path in (rule.field, rule.code, rule.wording) if path)
    declared = bool(rule.field or rule.code or rule.wording)
    return spoken or (400 <= status < 500 and not declared) or (400 <= status < 500 and isinstance(body, dict))


def _same(value: Any, equals: str | int | bool | None) -> bool:
    """Equal in value and kind: JSON's `true` is not 1."""
    return value == equals and isinstance(value, bool) == isinstance(equals, bool)
