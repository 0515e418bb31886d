"""Secrets planted wherever a platform could give them back: none is in any value that comes back."""

from typing import ClassVar

import pytest

from linkprobe.model import Accepted, HttpCall, Login, MessageApi, SendOutcome, Sent, Shown, Signature, Signing, Vantage
from linkprobe.network import Network
from linkprobe.probe.message.declared import send_and_read
from linkprobe.probe.message.verify import verify
from tests.loopback import Reply
from tests.probe.conftest import Net
from tests.probe.message.conftest import CARD, TARGET, Asked, Platform, json_reply, look, surface

HERE = Vantage()
MARKS = (
    "in-url-7f3a",
    "in-header-7f3a",
    "in/body&7f3a",
    "of-reader-7f3a",
    "taken-7f3a/one",
    "taken-7f3a/two",
    "sgn-7f3a",
)
ENVIRON = dict(zip(("URL", "HEADER", "BODY", "READER"), MARKS, strict=False)) | {"SIGN": "sgn-7f3a"}
ALL = " ".join(MARKS)
EVERYWHERE = {"errcode": 0, "errmsg": ALL, "id": f"id-{ALL}", "token": "taken-7f3a/one"}


def login(path: str) -> Login:
    call = HttpCall(url=f"https://api.example{path}?k=${{URL}}", json={"password": "${BODY}"})
    return Login(call=call, takes={"token": "token"})


def call(path: str, who: str, method: str = "POST") -> HttpCall:
    return HttpCall(
        url=f"https://api.example{path}?k=${{URL}}&t={{{who}.token}}&s={{sign}}",
        method=method,
        headers={"Authorization": "${HEADER}", "X-Reader": "${READER}"},
        json={"text": "{text}", "password": "${BODY}"} if method == "POST" else None,
    )


API = surface(
    send=call("/send", "login"),
    read=look(links="links", card=CARD, later=0.01, preview=call("/card", "reader")),
    accepted=Accepted(field="errcode", equals=0, code="code", wording="errmsg", message_id="id"),
    login=login("/login"),
    reader=login("/reader"),
    verify=(call("/me", "reader"),),
    delete=call("/delete", "login"),
    sign=Signature(by=Signing.FEISHU, secret="${SIGN}"),
)


def planted(value: object) -> list[str]:
    written = repr(value) + repr(value).replace("%2F", "/").replace("%26", "&").replace("\\/", "/")
    return [mark for mark in MARKS if mark in written]


class TestEveryAnswer:
    SHOWS: ClassVar = [{"text": f"f3a9c1 {ALL}", "links": [f"https://x.example/?{MARKS[4]}"], "card": {"title": ALL}}]

    async def talk(self, network: Network, api: MessageApi = API) -> tuple[Sent, Shown | None]:
        return await send_and_read(network, HERE, api, TARGET, token="f3a9c1", environ=ENVIRON)

    def ready(self, platform: Platform) -> None:
        platform.on["/login"] = lambda _: json_reply(EVERYWHERE)
        platform.on["/reader"] = lambda _: json_reply({**EVERYWHERE, "token": "taken-7f3a/two"})
        platform.on["/card"] = lambda _: json_reply({"card": {"title": ALL, "image": f"/{MARKS[5]}.png"}})
        platform.on["/delete"] = platform.on["/me"] = lambda _: json_reply({"errcode": 9, "errmsg": ALL}, 403)
        platform.on_send = lambda _: json_reply(EVERYWHERE)
        platform.on_look = lambda _: json_reply(self.SHOWS)

    async def test_a_message_that_goes_through_shows_none(self, platform: Platform) -> None:
        self.ready(platform)
        result = await self.talk(platform.network)

        assert result[0].outcome is SendOutcome.ACCEPTED
        assert result[1] is not None
        assert result[1].arrived
        assert result[1].card is not None
        assert planted(result) == []

    async def test_the_signature_shows_neither(self, platform: Platform) -> None:
        self.ready(platform)

        def echo(asked: Asked) -> Reply:
            return json_reply({"errcode": 0, "errmsg": asked.query, "id": "1"})

        platform.on_send = echo
        sent, _ = await self.talk(platform.network)

        assert sent.wording == "k=[redacted]&t=[redacted]&s=[redacted]"

    @pytest.mark.parametrize("path", ["/login", "/reader", "/send", "/messages", "/card", "/delete"])
    @pytest.mark.parametrize("status", [200, 400, 401, 429, 500])
    async def test_whatever_fails_shows_none(self, platform: Platform, path: str, status: int) -> None:
        self.ready(platform)
        own = MARKS[5 if path == "/reader" else 4]
        known = " ".join(mark for mark in MARKS if path != "/login" or mark != MARKS[5])
        wrong = json_reply({"errcode": 9, "code": known, "errmsg": known, "token": own}, status)
        if path == "/send":
            platform.on_send = lambda _: wrong
        elif path == "/messages":
            platform.on_look = lambda _: wrong
        else:
            platform.on[path] = lambda _: wrong
        result = await self.talk(platform.network)

        assert result[0].outcome
        assert planted(result) == []

    async def test_checks_of_accounts_show_none(self, platform: Platform) -> None:
        self.ready(platform)
        found = await verify(platform.network, HERE, API, ENVIRON)

        assert [one.works for one in found] == [True, True, False]
        assert "[redacted]" in found[-1].wording
        assert planted(found) == []

    async def test_a_server_that_is_gone_shows_none(self, net: Net) -> None:
        result = await self.talk(net.network)

        assert result[0].failure is not None
        assert "[redacted]" in result[0].failure.url
        assert planted(result) == []


async def test_an_account_that_occurs_in_the_link_does_not_blot_it_out(platform: Platform) -> None:
    read = look(links="links")
    platform.on_look = lambda _: json_reply([{"text": platform.texts[0], "links": [TARGET.url]}])
    _, shown = await send_and_read(
        platform.network, HERE, surface(read=read, accounts=("A",)), TARGET, token="f3a9c1", environ={"A": "shop"}
    )

    assert shown is not None
    assert (shown.text, shown.links) == (f"f3a9c1 {TARGET.url}", (TARGET.url,))
