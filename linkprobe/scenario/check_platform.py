"""What a well-typed platform can still have wrong in itself."""

from linkprobe.model import (
    Client,
    Gateway,
    InApp,
    MessageApi,
    Phrase,
    Platform,
    Refusal,
    ShareDialog,
    Surface,
    WebClient,
    XmppChat,
)
from linkprobe.scenario.check_message import message_api_problems, preview_api_problems
from linkprobe.scenario.check_web_client import web_client_problems
from linkprobe.scenario.check_xmpp import xmpp_problems
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
        if name in platform.surfaces:
            yield Problem((*at, "share_dialogs", name), f"{quoted(name)} is a surface already", "rename one of them")
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
            yield from message_api_problems(surface, at)
        case ShareDialog():
            yield from _template(surface.template, (*at, "template"))
        case WebClient():
            yield from web_client_problems(surface, at)
        case XmppChat():
            yield from xmpp_problems(surface, at)
        case _:
            yield from preview_api_problems(surface, at)


def _template(template: str, at: Place) -> Problems:
    yield from url_problems(template, at)
    if PLACEHOLDER not in template:
        yield Problem(at, f"{quoted(template)} has no place for the target", "put {url} where the target goes")
    elif PLACEHOLDER in template.partition("//")[2].partition("/")[0].partition("?")[0]:
        yield Problem(at, f"{quoted(template)} has the target in place of a host", "put {url} in the path or query")
