"""An XMPP session over BOSH (XEP-0124, XEP-0206): plain HTTP requests, so that it lives in a network of ours."""

import base64
import secrets

from linkprobe.model import Failure, FailureKind, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.call import post
from linkprobe.probe.message.stanza_error import condition_in, error_in, wording_in
from linkprobe.probe.message.stanzas import (
    BIND,
    BOSH,
    CLIENT,
    ENDINGS,
    SASL,
    STREAMS,
    XBOSH,
    NotXmpp,
    Stanza,
    read,
    text,
    write,
)

WAIT = 1
"""Seconds for which the server holds a request that it has nothing to answer; how long one look takes at most."""
MOST_ANSWERS = 5
"""Answers in which a step of the login must come; a server may send it apart from the answer to its request."""
CONTENT_TYPE = "text/xml; charset=utf-8"


class Lost(Exception):
    """The session cannot go on: the connection, the server or its XML failed."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.detail)
        self.failure = failure


class Denied(Exception):
    """The server does not take this account, by its own condition and words."""

    def __init__(self, condition: str, wording: str = "") -> None:
        super().__init__(condition)
        self.condition = condition
        self.wording = wording


class Bosh:
    """A session with `url`. One request is under way at a time, so that stanzas keep their order."""

    def __init__(self, network: Network, vantage: Vantage, url: str, domain: str) -> None:
        self._network = network
        self._vantage = vantage
        self._url = url
        self._domain = domain
        self._session = ""
        self._request = secrets.randbelow(2**31)
        self.address = ""
        """The full address that the server has given this session, once it is open."""

    async def open(self, user: str, password: str) -> None:
        """Log in and get an address. Raises `Denied`, `Lost`."""
        features = await self._awaited(await self._begin(), STREAMS, "features")
        offered = [mechanism.text for mechanism in features.iter(f"{{{SASL}}}mechanism")]
        if "PLAIN" not in offered:
            raise self._lost(f"the server takes no PLAIN login, only {offered}")
        await self._authenticate(user, password)
        self.address = await self._bind()

    async def exchange(self, *stanzas: str) -> list[Stanza]:
        """Send `stanzas`, and answer what has come in; with none it waits a moment for something to come. Raises
        `Lost`."""
        return await self._post({}, *stanzas)

    async def close(self) -> None:
        """Say goodbye, if the server still listens."""
        try:
            if self._session:
                gone = write("presence", {"xmlns": CLIENT, "type": "unavailable"})
                await self._post({"type": "terminate"}, gone)
        except Lost:
            return

    async def _begin(self) -> list[Stanza]:
        return await self._post(
            {
                "content": CONTENT_TYPE,
                "to": self._domain,
                "ver": "1.6",
                "wait": str(WAIT),
                "hold": "1",
                "xml:lang": "en",
                "xmlns:xmpp": XBOSH,
                "xmpp:version": "1.0",
            }
        )

    async def _authenticate(self, user: str, password: str) -> None:
        account = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        auth = write("auth", {"xmlns": SASL, "mechanism": "PLAIN"}, text(account))
        answer = await self._awaited(await self._post({}, auth), SASL, "success", "failure")
        if answer.tag == f"{{{SASL}}}failure":
            raise Denied(condition_in(answer, SASL), wording_in(answer, SASL))

    async def _bind(self) -> str:
        restart = {"to": self._domain, "xml:lang": "en", "xmlns:xmpp": XBOSH, "xmpp:restart": "true"}
        await self._awaited(await self._post(restart), STREAMS, "features")
        ask = write("iq", {"xmlns": CLIENT, "type": "set", "id": "bind"}, write("bind", {"xmlns": BIND}))
        answer = await self._awaited(await self._post({}, ask), CLIENT, "iq")
        if answer.get("type") == "error":
            error = error_in(answer)
            raise Denied(error.condition, error.wording)
        address = answer.findtext(f"{{{BIND}}}bind/{{{BIND}}}jid")
        if not address:
            raise self._lost("the server gives the session no address")
        return address.strip()

    async def _awaited(self, come: list[Stanza], namespace: str, *names: str) -> Stanza:
        """The first element of one of these names, in what has come or comes next."""
        tags = {f"{{{namespace}}}{name}" for name in names}
        for _ in range(MOST_ANSWERS):
            found = next((stanza for stanza in come if stanza.tag in tags), None)
            if found is not None:
                return found
            come = await self._post({})
        raise self._lost(f"the server answers no {' or '.join(names)}")

    async def _post(self, attributes: dict[str, str], *stanzas: str) -> list[Stanza]:
        self._request += 1
        known = {"sid": self._session} if self._session else {}
        body = write("body", {"xmlns": BOSH, "rid": str(self._request), **known, **attributes}, *stanzas)
        answer = await post(self._network, self._vantage, self._url, body.encode(), CONTENT_TYPE)
        if answer.failure:
            raise Lost(answer.failure)
        if answer.status != 200:
            raise self._lost(f"status {answer.status}")
        try:
            return self._taken(read(answer.body), ending=attributes.get("type") == "terminate")
        except NotXmpp as error:
            raise self._lost(str(error)) from error

    def _taken(self, body: Stanza, *, ending: bool) -> list[Stanza]:
        self._session = body.get("sid", self._session)
        if body.tag != f"{{{BOSH}}}body":
            raise self._lost("the answer is not BOSH")
        if body.get("type") == "terminate":
            self._session = ""
            if not ending:
                raise self._lost(f"the server ended the session: {_why_ended(body)}")
        return list(body)

    def _lost(self, detail: str) -> Lost:
        return Lost(Failure(FailureKind.PROTOCOL, self._url, detail[:300]))


def _why_ended(body: Stanza) -> str:
    """The condition of BOSH's own (XEP-0124 §17.2), and that of the stream below it."""
    below = (condition_in(stanza, ENDINGS) for stanza in body if stanza.tag == f"{{{STREAMS}}}error")
    return " ".join(filter(None, (body.get("condition"), *below))) or "no condition"
