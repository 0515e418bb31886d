"""XMPP chats on a server whose every answer a test sets; tests/servers holds the same against a real one."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from linkprobe.model import FailureKind, SendOutcome, Sent, Shown, Target, Vantage, XmppAccount, XmppChat
from linkprobe.network import Mapped
from linkprobe.probe.message import occupant, xmpp
from linkprobe.probe.message.xmpp import chat
from tests.loopback import closed_port, context_for, website
from tests.probe.conftest import Net

HERE = Vantage()
TOKEN = "f00dcafe0123"
TARGET = Target(id="item", url="https://shop.example/item?a=1&b=2")
ENVIRON = {"ANNA": "anna-geheim", "BERT": "bert-geheim"}
XBOSH = "xmlns='http://jabber.org/protocol/httpbind' xmlns:stream='http://etherx.jabber.org/streams'"
MUC_USER = "http://jabber.org/protocol/muc#user"
Answer = Callable[[str, str], str | None]


class Server:
    """Speaks BOSH as far as the driver needs it. `on` answers what a test is about, or leaves it to the rest."""

    def __init__(self, network: Mapped) -> None:
        self.network = network
        self.asked: list[str] = []
        self.waiting: dict[str, list[str]] = {"anna": [], "bert": []}
        self.on: Answer = lambda _, __: None
        self.status = 200

    def answer(self, asked: str) -> str:
        """The answer to one request, whole."""
        self.asked.append(asked)
        who = next((name for name in self.waiting if f"sid='{name}'" in asked.replace('"', "'")), "")
        said = self.on(who, asked)
        return said if said is not None else self.usual(who, asked)

    def usual(self, who: str, asked: str) -> str:
        """What a server that treats nobody answers."""
        if "xbosh" in asked and "restart" not in asked:
            name = "bert" if len(self.began) == 1 else "anna"
            return body("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                        "<mechanism>PLAIN</mechanism></mechanisms></stream:features>", f"sid='{name}'")  # fmt: skip
        if "<auth" in asked:
            return body("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>")
        if "restart" in asked:
            return body("<stream:features/>")
        if "xmpp-bind" in asked:
            address = f"<jid>{who}@chat.example/1</jid>"
            bind = f"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>{address}</bind>"
            return body(f"<iq xmlns='jabber:client' type='result' id='bind'>{bind}</iq>")
        if "terminate" in asked:
            return body("", "type='terminate'")
        return body(self.come(who, asked))

    def come(self, who: str, asked: str) -> str:
        """Stanzas for `who`: echoes of presence, messages of the other, answers to questions."""
        seat = re.search(r'to="(rooms/[^"]+)"', asked)
        if seat:
            return (f"<presence xmlns='jabber:client' from='{seat[1]}'><x xmlns='{MUC_USER}'>"
                    "<status code='110'/></x></presence>")  # fmt: skip
        if "<presence" in asked:
            return f"<presence xmlns='jabber:client' from='{who}@chat.example/1'/>"
        for message in re.findall(r"<message.*?</message>", asked):
            self.waiting["bert"].append(message)
        come, self.waiting[who] = "".join(self.waiting[who]), []
        question = re.search(r'id="(q\w+)"', asked)
        return come + (f"<iq xmlns='jabber:client' type='result' id='{question[1]}'/>" if question else "")

    @property
    def began(self) -> list[str]:
        """The requests that opened a session."""
        return [asked for asked in self.asked if "xbosh" in asked and "restart" not in asked]

    @property
    def sends(self) -> list[str]:
        """The requests that carried a message."""
        return [asked for asked in self.asked if "<message" in asked]

    async def chat(self, *, room: bool = False, text: str = "{token} {url}") -> tuple[Sent, Shown | None]:
        """One message, as both ends see it."""
        surface = XmppChat(
            bosh="https://chat.example/http-bind",
            domain="chat.example",
            sender=XmppAccount(user="anna", password="${ANNA}"),
            receiver=XmppAccount(user="bert", password="${BERT}"),
            room="rooms" if room else "",
            within=0.2,
            text=text,
        )
        return await chat(self.network, HERE, surface, TARGET, token=TOKEN, environ=ENVIRON)


def body(inside: str, attributes: str = "") -> str:
    return f"<body {XBOSH} {attributes}>{inside}</body>"


@pytest_asyncio.fixture
async def server(net: Net, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    monkeypatch.setattr(occupant, "THERE_WITHIN", 0.2)
    monkeypatch.setattr(xmpp, "ANSWERED_WITHIN", 0.2)
    made: list[Server] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        asked, more = b"", True
        while more:
            event = await receive()
            asked, more = asked + event.get("body", b""), event.get("more_body", False)
        content = made[0].answer(asked.decode()).encode()
        await send({"type": "http.response.start", "status": made[0].status, "headers": []})
        await send({"type": "http.response.body", "body": content})

    async with website(app, context_for("chat.example")) as port:
        net.lead("chat.example", 443, port)
        made.append(Server(net.network))
        yield made[0]


async def test_a_message_arrives(server: Server) -> None:
    sent, shown = await server.chat()

    assert shown is not None
    assert (sent.outcome, shown.arrived, shown.links) == (SendOutcome.ACCEPTED, True, (TARGET.url,))


async def test_nothing_is_sent_before_both_are_there(server: Server) -> None:
    await server.chat(room=True)
    before = "".join(server.asked[: server.asked.index(server.sends[0])])

    assert before.count("<presence") == 4
    assert len(server.sends) == 1


@pytest.mark.parametrize("room", [False, True])
async def test_a_receiver_who_is_not_shown_to_be_there_is_sent_nothing(server: Server, room: bool) -> None:
    def silent(_: str, asked: str) -> str | None:
        return body("") if "<presence" in asked and (not room or "rooms" in asked) else None

    server.on = silent
    sent, shown = await server.chat(room=room)

    assert sent.failure is not None
    assert (sent.outcome, sent.logging_in, shown, server.sends) == (SendOutcome.FAILED, True, None, [])


async def test_a_room_that_lets_nobody_in_concerns_the_account(server: Server) -> None:
    def shut(_: str, asked: str) -> str | None:
        error = "<error type='auth'><registration-required xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
        seat = re.search(r'to="(rooms/[^"]+)"', asked)
        return (
            body(f"<presence xmlns='jabber:client' type='error' from='{seat[1]}'>{error}</presence>") if seat else None
        )

    server.on = shut
    sent, shown = await server.chat(room=True)

    assert (sent.outcome, sent.code, shown) == (SendOutcome.UNAUTHORISED, "registration-required", None)
    assert (sent.logging_in, server.sends) == (True, [])


async def test_an_answer_lost_on_the_way_back_is_looked_for_and_not_sent_again(server: Server) -> None:
    def cut(_: str, asked: str) -> str | None:
        if "<message" in asked:
            server.come("anna", asked)
            return "<cut"
        return None

    server.on = cut
    sent, shown = await server.chat()

    assert shown is not None
    assert (sent.outcome, shown.arrived, len(server.sends)) == (SendOutcome.FAILED, True, 1)


async def test_a_refusal_by_a_server_further_on_comes_late_and_counts(server: Server) -> None:
    def late(who: str, asked: str) -> str | None:
        if "<message" in asked:
            return body(server.come(who, re.sub("<message.*</message>", "", asked)))
        if who == "anna" and server.sends and "terminate" not in asked:
            error = "<error type='modify'><policy-violation xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
            return body(f"<message xmlns='jabber:client' type='error' id='m{TOKEN}'>{error}</message>")
        return None

    server.on = late
    sent, shown = await server.chat()

    assert (sent.outcome, sent.code, shown) == (SendOutcome.REFUSED, "policy-violation", None)


async def test_one_who_was_put_out_of_the_room_has_not_looked(server: Server) -> None:
    def put_out(who: str, asked: str) -> str | None:
        if "<message" in asked:
            seat = next(found[1] for one in server.asked if (found := re.search(r'to="(rooms/bert[^"]+)"', one)))
            server.waiting["bert"].append(f"<presence xmlns='jabber:client' type='unavailable' from='{seat}'/>")
            return body(server.come(who, re.sub("<message.*</message>", "", asked)))
        return None

    server.on = put_out
    sent, shown = await server.chat(room=True)

    assert shown is not None
    assert shown.failure is not None
    assert (sent.outcome, shown.arrived, shown.failure.kind) == (SendOutcome.ACCEPTED, False, FailureKind.PROTOCOL)


async def test_a_text_without_room_for_the_word_is_known_by_its_id(server: Server) -> None:
    _, shown = await server.chat(text="{url}")

    assert shown is not None
    assert (shown.arrived, shown.text) == (True, TARGET.url)


async def test_a_message_of_somebody_else_is_not_taken_for_it(server: Server) -> None:
    server.waiting["bert"].append(
        "<message xmlns='jabber:client' id='other'><body>https://shop.example/item</body></message>"
    )

    def drop(who: str, asked: str) -> str | None:
        return body(server.come(who, re.sub("<message.*</message>", "", asked))) if "<message" in asked else None

    server.on = drop
    _, shown = await server.chat()

    assert shown is not None
    assert (shown.looked, shown.arrived, shown.failure) == (True, False, None)


@pytest.mark.parametrize(
    "answer",
    [
        "not xml",
        "<html/>",
        body("", "type='terminate' condition='host-unknown'"),
        body("<stream:features><mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
             "<mechanism>SCRAM-SHA-1</mechanism></mechanisms></stream:features>"),
        body(""),
        '<!DOCTYPE x [<!ENTITY a "ha">]><body>&a;</body>',
    ],
    ids=["no xml", "a page", "no such host", "no PLAIN", "nothing", "entities"],
)  # fmt: skip
async def test_a_server_out_of_order_is_a_failure_before_anything_is_sent(server: Server, answer: str) -> None:
    server.on = lambda _, __: answer
    sent, shown = await server.chat()

    assert sent.failure is not None
    assert (sent.outcome, sent.failure.kind, shown) == (SendOutcome.FAILED, FailureKind.PROTOCOL, None)
    assert sent.logging_in


async def test_an_error_status_is_a_failure(server: Server) -> None:
    server.status = 502
    sent, _ = await server.chat()

    assert sent.failure is not None
    assert (sent.outcome, sent.failure.detail) == (SendOutcome.FAILED, "status 502")


async def test_a_server_that_is_down_is_a_failure(net: Net) -> None:
    net.lead("chat.example", 443, closed_port())
    sent, shown = await Server(net.network).chat()

    assert sent.failure is not None
    assert (sent.outcome, sent.failure.kind, shown) == (SendOutcome.FAILED, FailureKind.REFUSED, None)


async def test_an_account_that_the_server_repeats_is_not_kept(server: Server) -> None:
    def repeat(_: str, asked: str) -> str | None:
        words = f"<text>No login for {ENVIRON['BERT']}</text>".replace(
            "<text>", "<text xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
        )
        return (
            body(f"<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/>{words}</failure>")
            if "<auth" in asked
            else None
        )

    server.on = repeat
    sent, _ = await server.chat()

    assert (sent.outcome, sent.wording) == (SendOutcome.UNAUTHORISED, "No login for [redacted]")
