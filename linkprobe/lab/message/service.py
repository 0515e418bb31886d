"""The declared APIs at work: logins, sending, what the platform does to the message, reading back, cards, deletion."""

import re
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, NamedTuple

import msgspec
from starlette.responses import HTMLResponse, JSONResponse, Response

from linkprobe.lab.directory import Declared, Directory
from linkprobe.lab.message import answers, reading
from linkprobe.lab.message.declared import Holes, Mismatch, Reading, Wrong
from linkprobe.lab.message.entry import Entry, Place
from linkprobe.lab.message.paths import place
from linkprobe.lab.pages.target import card as card_of
from linkprobe.lab.request import Asked
from linkprobe.lab.ticket import Ticket
from linkprobe.lab.treating import DOWN, condition, gates
from linkprobe.lab.treatments.stage import FRESH
from linkprobe.model import Accepted, Card, HttpCall, Login, MessageApi, PreviewApi, Treatment, Treats

LINK = re.compile(r"https?://[^\s<>\"'，。）]+")
REMOVED = "{LINK REMOVED}"
KEPT = 500
"""Messages a surface remembers."""
SHOWN = 50
"""Messages one look shows, newest first."""
OUT_OF_ORDER = answers.Answer(503, {"error": "service unavailable"})
LINK_AS_IT_IS = frozenset({Treatment.DIRECT, Treatment.NO_CARD, Treatment.STRIPPED_CARD, Treatment.REMOVE_LATER})
"""Treatments under which the live link is the shared one; for the others it leads through the platform."""
Enter = Callable[[Declared, str, Asked], Ticket]
"""Takes a link in on a surface and says what the world has in store for it."""


@dataclass(slots=True)
class Message:
    """A message on the platform's books. `looked` is when it was first read."""

    shown: reading.Shown
    line: Treats
    later: float
    looked: float | None = None

    def is_there(self, now: float) -> bool:
        """Whether a look at `now` finds it; one that is removed later is found before half the time is over."""
        if self.looked is None:
            self.looked = now
        if self.line.treatment is not Treatment.REMOVE_LATER:
            return True
        return now - self.looked < min(self.line.seconds, self.later / 2)


class Route(NamedTuple):
    """A declared call of a surface and what it is for."""

    declared: Declared
    call: HttpCall
    serve: Callable[["Service", Declared, Holes, Asked], Response]

    @property
    def rule(self) -> Accepted:
        """The surface's test of acceptance."""
        return self.declared.surface.accepted


