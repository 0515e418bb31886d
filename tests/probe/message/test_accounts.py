"""Which variables a surface needs, and whose account a request carries."""

from typing import Any

import pytest

from linkprobe.model import HttpCall, Login, ReadBack, Signature, Signing, Viewer
from linkprobe.probe.message.accounts import missing_accounts, secrets, variables, viewer_of
from tests.probe.message.conftest import look, surface

SEND = HttpCall(url="https://api.example/send", headers={"Authorization": "${A}"}, json={"text": "{text}"})


def test_variables_are_found_in_every_request_of_a_surface() -> None:
    login = Login(call=HttpCall(url="https://api.example/login", json={"password": "${B}"}), takes={"t": "t"})
    api = surface(
        send=SEND,
        read=look(preview=HttpCall(url="https://api.example/card?k=${C}")),
        login=login,
        verify=(HttpCall(url="https://api.example/me", headers={"X": "${D}"}),),
        delete=HttpCall(url="https://api.example/del", form={"k": "${E}"}),
    )

    assert set(variables(api)) == {"A", "B", "C", "D", "E"}


def test_a_signatures_secret_is_not_needed_but_secret() -> None:
    api = surface(send=SEND, sign=Signature(by=Signing.DINGTALK, secret="${S}"))

    assert missing_accounts(api, {"A": "account"}) == ()
    assert secrets(api, {"A": "account", "S": "signing"}) == ("account", "signing")


def test_one_that_is_listed_among_the_accounts_is_needed() -> None:
    api = surface(sign=Signature(by=Signing.DINGTALK, secret="${S}"), accounts=("S",))

    assert missing_accounts(api, {}) == ("S",)


@pytest.mark.parametrize(
    ("url", "value", "secret"),
    [
        ("https://${V}/send", "chat.example", ()),
        ("${V}/send", "https://chat.example", ()),
        ("${V}/send", "https://chat.example/forum", ()),
        ("${V}", "https://hooks.example/T0/0123456789abcdef", ("0123456789abcdef",)),
        ("${V}", "https://user:pass1@chat.example", ("user:pass1", "user", "pass1")),
        ("https://${V}@chat.example/", "user:pass1", ("user:pass1",)),
        ("https://chat.example/${V}", "chat.example", ("chat.example",)),
    ],
)
def test_a_servers_name_is_no_secret_and_a_key_in_its_address_is(url: str, value: str, secret: tuple[str, ...]) -> None:
    assert secrets(surface(send=HttpCall(url=url)), {"V": value}) == secret


def reading(headers: dict[str, str]) -> ReadBack:
    return ReadBack(call=HttpCall(url="https://api.example/messages", method="GET", headers=headers))


class TestViewer:
    def viewer(self, read: ReadBack | None, environ: dict[str, str], **more: Any) -> Viewer:
        return viewer_of(surface(**{"send": SEND, "read": read, **more}), environ)

    def test_another_account_is_the_receivers(self) -> None:
        assert self.viewer(reading({"Authorization": "${B}"}), {"A": "one1", "B": "two2"}) is Viewer.RECEIVER

    def test_the_same_variable_is_the_senders(self) -> None:
        assert self.viewer(reading({"Authorization": "${A}"}), {"A": "one1"}) is Viewer.SENDER

    def test_another_variable_with_the_same_value_is_the_senders(self) -> None:
        assert self.viewer(reading({"Authorization": "${B}"}), {"A": "one1", "B": "one1 "}) is Viewer.SENDER

    def test_one_credential_of_its_own_makes_it_another_account(self) -> None:
        read = reading({"X-App": "${A}", "Authorization": "${B}"})

        assert self.viewer(read, {"A": "one1", "B": "two2"}) is Viewer.RECEIVER

    def test_a_look_without_an_account_is_left_as_it_is_declared(self) -> None:
        assert self.viewer(reading({}), {"A": "one1"}) is Viewer.RECEIVER

    def test_two_logins_with_one_password_are_one_account(self) -> None:
        login = Login(call=HttpCall(url="https://api.example/login", json={"p": "${A}"}), takes={"t": "t"})
        send = HttpCall(url="https://api.example/send", headers={"A": "{login.t}"}, json={"text": "{text}"})
        read = reading({"A": "{reader.t}"})

        assert self.viewer(read, {"A": "one1"}, send=send, login=login, reader=login) is Viewer.SENDER

    def test_two_logins_with_two_passwords_are_two_accounts(self) -> None:
        logins = [
            Login(call=HttpCall(url="https://api.example/login", json={"p": f"${{{name}}}"}), takes={"t": "t"})
            for name in "AB"
        ]
        send = HttpCall(url="https://api.example/send", headers={"A": "{login.t}"}, json={"text": "{text}"})
        read = reading({"A": "{reader.t}"})
        environ = {"A": "one1", "B": "two2"}

        assert self.viewer(read, environ, send=send, login=logins[0], reader=logins[1]) is Viewer.RECEIVER

    def test_a_servers_name_that_both_take_is_no_account(self) -> None:
        send = HttpCall(url="https://${HOST}/send", headers={"A": "${A}"}, json={"text": "{text}"})
        read = ReadBack(call=HttpCall(url="https://${HOST}/messages", method="GET"))

        assert self.viewer(read, {"HOST": "chat.example", "A": "one1"}, send=send) is Viewer.RECEIVER

    @pytest.mark.parametrize("declared", [Viewer.ANYONE, Viewer.SENDER])
    def test_what_else_is_declared_stands(self, declared: Viewer) -> None:
        read = ReadBack(call=HttpCall(url="https://api.example/", headers={"A": "${A}"}), viewer=declared)

        assert self.viewer(read, {"A": "one1"}) is declared

    def test_without_a_look_nobody_looked_as_the_sender(self) -> None:
        assert self.viewer(None, {}) is Viewer.RECEIVER
