"""What a well-typed message or preview API can still have wrong in itself."""

import re
from collections.abc import Iterator
from typing import Any

from linkprobe.model import Accepted, HttpCall, MessageApi, PreviewApi, ReadBack, Viewer
from linkprobe.scenario.document import Place
from linkprobe.scenario.gateway import PLACEHOLDER
from linkprobe.scenario.names import quoted, suggest
from linkprobe.scenario.problem import Problem, Problems, each, header_problems, url_problems

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_FORMATS = ("html", "json")
_VARIABLE = re.compile(r"\$\{\w+\}")
_TAKEN = re.compile(r"\{(login|reader)\.([\w-]+)\}")


def preview_api_problems(surface: PreviewApi, at: Place) -> Problems:
    """Everything wrong inside a preview API."""
    yield from _call(surface.call, (*at, "call"))
    yield from _carries(surface.call, (*at, "call"), (PLACEHOLDER,))
    yield from _accepted(surface.accepted, (*at, "accepted"))


def message_api_problems(surface: MessageApi, at: Place) -> Problems:
    """Everything wrong inside a message API."""
    yield from _call(surface.send, (*at, "send"))
    yield from _carries(surface.send, (*at, "send"), ("{text}", PLACEHOLDER))
    if PLACEHOLDER not in surface.text:
        yield Problem((*at, "text"), "the message does not carry the target", "put {url} into it")
    yield from _accepted(surface.accepted, (*at, "accepted"))
    for key, login in (("login", surface.login), ("reader", surface.reader)):
        if login:
            yield from _call(login.call, (*at, key, "call"))
    yield from each(surface.verify, (*at, "verify"), _call)
    if surface.delete:
        yield from _call(surface.delete, (*at, "delete"))
        yield from _named(surface.delete, surface.accepted, (*at, "delete"))
    if surface.read:
        yield from _read(surface.read, surface.accepted, (*at, "read"))
    yield from _signature(surface, at)
    for place, call in _calls(surface, at):
        yield from _taken(surface, call, place)


def _call(call: HttpCall, at: Place) -> Problems:
    yield from url_problems(call.url, (*at, "url"))
    yield from header_problems(call.headers, (*at, "headers"))
    if call.method not in _METHODS:
        remedy = suggest(call.method.upper(), _METHODS)
        yield Problem((*at, "method"), f"{quoted(call.method)} is not a method to send", remedy)
    if call.json is not None and call.form is not None:
        yield Problem((*at, "form"), "a request has one body", "keep 'json' or 'form'")


def _carries(call: HttpCall, at: Place, places: tuple[str, ...]) -> Problems:
    if not any(place in text for text in _texts(call) for place in places):
        yield Problem(at, "the request does not carry the link", f"put {' or '.join(places)} into its URL or body")


def _accepted(accepted: Accepted, at: Place) -> Problems:
    if accepted.equals is not None and not accepted.field:
        yield Problem((*at, "equals"), "'equals' needs a field to look at", "add 'field:' with its dotted path")
    if not accepted.status:
        yield Problem((*at, "status"), "no status counts as accepted", "list at least one, or leave the key out")


def _read(read: ReadBack, accepted: Accepted, at: Place) -> Problems:
    yield from _call(read.call, (*at, "call"))
    if read.format not in _FORMATS:
        yield Problem((*at, "format"), f"{quoted(read.format)} cannot be read", suggest(read.format, _FORMATS))
    if read.within <= 0:
        yield Problem((*at, "within"), "no time to look for the message", "give the seconds to wait, such as 5")
    if read.later < 0:
        yield Problem((*at, "later"), "a later look cannot be in the past", "give seconds, or 0 for none")
    if read.card_within < 0:
        yield Problem((*at, "card_within"), "a card cannot be waited for in the past", "give seconds, or 0 for none")
    yield from _named(read.call, accepted, (*at, "call"))
    if read.preview:
        yield from _call(read.preview, (*at, "preview"))
        if read.card is None:
            remedy = "add 'card:' with where its fields lie in the answer"
            yield Problem((*at, "preview"), "a card is asked for, and nothing says where it is in the answer", remedy)
    if read.viewer is Viewer.ANYONE and _names_account(read.call):
        remedy = "leave the account out, or the viewer"
        yield Problem((*at, "viewer"), "anyone needs no account, and the request carries one", remedy)


def _named(call: HttpCall, accepted: Accepted, at: Place) -> Problems:
    if not accepted.message_id and any("{message" in text for text in _texts(call)):
        remedy = "add 'message_id:' under 'accepted', the path of the new message's id"
        yield Problem(at, "the request asks for {message}, and no id is taken from the answer", remedy)


def _names_account(call: HttpCall) -> bool:
    """Whether a request carries an account beside what stands in its address, which may be a room's or a server's."""
    beside = any(_VARIABLE.search(text) for text in _strings([call.headers, call.json, call.form]))
    return beside or any(_TAKEN.search(text) for text in _texts(call))


def _signature(surface: MessageApi, at: Place) -> Problems:
    if surface.sign and not _VARIABLE.fullmatch(surface.sign.secret.strip()):
        remedy = "write it as ${NAME}, and set NAME where the audit runs"
        yield Problem((*at, "sign", "secret"), "a secret does not stand in a file", remedy)
    if surface.sign:
        return
    for place, call in _calls(surface, at):
        for hole in ("{sign}", "{timestamp}"):
            if any(hole in text for text in _texts(call)):
                remedy = "add 'sign:' with 'by:' and 'secret:'"
                yield Problem(place, f"the request carries {hole}, and nothing says how it is made", remedy)


def _taken(surface: MessageApi, call: HttpCall, at: Place) -> Problems:
    """Placeholders of logins that no login fills."""
    logins = {"login": surface.login, "reader": surface.reader}
    wanted = dict.fromkeys(found for text in _texts(call) for found in _TAKEN.findall(text))
    for who, name in wanted:
        login = logins[who]
        if login is None:
            remedy = f"add '{who}:' with the request and what it takes"
            yield Problem(at, f"the request carries {{{who}.{name}}}, and there is no '{who}'", remedy)
        elif name not in login.takes:
            yield Problem(at, f"'{who}' takes no {quoted(name)}", suggest(name, login.takes))


def _calls(surface: MessageApi, at: Place) -> Iterator[tuple[Place, HttpCall]]:
    """Every request of a surface, and where it stands."""
    yield (*at, "send"), surface.send
    for key, login in (("login", surface.login), ("reader", surface.reader)):
        if login:
            yield (*at, key, "call"), login.call
    if surface.read:
        yield (*at, "read", "call"), surface.read.call
        if surface.read.preview:
            yield (*at, "read", "preview"), surface.read.preview
    for index, call in enumerate(surface.verify):
        yield (*at, "verify", index), call
    if surface.delete:
        yield (*at, "delete"), surface.delete


def _texts(call: HttpCall) -> Iterator[str]:
    """Every text of a request in which placeholders are filled in."""
    yield call.url
    yield from _strings([call.headers, call.json, call.form])


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            yield from _strings(list(value.values()))
        case list():
            for inner in value:
                yield from _strings(inner)
        case _:
            return
