"""What a declared API answers: accepted, refused in the platform's own words, or wrongly asked. Pure."""

from typing import Any, NamedTuple

from linkprobe.lab.message.declared import Wrong
from linkprobe.lab.message.paths import place
from linkprobe.model import Accepted


class Answer(NamedTuple):
    """Status and JSON body; None for an empty one."""

    status: int
    body: Any


def accepted(rule: Accepted, message_id: str) -> Answer:
    """An answer that passes the platform's own test of acceptance."""
    body: Any = {}
    if rule.field:
        body = place(body, rule.field, rule.equals)
    if rule.message_id:
        body = place(body, rule.message_id, message_id)
    if rule.wording and rule.wording not in (rule.field, rule.code):
        body = place(body, rule.wording, "ok")
    status = rule.status[0]
    return Answer(status, None if status == 204 else body)


def refused(rule: Accepted, code: str, wording: str) -> Answer:
    """An answer that fails that test, inside a success status where the body says what counts."""
    body: Any = {}
    if rule.field:
        body = place(body, rule.field, _other_than(rule.equals, code))
    if rule.code and not (rule.code == rule.field and not code):
        body = place(body, rule.code, _typed(rule, code or "link_not_allowed"))
    if rule.wording:
        body = place(body, rule.wording, wording or "the message contains a link that is not allowed")
    return Answer(_status(rule, code, 403), body)


def wrong(rule: Accepted, what: Wrong, where: str) -> Answer:
    """The answer to a request that is not the declared one."""
    codes = {Wrong.METHOD: "405", Wrong.TYPE: "415", Wrong.BODY: "400"}
    code = codes.get(what) or (rule.unauthorised[0] if rule.unauthorised else "401")
    return refused(rule, code, f"wrong {what}: {where}")._replace(status=_status(rule, code, 401))


def _status(rule: Accepted, code: str, otherwise: int) -> int:
    """The HTTP status: the code itself where it is one, a success where the body decides."""
    if code.isdigit() and 400 <= int(code) <= 599:
        return int(code)
    return rule.status[0] if rule.field else otherwise


def _other_than(value: str | int | bool | None, code: str) -> str | int | bool:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return int(code) if code.isdigit() and int(code) != value else value + 1
    return code or "refused"


def _typed(rule: Accepted, code: str) -> str | int:
    number = isinstance(rule.equals, int) and not isinstance(rule.equals, bool)
    return int(code) if number and code.isdigit() else code
