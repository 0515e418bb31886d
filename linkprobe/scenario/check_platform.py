"""What a well-typed platform can still have wrong in itself."""

from collections.abc import Iterator
from typing import Any

from linkprobe.model import (
    Accepted,
    Client,
    Gateway,
    HttpCall,
    InApp,
    MessageApi,
    Phrase,
    Platform,
    PreviewApi,
    ReadBack,
    Refusal,
    ShareDialog,
    Surface,
    WebClient,
    XmppChat,
)
from linkprobe.scenario.check_web_client import web_client_problems
from linkprobe.scenario.document import Place
from linkprobe.scenario.gateway import PLACEHOLDER
from linkprobe.scenario.names import quoted, suggest
from linkprobe.scenario.problem import (
    Problem,
    Problems,
    each,
    header_problems,
    host_problems,
    id_problems,
    line_problems,
    sources_problems,
    url_problems,
)

_METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
_FORMATS = ("html", "json")


def platform_problems(platform: Platform, at: Place) -> Problems:
    """Everything wrong inside one platform."""
    yield from id_problems(platform.id, (*at, "platform"))
    yield from each(platform.hosts, (*at, "hosts"), host_problems)
    for key, clients in (("clients", platform.clients), ("crawlers", platform.crawlers)):
        for name, client in clients.items():
            yield from id_problems(name, (*at, key, name))
            yield from _client(client, (*at, key, name))
    if not platform.surfaces:
        yield Problem((*at, "surfaces"), f"{quoted(platform.id)} has no surface", "declare at least one")
    for name, surface in platform.surfaces.items():
        yield from id_problems(name, (*at, "surfaces", name))
        yield from _surface(surface, platform, (*at, "surfaces", name))
    for name, dialog in platform.share_dialogs.items():
        yield from id_problems(name, (*at, "share_dialogs", name))
        yield from _surface(dialog, platform, (*at, "share_dialogs", name))
    yield from each(platform.phrases, (*at, "phrases"), _phrase)
    for code, refusal in platform.refusals.items():
        yield from _refusal(code, refusal, (*at, "refusals", code))
    yield from each(platform.added_parameters, (*at, "added_parameters"), _parameter)
    yield from sources_problems(platform.sources, at)


def _client(client: Client, at: Place) -> Problems:
    if not client.user_agent.strip():
        yield Problem((*at, "user_agent"), "the user agent is empty", "write the whole string the app sends")
    yield from line_problems(client.user_agent, (*at, "user_agent"))
    yield from header_problems(client.headers, (*at, "headers"))
    if min(client.viewport) < 1:
        yield Problem((*at, "viewport"), "the viewport has no area", "write width and height, such as [393, 851]")
    yield from sources_problems(client.sources, at)


def _phrase(phrase: Phrase, at: Place) -> Problems:
    if not phrase.text.strip():
        yield Problem((*at, "text"), "the phrase is empty and would match every page", "write the wording")
    elif phrase.example and phrase.text not in phrase.example:
        yield Problem((*at, "example"), f"the example does not hold the phrase {quoted(phrase.text)}", "quote it whole")
    yield from sources_problems(phrase.sources, at)


def _refusal(code: str, refusal: Refusal, at: Place) -> Problems:
    if not code.strip():
        yield Problem(at, "the code of a refusal is empty", "write the code as the platform's answer holds it")
    yield from sources_problems(refusal.sources, at)


def _parameter(name: str, at: Place) -> Problems:
    if not name or set(name) & set("=&? "):
        yield Problem(at, f"{quoted(name)} is not a parameter's name", "write the name alone, such as utm_source")


def _surface(surface: Surface, platform: Platform, at: Place) -> Problems:
    if surface.client and surface.client not in platform.clients:
        remedy = suggest(surface.client, platform.clients)
        yield Problem((*at, "client"), f"no client {quoted(surface.client)} is declared here", remedy)
    yield from sources_problems(surface.sources, at)
    match surface:
        case Gateway():
            yield from _template(surface.template, (*at, "template"))
            yield from each(surface.also, (*at, "also"), _template)
        case InApp():
            if surface.opener:
                yield from _template(surface.opener, (*at, "opener"))
        case MessageApi():
            yield from _message_api(surface, at)
        case ShareDialog():
            yield from _template(surface.template, (*at, "template"))
        case WebClient():
            yield from web_client_problems(surface, at)
        case XmppChat():
            return
        case PreviewApi():
            yield from _call(surface.call, (*at, "call"))
            yield from _carries(surface.call, (*at, "call"), (PLACEHOLDER,))
            yield from _accepted(surface.accepted, (*at, "accepted"))


def _template(template: str, at: Place) -> Problems:
    yield from url_problems(template, at)
    if PLACEHOLDER not in template:
        yield Problem(at, f"{quoted(template)} has no place for the target", "put {url} where the target goes")
    elif PLACEHOLDER in template.partition("//")[2].partition("/")[0].partition("?")[0]:
        yield Problem(at, f"{quoted(template)} has the target in place of a host", "put {url} in the path or query")


def _message_api(surface: MessageApi, at: Place) -> Problems:
    yield from _call(surface.send, (*at, "send"))
    yield from _carries(surface.send, (*at, "send"), ("{text}", PLACEHOLDER))
    if PLACEHOLDER not in surface.text:
        yield Problem((*at, "text"), "the message does not carry the target", "put {url} into it")
    yield from _accepted(surface.accepted, (*at, "accepted"))
    if surface.read:
        yield from _read(surface.read, surface.accepted, (*at, "read"))


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
    if not accepted.message_id and any("{message}" in text for text in _texts(read.call)):
        remedy = "add 'message_id:' under 'accepted', the path of the new message's id"
        yield Problem((*at, "call"), "the request asks for {message}, and no id is taken from the answer", remedy)


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