class Service:
    """All declared APIs of one lab. `enter` takes links in, `jump` gives the URL by which a ticket is opened."""

    def __init__(self, directory: Directory, enter: Enter, jump: Callable[[Ticket], str]) -> None:
        self._directory = directory
        self._enter = enter
        self._jump = jump
        self._entry = Entry(directory.environ)
        self._books: defaultdict[tuple[str, str], deque[Message]] = defaultdict(lambda: deque(maxlen=KEPT))

    def answer(self, asked: Asked) -> Response | None:
        """The answer of the API that is declared at this address, or None where none is."""
        missed: list[tuple[Route, Mismatch]] = []
        for route in self._routes(asked.host):
            declared = Reading(route.call, self._directory.environ)
            if not declared.is_address(asked):
                continue
            try:
                holes = declared.holes(asked)
                if isinstance(route.declared.surface, MessageApi):
                    self._entry.check(_place(route.declared), route.declared.surface, holes)
                return route.serve(self, route.declared, holes, asked)
            except Mismatch as mismatch:
                missed.append((route, mismatch))
        if not missed:
            return None
        nearest, why = min(missed, key=lambda pair: pair[1].wrong is Wrong.METHOD)
        return _json(answers.wrong(nearest.rule, why.wrong, why.where))

    def send(self, declared: Declared, holes: Holes, asked: Asked) -> Response:
        """Take a message in, and do to it what the world says."""
        surface = declared.surface
        assert isinstance(surface, MessageApi)
        said = holes.get("text", "")
        found = LINK.search(said)
        link = holes.get("url") or (found[0] if found else "")
        ticket = self._enter(declared, link, asked)
        line = ticket.line
        if line.treatment is Treatment.PLATFORM_DOWN:
            return _json(OUT_OF_ORDER)
        if line.treatment is Treatment.SEND_REFUSED:
            return _json(answers.refused(surface.accepted, line.code, line.wording))
        number = f"{time.time_ns()}{token_hex(2)}"
        if line.treatment is not Treatment.SILENT_DROP:
            later = surface.read.later if surface.read else 0.0
            message = Message(self._shown(number, said or link, link, ticket), line, later)
            self._books[_place(declared)].append(message)
        return _json(answers.accepted(surface.accepted, number))

    def read(self, declared: Declared, holes: Holes, _: Asked) -> Response:
        """Show what is there to another viewer."""
        surface = declared.surface
        assert isinstance(surface, MessageApi)
        assert surface.read is not None
        now = time.monotonic()
        seen = [
            message.shown
            for message in reversed(self._books[_place(declared)])
            if _is_meant(message.shown, holes) and message.is_there(now)
        ][:SHOWN]
        if surface.read.format == "html":
            return HTMLResponse(reading.as_html(surface.read, seen), headers=FRESH)
        status = 404 if _named(holes) and not seen else 200
        return _json(answers.Answer(status, reading.as_json(surface.read, seen)))

    def log_in(self, who: str, login: Login, declared: Declared) -> Response:
        """Give out what a login takes; that its account is right has been seen from the request."""
        surface = declared.surface
        assert isinstance(surface, MessageApi)
        body: Any = answers.accepted(surface.accepted, "").body or {}
        for path, token in self._entry.give(_place(declared), who, login).items():
            body = place(body, path, token)
        return _json(answers.Answer(200, body))

    def confirm(self, declared: Declared, _holes: Holes, _: Asked) -> Response:
        """Say that the account works."""
        assert isinstance(declared.surface, MessageApi)
        return _json(answers.accepted(declared.surface.accepted, "")._replace(status=200))

    def card(self, declared: Declared, holes: Holes, _: Asked) -> Response:
        """Give the card of a message that is there, as its recipient's client asks for it."""
        surface = declared.surface
        assert isinstance(surface, MessageApi)
        assert surface.read is not None
        assert surface.read.card is not None
        answer = answers.accepted(surface.accepted, "")
        answer = answers.Answer(200, answer.body or {})
        link = holes.get("url", "")
        cards = (
            message.shown.card
            for message in reversed(self._books[_place(declared)])
            if _is_meant(message.shown, holes) and (not link or message.shown.shared == link)
        )
        card = next(cards, None)
        return _json(answer._replace(body=reading.with_card(answer.body, surface.read.card, card)) if card else answer)

    def delete(self, declared: Declared, holes: Holes, _: Asked) -> Response:
        """Strike a message off the books."""
        assert isinstance(declared.surface, MessageApi)
        book = self._books[_place(declared)]
        found = next((message for message in book if _is_meant(message.shown, holes)), None)
        if found is None:
            return _json(answers.Answer(404, {"error": "not found"}))
        book.remove(found)
        return _json(answers.accepted(declared.surface.accepted, ""))

    def preview(self, declared: Declared, holes: Holes, asked: Asked) -> Response:
        """Give the card of a link."""
        surface = declared.surface
        assert isinstance(surface, PreviewApi)
        ticket = self._enter(declared, holes.get("url", ""), asked)
        line = ticket.line
        if line.treatment is Treatment.PLATFORM_DOWN:
            return _json(OUT_OF_ORDER)
        if line.treatment is Treatment.SEND_REFUSED:
            return _json(answers.refused(surface.accepted, line.code, line.wording))
        answer = answers.accepted(surface.accepted, "")
        card = self._card(ticket)
        return _json(answer._replace(body=reading.with_card(answer.body, surface.card, card)) if card else answer)

    def _routes(self, host: str) -> Iterator[Route]:
        for declared in self._directory.apis.get(host, ()):
            match declared.surface:
                case MessageApi() as surface:
                    yield from _message_routes(declared, surface)
                case PreviewApi(call=call):
                    yield Route(declared, call, Service.preview)

    def _shown(self, number: str, said: str, link: str, ticket: Ticket) -> reading.Shown:
        match ticket.line.treatment:
            case Treatment.REPLACE_CONTENT:
                return reading.Shown(number, said.replace(link, REMOVED))
            case Treatment.PLAIN_TEXT:
                return reading.Shown(number, said)
            case treatment:
                through = link if treatment in LINK_AS_IT_IS else self._jump(ticket)
                return reading.Shown(number, said, through if link else "", link, self._card(ticket))

    def _card(self, ticket: Ticket) -> Card | None:
        """What the platform's own fetcher makes of the target."""
        if ticket.target is None or ticket.line.treatment is Treatment.NO_CARD:
            return None
        state = condition(self._directory.setting.world, ticket.target, ticket.vantage)
        crawler = next(iter(ticket.platform.crawlers.values()), None)
        if state.condition in DOWN or (crawler is not None and gates(state, crawler.user_agent)):
            return None
        card = card_of(ticket.target, state.condition)
        if ticket.line.treatment is Treatment.STRIPPED_CARD:
            return msgspec.structs.replace(card, **{field.value: "" for field in ticket.line.fields})
        return card


def _message_routes(declared: Declared, surface: MessageApi) -> Iterator[Route]:
    yield Route(declared, surface.send, Service.send)
    if surface.read:
        yield Route(declared, surface.read.call, Service.read)
        if surface.read.preview:
            yield Route(declared, surface.read.preview, Service.card)
    for who, login in (("login", surface.login), ("reader", surface.reader)):
        if login:
            yield Route(declared, login.call, _logging_in(who, login))
    for call in surface.verify:
        yield Route(declared, call, Service.confirm)
    if surface.delete:
        yield Route(declared, surface.delete, Service.delete)


def _logging_in(who: str, login: Login) -> Callable[[Service, Declared, Holes, Asked], Response]:
    def serve(service: Service, declared: Declared, _holes: Holes, _asked: Asked) -> Response:
        return service.log_in(who, login, declared)

    return serve


def _place(declared: Declared) -> Place:
    return declared.platform.id, declared.surface_id


def _named(holes: Holes) -> str:
    return holes.get("message") or holes.get("message_name", "")


def _is_meant(shown: reading.Shown, holes: Holes) -> bool:
    return shown.id == (_named(holes) or shown.id) and holes.get("token", "") in shown.text


def _json(answer: answers.Answer) -> Response:
    if answer.body is None:
        return Response(status_code=answer.status, headers=FRESH)
    return JSONResponse(answer.body, status_code=answer.status, headers=FRESH)
