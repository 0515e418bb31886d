"""Declarations with one thing wrong, made of a right one: what a double must tell from it."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from linkprobe.model import HttpCall, Login, MessageApi, ReadBack

Mutant = tuple[str, MessageApi]
Changed = Callable[[HttpCall], MessageApi]
NOWHERE = "nowhere"
OTHER_METHOD = {"POST": "PUT", "PUT": "POST", "GET": "DELETE", "DELETE": "POST"}
_replace = msgspec.structs.replace


def mutants(surface: MessageApi) -> Iterator[Mutant]:
    """The surface with one request, path or sign of acceptance changed, each with a name."""
    yield from _of("send", surface.send, lambda call: _replace(surface, send=call))
    if surface.read:
        yield from _of_read(surface, surface.read)
    for who, login in (("login", surface.login), ("reader", surface.reader)):
        if login:
            yield from _of_login(surface, who, login)
    if surface.delete:
        yield from _of("delete", surface.delete, lambda call: _replace(surface, delete=call))
    yield from _of_checks(surface)
    if surface.sign:
        yield "sign", _replace(surface, sign=None)
    for name in ("field", "message_id"):
        if getattr(surface.accepted, name):
            yield name, _replace(surface, accepted=_replace(surface.accepted, **{name: NOWHERE}))
    yield "status", _replace(surface, accepted=_replace(surface.accepted, status=(299,)))


def _of_read(surface: MessageApi, read: ReadBack) -> Iterator[Mutant]:
    def reading(**changed: Any) -> MessageApi:
        return _replace(surface, read=_replace(read, **changed))

    yield from _of("read", read.call, lambda call: reading(call=call))
    if read.preview:
        yield from _of("preview", read.preview, lambda call: reading(preview=call))
    for name in ("text", "messages", "links"):
        if getattr(read, name):
            yield f"read.{name}", reading(**{name: NOWHERE})
    if read.linkify:
        yield "read.linkify", reading(linkify=False)
    if read.card:
        for name in ("at", "title", "description", "image"):
            if getattr(read.card, name):
                yield f"card.{name}", reading(card=_replace(read.card, **{name: NOWHERE}))


def _of_login(surface: MessageApi, who: str, login: Login) -> Iterator[Mutant]:
    def with_login(**changed: Any) -> MessageApi:
        return _replace(surface, **{who: _replace(login, **changed)})

    yield from _of(who, login.call, lambda call: with_login(call=call))
    for name in login.takes:
        yield f"{who}.{name}", with_login(takes={**login.takes, name: NOWHERE})


def _of_checks(surface: MessageApi) -> Iterator[Mutant]:
    for index, check in enumerate(surface.verify):
        others = list(surface.verify)
        for name, wrong in _calls(check):
            others[index] = wrong
            yield f"verify {index}: {name}", _replace(surface, verify=tuple(others))


def _of(what: str, call: HttpCall, changed: Changed) -> Iterator[Mutant]:
    for name, wrong in _calls(call):
        yield f"{what}: {name}", changed(wrong)


def _calls(call: HttpCall) -> Iterator[tuple[str, HttpCall]]:
    yield "method", _replace(call, method=OTHER_METHOD[call.method])
    address, mark, query = call.url.partition("?")
    base, slash, last = address.rpartition("/")
    yield "path", _replace(call, url=f"{base}{slash}x{last}{mark}{query}")
    for pair in query.split("&") if mark else ():
        kept = "&".join(other for other in query.split("&") if other != pair)
        yield f"no {pair.partition('=')[0]}", _replace(call, url=f"{address}?{kept}" if kept else address)
    for name in call.headers:
        yield f"no {name}", _replace(call, headers=_without(call.headers, (name,)))
    scheme = call.headers.get("Authorization", "").partition(" ")
    if scheme[2]:
        yield "scheme", _replace(call, headers={**call.headers, "Authorization": f"X-{''.join(scheme)}"})
    yield from _bodies(call)


def _bodies(call: HttpCall) -> Iterator[tuple[str, HttpCall]]:
    for path, leaf in _places(call.json or {}):
        yield f"no {'.'.join(map(str, path))}", _replace(call, json=_without(call.json, path))
        if isinstance(leaf, str) and leaf.startswith("int:"):
            yield f"text in {path[-1]}", _replace(call, json={**(call.json or {}), path[-1]: leaf.removeprefix("int:")})
    for name in call.form or {}:
        yield f"no {name}", _replace(call, form=_without(call.form, (name,)))
    if call.json:
        yield "a form", _replace(call, json=None, form={name: str(value) for name, value in call.json.items()})
    if call.form:
        yield "json", _replace(call, form=None, json=dict(call.form))


def _places(document: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every key in a document, at any depth, and what stands there."""
    if isinstance(document, dict):
        for name, value in document.items():
            yield (*at, name), value
            yield from _places(value, (*at, name))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from _places(value, (*at, index))


def _without(document: Any, path: tuple[Any, ...]) -> Any:
    if isinstance(document, list):
        return [_without(value, path[1:]) if index == path[0] else value for index, value in enumerate(document)]
    if len(path) == 1:
        return {name: value for name, value in document.items() if name != path[0]}
    return {name: _without(value, path[1:]) if name == path[0] else value for name, value in document.items()}
