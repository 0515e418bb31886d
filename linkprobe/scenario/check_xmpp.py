"""What a well-typed XMPP chat can still have wrong in itself."""

import re

from linkprobe.model import XmppAccount, XmppChat
from linkprobe.scenario.document import Place
from linkprobe.scenario.gateway import PLACEHOLDER
from linkprobe.scenario.names import quoted
from linkprobe.scenario.problem import Problem, Problems, url_problems
from linkprobe.scenario.urls import is_host

_VARIABLE = re.compile(r"\$\{\w+\}")


def xmpp_problems(surface: XmppChat, at: Place) -> Problems:
    """Everything wrong inside one XMPP chat."""
    yield from url_problems(surface.bosh, (*at, "bosh"))
    if not is_host(_VARIABLE.sub("x", surface.domain)):
        remedy = "write the server's domain, such as chat.example"
        yield Problem((*at, "domain"), f"{quoted(surface.domain)} is no domain", remedy)
    if PLACEHOLDER not in surface.text:
        yield Problem((*at, "text"), "the message does not carry the target", "put {url} into it")
    for key, account in (("sender", surface.sender), ("receiver", surface.receiver)):
        yield from _account(account, (*at, key))
    if surface.sender.user == surface.receiver.user:
        remedy = "name another: what a sender sees of his own message proves nothing"
        yield Problem((*at, "receiver"), "the receiver is the sender", remedy)
    if surface.room and not _is_address(surface.room):
        remedy = "write it like links@rooms.chat.example"
        yield Problem((*at, "room"), f"{quoted(surface.room)} is no room's address", remedy)
    if surface.within <= 0:
        yield Problem((*at, "within"), "no time to look for the message", "give the seconds to wait, such as 5")


def _account(account: XmppAccount, at: Place) -> Problems:
    if not account.user.strip():
        yield Problem((*at, "user"), "the user has no name", "write ${NAME}, and set NAME where the audit runs")
    if not _VARIABLE.search(account.password):
        remedy = "write it as ${NAME}, and set NAME where the audit runs"
        yield Problem((*at, "password"), "a password does not stand in a file", remedy)


def _is_address(room: str) -> bool:
    if _VARIABLE.fullmatch(room):
        return True
    name, _, host = _VARIABLE.sub("x", room).partition("@")
    return bool(name) and is_host(host)
