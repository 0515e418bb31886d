"""What all doubles of hosted services share: accounts, what they do to a link, messages, limits, answers.

A double is written from its service's documentation and knows nothing of the declarations it is held against.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

STEP = 0.2
"""Seconds after which an ordinary card is there; a late one takes `LATE` of them."""
LATE = 4


class Fate(StrEnum):
    """What a service does to messages with a link to some host."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    """By the service's own code for links."""
    REFUSE_WITHIN_200 = "refuse-within-200"
    """The same words inside a success."""
    DROP = "drop"
    REWRITE = "rewrite"
    NO_CARD = "no-card"
    LATE_CARD = "late-card"


class Offer(NamedTuple):
    """The card that pages offer."""

    title: str = "A page"
    description: str = "What it is about"
    image: str = "https://pictures.example/page.png"


@dataclass
class Message:
    """A message on the double's books. `at` is when it came, in seconds of the monotonic clock."""

    id: str
    text: str
    link: str
    fate: Fate
    extra: dict[str, Any] = field(default_factory=dict)
    at: float = field(default_factory=time.monotonic)

    def has_card(self, after: float) -> bool:
        """Whether its card is there, which ordinarily takes `after` seconds."""
        wait = after * (LATE if self.fate is Fate.LATE_CARD else 1)
        return bool(self.link) and self.fate is not Fate.NO_CARD and time.monotonic() - self.at >= wait


class Answer(Exception):
    """The service answers this instead of going on."""

    def __init__(self, status: int, body: Any, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {body}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})

    @property
    def response(self) -> Response:
        """As it goes over the wire; a text is sent as plain text."""
        if isinstance(self.body, str):
            return Response(self.body, self.status, self.headers, media_type="text/plain")
        return JSONResponse(self.body, self.status, self.headers)


Handler = Callable[["Asked"], Any]


class Asked(NamedTuple):
    """One request: Starlette's, and its body, read."""

    request: Request
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters."""
        return dict(self.request.query_params)

    @property
    def content_type(self) -> str:
        """The media type without parameters, lower case."""
        return self.request.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def bearer(self) -> str:
        """The token of the Authorization header; empty where it has another form."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token if scheme == "Bearer" else ""

    def part(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])


class Double:
    """One service. Subclasses say what it answers; `fates` by host is what a test sets."""

    hosts: ClassVar[tuple[str, ...]]
    environ: ClassVar[dict[str, str]]
    """The variables of accounts that work."""
    allowance: int | None = None
    """Sends until the service says that they are too many; None for more than any test makes."""

    def __init__(self, fates: Mapping[str, Fate] | None = None) -> None:
        self.fates = dict(fates or {})
        self.offer = Offer()
        self.messages: list[Message] = []
        self.sends = 0
        self.deleted: list[str] = []

    def routes(self) -> list[Route]:
        """The service's addresses."""
        raise NotImplementedError

    def too_fast(self) -> Answer:
        """What it says to those who send too fast."""
        raise NotImplementedError

    def refusal(self) -> Answer:
        """What it says to a link it does not take."""
        raise NotImplementedError

    @property
    def app(self) -> Starlette:
        """The service as an application."""
        return Starlette(routes=self.routes())

    def take(self, text: str, link: str = "", **extra: Any) -> Message:
        """Take a message in by the fate of its link. Raises Answer where it is not taken."""
        self.sends += 1
        if self.allowance is not None and self.sends > self.allowance:
            raise self.too_fast()
        link = link or next((word for word in text.split() if word.startswith(("http://", "https://"))), "")
        fate = self.fates.get(urlsplit(link).hostname or "", Fate.ACCEPT)
        if fate is Fate.REFUSE:
            raise self.refusal()
        if fate is Fate.REFUSE_WITHIN_200:
            raise Answer(200, self.refusal().body)
        if fate is Fate.REWRITE:
            text, link = text.replace(link, "[link removed]"), ""
        message = Message(self.number(), text, link, fate, extra)
        if fate is not Fate.DROP:
            self.messages.append(message)
        return message

    def number(self) -> str:
        """The id of the next message."""
        return str(1_000_000 + self.sends)

    def find(self, id: str) -> Message | None:
        """The message with this id, if it is there."""
        return next((message for message in self.messages if message.id == id), None)

    def remove(self, id: str) -> bool:
        """Delete a message; whether it was there."""
        found = self.find(id)
        if found:
            self.messages.remove(found)
            self.deleted.append(id)
        return found is not None


def route(path: str, handler: Handler, *methods: str) -> Route:
    """A route whose handler takes what was asked, and answers by a JSON value, a response, or by raising Answer."""

    async def endpoint(request: Request) -> Response:
        asked = Asked(request, await request.body())
        try:
            made = handler(asked)
        except Answer as answer:
            return answer.response
        return made if isinstance(made, Response) else JSONResponse(made)

    return Route(path, endpoint, methods=list(methods or ("GET",)))


def must(condition: object, answer: Answer) -> None:
    """Raise `answer` unless the condition holds."""
    if not condition:
        raise answer


def json_object(asked: Asked, wrong_type: Answer, wrong_body: Answer) -> dict[str, Any]:
    """The JSON object a request carries. Raises one of the two answers."""
    must(asked.content_type == "application/json", wrong_type)
    try:
        found = asked.json
    except ValueError:
        raise wrong_body from None
    must(isinstance(found, dict), wrong_body)
    return dict(found)
