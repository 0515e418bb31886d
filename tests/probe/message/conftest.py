"""A small message platform whose behaviour a test sets."""

from collections.abc import AsyncIterator, Callable
from typing import Any, NamedTuple

import msgspec
import pytest_asyncio

from linkprobe.model import Accepted, CardFields, HttpCall, MessageApi, ReadBack, Target
from linkprobe.network import Mapped
from tests.loopback import Reply, context_for, website
from tests.probe.conftest import Net

URL = "https://shop.example/item?id=1&ref=ü"
TARGET = Target(id="item", url=URL)


class Asked(NamedTuple):
    """One request as the platform received it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return msgspec.json.decode(self.body)


class Platform:
    """Answers sends and looks by two functions, other paths by `on`, and remembers what it was asked."""

    def __init__(self, network: Mapped) -> None:
        self.network = network
        self.sends: list[Asked] = []
        self.looks: list[Asked] = []
        self.others: list[Asked] = []
        self.on: dict[str, Callable[[Asked], Reply]] = {}
        self.on_send: Callable[[Asked], Reply] = lambda _: json_reply({"errcode": 0})
        self.on_look: Callable[[Asked], Reply] = lambda _: json_reply([{"text": "".join(self.texts)}])

    @property
    def texts(self) -> list[str]:
        """What was sent, as text."""
        return [asked.json["text"] for asked in self.sends]

    def answer(self, asked: Asked) -> Reply:
        """The answer to one request."""
        if asked.path in self.on:
            self.others.append(asked)
            return self.on[asked.path](asked)
        sending = asked.path == "/send"
        (self.sends if sending else self.looks).append(asked)
        return (self.on_send if sending else self.on_look)(asked)


def json_reply(document: Any, status: int = 200) -> Reply:
    return status, [("content-type", "application/json")], msgspec.json.encode(document)


def html_reply(page: str) -> Reply:
    return 200, [("content-type", "text/html; charset=utf-8")], page.encode()


def surface(read: ReadBack | None = None, accepted: Accepted | None = None, **more: Any) -> MessageApi:
    """A message API that sends JSON with the text, and counts `errcode` 0 as accepted."""
    send = more.pop("send", HttpCall(url="https://api.example/send", json={"text": "{text}"}))
    rule = Accepted(
        field="errcode",
        equals=0,
        code="errcode",
        wording="errmsg",
        rate_limited=("130101",),
        unauthorised=("310000",),
    )
    return MessageApi(send=send, accepted=accepted or rule, read=read, text=more.pop("text", "{token} {url}"), **more)


def look(**more: Any) -> ReadBack:
    """A look at the messages, over soon."""
    url = more.pop("url", "https://api.example/messages")
    return ReadBack(call=HttpCall(url=url, method="GET"), **{"within": 0.3, **more})


CARD = CardFields(at="card")


@pytest_asyncio.fixture
async def platform(net: Net) -> AsyncIterator[Platform]:
    made: list[Platform] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            event = await receive()
            body, more = body + event.get("body", b""), event.get("more_body", False)
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        asked = Asked(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)
        status, answered, content = made[0].answer(asked)
        raw = [(name.encode(), value.encode()) for name, value in answered]
        await send({"type": "http.response.start", "status": status, "headers": raw})
        await send({"type": "http.response.body", "body": content})

    async with website(app, context_for("api.example")) as port:
        net.lead("api.example", 443, port)
        made.append(Platform(net.network))
        yield made[0]
