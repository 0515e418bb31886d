"""Logins before a message, and requests that only check accounts, against a real server."""

import time
from typing import Any, ClassVar

import msgspec
import pytest

from linkprobe.model import (
    FailureKind,
    HttpCall,
    Login,
    MessageApi,
    SendOutcome,
    Sent,
    Shown,
    Signature,
    Signing,
    Vantage,
    Viewer,
)
from linkprobe.network import Network
from linkprobe.probe.message.declared import send_and_read
from linkprobe.probe.message.verify import verify
from tests.loopback import Reply
from tests.probe.conftest import Net
from tests.probe.message.conftest import TARGET, Asked, Platform, html_reply, json_reply, look, surface

ENVIRON = {"SENDER": "passw0rd-one", "READER": "passw0rd-two"}
HERE = Vantage()


def login(path: str = "/login", variable: str = "SENDER", **takes: str) -> Login:
    call = HttpCall(url=f"https://api.example{path}", json={"password": f"${{{variable}}}", "at": "{now}"})
    return Login(call=call, takes=takes or {"token": "data.token"})


def entered(asked: Asked) -> Reply:
    return json_reply({"errcode": 0, "data": {"token": f"t0ken-of-{asked.json['password']}", "id": 17}})


def with_logins(**more: Any) -> MessageApi:
    send = HttpCall(
        url="https://api.example/send", headers={"Authorization": "Bearer {login.token}"}, json={"text": "{text}"}
    )
    read = look()
    call = msgspec.structs.replace(read.call, headers={"Authorization": "Bearer {reader.token}"})
    defaults = {
        "send": send,
        "read": msgspec.structs.replace(read, call=call),
        "login": login(),
        "reader": login("/login", "READER"),
    }
    return surface(**{**defaults, **more})


async def send(network: Network, api: MessageApi) -> tuple[Sent, Shown | None]:
    return await send_and_read(network, HERE, api, TARGET, token="f3a9c1", environ=ENVIRON)


