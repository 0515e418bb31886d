"""What a platform's answer to a send amounts to: many refuse inside a 200."""

from typing import Any

import msgspec

from linkprobe.model import Accepted, SendOutcome, Sent
from linkprobe.probe.message.call import Answer
from linkprobe.probe.message.paths import at, word

UNAUTHORISED = "401"
RATE_LIMITED = "429"
"""What these statuses mean needs no declaration (RFC 9110 §15.5.2, RFC 6585 §4)."""


def sent(rule: Accepted, answer: Answer) -> Sent:
    """The answer as the platform's own file says it is to be read."""
    if answer.failure:
        return said(rule, answer, SendOutcome.FAILED)
    made = said(rule, answer, outcome(rule, answer.status, answer.json))
    return msgspec.structs.replace(made, message_id=word(at(answer.json, rule.message_id)) if rule.message_id else "")


def said(rule: Accepted, answer: Answer, outcome: SendOutcome, *, logging_in: bool = False) -> Sent:
    """`outcome` with what the answer says of it, in the platform's own code and words."""
    body = answer.json
    return Sent(
        outcome,
        None if answer.failure else answer.status,
        word(at(body, rule.code)) if rule.code else "",
        word(at(body, rule.wording)) if rule.wording else "",
        seconds=answer.seconds,
        failure=answer.failure,
        logging_in=logging_in,
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


def outcome_beside(rule: Accepted, answer: Answer, *, page: bool = False) -> SendOutcome:
    """What the answer to a request other than the send amounts to: a login, a check, a preview, a deletion.

    Its success statuses are its own; the field that must equal a value counts where it is there. With `page` the
    platform answers in pages, else what is neither empty nor JSON is somebody's before the API.
    """
    if answer.failure:
        return SendOutcome.FAILED
    body = answer.json
    if 200 <= answer.status < 300:
        if body is None and answer.body and not page:
            return SendOutcome.FAILED
        said = at(body, rule.field) if rule.field else None
        if said is None or _same(said, rule.equals):
            return SendOutcome.ACCEPTED
    return outcome(_refusals_of(rule), answer.status, body)


def _refusals_of(rule: Accepted) -> Accepted:
    """The same rule where no status accepts any more, so that it only tells refusals from failures."""
    return msgspec.structs.replace(rule, status=())


def _is_an_answer(rule: Accepted, status: int, body: Any) -> bool:
    """Whether the API itself speaks: no server error, redirect or page of somebody before it."""
    spoken = any(at(body, path) is not None for path in (rule.field, rule.code, rule.wording) if path)
    declared = bool(rule.field or rule.code or rule.wording)
    return spoken or (400 <= status < 500 and not declared) or (400 <= status < 500 and isinstance(body, dict))


def _same(value: Any, equals: str | int | bool | None) -> bool:
    """Equal in value and kind: JSON's `true` is not 1."""
    return value == equals and isinstance(value, bool) == isinstance(equals, bool)
