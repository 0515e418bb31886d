"""A chat with a web client of its own, on loopback: what it does to a message is set by each test."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs

import msgspec

PAGE = (Path(__file__).parent / "chat.html").read_text("utf-8")


class Line(msgspec.Struct, frozen=True):
    """One line as a client is told to draw it. `kind` is `message` or `refused`; `html` goes into its body."""

    kind: str
    by: str
    html: str
    card: str = ""


Treatment: TypeAlias = Callable[[str], list[tuple[str, Line]]]
"""What becomes of a text: lines, each for the `sender`, the `receiver` or `both`."""


def linked(text: str) -> str:
    """The text as most clients draw it: its last word is an address, and becomes a link."""
    words, _, address = text.rpartition(" ")
    return f'{words} <a href="{address}" target="_blank" rel="noopener">{address}</a>'


def echoed(text: str) -> tuple[str, Line]:
    return "sender", Line("message", "me", linked(text))


def allowed(text: str) -> list[tuple[str, Line]]:
    return [("both", Line("message", "alice", linked(text)))]


def refused(text: str) -> list[tuple[str, Line]]:
    return [echoed(text), ("sender", Line("refused", "server", "Links to this site cannot be posted"))]


def dropped(text: str) -> list[tuple[str, Line]]:
    return [echoed(text)]


def shown_as(html: str, card: str = "") -> Treatment:
    """The receiver gets `html`, in which `TOKEN` stands for the message's first word, and `card`."""

    def treat(text: str) -> list[tuple[str, Line]]:
        token, _, address = text.partition(" ")
        body = html.replace("TOKEN", token).replace("ADDRESS", address)
        return [echoed(text), ("receiver", Line("message", "alice", body, card))]

    return treat


class Chat:
    """The chat's server. Both people poll for their lines; `front` is drawn before the client, `doors` are slow."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.treat: Treatment = allowed
        self.sent: list[str] = []
        self.logins: list[dict[str, str]] = []
        self.lines: dict[str, list[Line]] = {"sender": [], "receiver": []}
        self.agents: set[str] = set()
        self.look: dict[str, str | int] = {}
        """Switches that the page reads: see chat.html."""
        self.joining = 0.0

    async def app(self, scope: dict[str, Any], receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            event = await receive()
            body, more = body + event.get("body", b""), event.get("more_body", False)
        path, who = scope["path"], scope["query_string"].decode()
        self.agents |= {value.decode() for name, value in scope["headers"] if name == b"user-agent"}
        kind, answer = await self._answer(path, who, body.decode())
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})
        await send({"type": "http.response.body", "body": answer.encode()})

    async def _answer(self, path: str, who: str, body: str) -> tuple[str, str]:
        match path:
            case "/":
                return "text/html; charset=utf-8", PAGE
            case "/join":
                await asyncio.sleep(self.joining)
                self.logins.append({name: values[0] for name, values in parse_qs(body).items()})
                return "application/json", msgspec.json.encode(self.look).decode()
            case "/send":
                self.sent.append(body)
                self._deliver(self.treat(body))
                return "application/json", "{}"
            case "/lines":
                return "application/json", msgspec.json.encode(self.lines.get(who, [])).decode()
            case _:
                return "text/html; charset=utf-8", f"<title>{path}</title><p>arrived"

    def _deliver(self, lines: list[tuple[str, Line]]) -> None:
        for whom, line in lines:
            for name in ("sender", "receiver") if whom == "both" else (whom,):
                self.lines[name].append(line)