class TestLogins:
    async def test_each_end_logs_in_once_and_carries_what_it_got(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        sent, shown = await send(platform.network, with_logins())

        assert [asked.json["password"] for asked in platform.others] == ["passw0rd-one", "passw0rd-two"]
        assert platform.sends[0].headers["authorization"] == "Bearer t0ken-of-passw0rd-one"
        assert platform.looks[0].headers["authorization"] == "Bearer t0ken-of-passw0rd-two"
        assert sent.outcome is SendOutcome.ACCEPTED
        assert shown is not None
        assert (shown.arrived, shown.viewer) == (True, Viewer.RECEIVER)

    async def test_a_look_by_the_senders_login_is_his_own_view(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        read = look()
        call = msgspec.structs.replace(read.call, headers={"Authorization": "Bearer {login.token}"})
        _, shown = await send(platform.network, with_logins(read=msgspec.structs.replace(read, call=call), reader=None))

        assert shown is not None
        assert shown.viewer is Viewer.SENDER

    async def test_numbers_are_taken_as_they_are_written(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        call = HttpCall(url="https://api.example/send?user={login.id}", json={"text": "{text}"})
        await send(platform.network, with_logins(send=call, login=login(id="data.id", token="data.token")))

        assert platform.sends[0].query == "user=17"

    @pytest.mark.parametrize(
        ("reply", "outcome"),
        [
            (json_reply({"errcode": 310000, "errmsg": "wrong password"}), SendOutcome.UNAUTHORISED),
            (json_reply({"errcode": 1, "errmsg": "no"}), SendOutcome.UNAUTHORISED),
            (json_reply({"errcode": 0, "data": {}}), SendOutcome.UNAUTHORISED),
            (json_reply({"errcode": 0, "data": {"token": ""}}), SendOutcome.UNAUTHORISED),
            (json_reply({}, 401), SendOutcome.UNAUTHORISED),
            (json_reply({"error": "bad"}, 400), SendOutcome.UNAUTHORISED),
            (json_reply({"errcode": 130101}), SendOutcome.RATE_LIMITED),
            ((429, [("retry-after", "30")], b""), SendOutcome.RATE_LIMITED),
            ((503, [], b"busy"), SendOutcome.FAILED),
            ((302, [("location", "https://elsewhere.example/")], b""), SendOutcome.FAILED),
            (html_reply("<h1>Just a moment</h1>"), SendOutcome.FAILED),
        ],
    )
    async def test_one_that_fails_sends_nothing(self, platform: Platform, reply: Reply, outcome: SendOutcome) -> None:
        platform.on["/login"] = lambda _: reply
        start = time.perf_counter()
        sent, shown = await send(platform.network, with_logins())

        assert (sent.outcome, sent.logging_in, shown) == (outcome, True, None)
        assert (platform.sends, platform.looks) == ([], [])
        assert len(platform.others) == 1, "nothing is asked twice"
        assert time.perf_counter() - start < 5, "no wait is waited for"

    async def test_the_readers_failing_sends_nothing_either(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        platform.on["/reader"] = lambda _: json_reply({}, 401)
        sent, _ = await send(platform.network, with_logins(reader=login("/reader", "READER")))

        assert (sent.outcome, sent.logging_in, platform.sends) == (SendOutcome.UNAUTHORISED, True, [])

    async def test_a_server_that_is_gone_is_a_failure_of_the_login(self, net: Net) -> None:
        sent, shown = await send(net.network, with_logins())

        assert (sent.outcome, sent.logging_in, shown) == (SendOutcome.FAILED, True, None)
        assert sent.failure is not None
        assert sent.failure.kind is FailureKind.DNS


class TestVerify:
    ME: ClassVar = HttpCall(
        url="https://api.example/me?key=${SENDER}", method="GET", headers={"Authorization": "Bearer {login.token}"}
    )

    async def results(self, platform: Platform, reply: Reply, **more: Any) -> tuple[SendOutcome, ...]:
        platform.on.setdefault("/login", entered)
        platform.on["/me"] = lambda _: reply
        api = with_logins(verify=(self.ME,), **more)
        return tuple(one.outcome for one in await verify(platform.network, HERE, api, ENVIRON))

    async def test_logins_and_requests_are_told_in_order_and_nothing_is_sent(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        platform.on["/me"] = lambda _: json_reply({"errcode": 0})
        found = await verify(platform.network, HERE, with_logins(verify=(self.ME,)), ENVIRON)

        assert [(one.request, one.works) for one in found] == [
            ("POST https://api.example/login", True),
            ("POST https://api.example/login", True),
            ("GET https://api.example/me?key=${SENDER}", True),
        ]
        assert platform.others[-1].headers["authorization"] == "Bearer t0ken-of-passw0rd-one"
        assert (platform.sends, platform.looks) == ([], [])

    @pytest.mark.parametrize(
        ("reply", "outcome"),
        [
            (json_reply({"errcode": 0}), SendOutcome.ACCEPTED),
            (json_reply({"name": "me"}), SendOutcome.ACCEPTED),
            ((204, [], b""), SendOutcome.ACCEPTED),
            (json_reply({"errcode": 310000}), SendOutcome.UNAUTHORISED),
            (json_reply({}, 401), SendOutcome.UNAUTHORISED),
            (json_reply({"errcode": 7, "errmsg": "no such room"}), SendOutcome.REFUSED),
            (json_reply({"errcode": 130101}), SendOutcome.RATE_LIMITED),
            (html_reply("<form>log in</form>"), SendOutcome.FAILED),
            ((500, [], b""), SendOutcome.FAILED),
        ],
    )
    async def test_an_answer_is_what_the_platform_says(
        self, platform: Platform, reply: Reply, outcome: SendOutcome
    ) -> None:
        assert (await self.results(platform, reply))[-1] is outcome

    async def test_a_platform_of_pages_answers_with_a_page(self, platform: Platform) -> None:
        outcomes = await self.results(platform, html_reply("<p>hello</p>"), read=look(format="html"))

        assert outcomes[-1] is SendOutcome.ACCEPTED

    async def test_after_a_failed_login_nothing_is_checked(self, platform: Platform) -> None:
        platform.on["/login"] = lambda _: json_reply({}, 401)

        assert await self.results(platform, json_reply({})) == (SendOutcome.UNAUTHORISED, SendOutcome.UNAUTHORISED)

    async def test_the_platforms_wording_is_told_without_secrets(self, platform: Platform) -> None:
        platform.on["/login"] = entered
        platform.on["/me"] = lambda asked: json_reply(
            {"errcode": 5, "errmsg": f"{asked.query} {asked.headers['authorization']}"}
        )
        found = await verify(platform.network, HERE, with_logins(verify=(self.ME,)), ENVIRON)

        assert found[-1].wording == "status 200 5 key=[redacted] Bearer [redacted]"

    async def test_a_failure_is_told_in_words(self, net: Net) -> None:
        found = await verify(net.network, HERE, with_logins(), ENVIRON)

        assert found[0].wording.startswith("dns")

    async def test_a_checks_request_is_signed(self, platform: Platform) -> None:
        platform.on["/me"] = lambda _: json_reply({})
        call = HttpCall(url="https://api.example/me?t={timestamp}&s={sign}", method="GET")
        api = surface(verify=(call,), sign=Signature(by=Signing.FEISHU, secret="${SENDER}"))
        await verify(platform.network, HERE, api, ENVIRON)

        assert platform.others[0].query.startswith("t=1")
