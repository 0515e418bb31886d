"""What follows from the rest of a platform's file is filled in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.model import MessageApi, Platform, PreviewApi
from linkprobe.scenario import Catalogue, load_scenarios

Write = Callable[[str, str], Path]
Read = Callable[..., Platform]


@pytest.fixture
def read(write: Write) -> Read:
    def one(surfaces: str, hosts: str = "[p.example]") -> Platform:
        platform = f"{{platform: p, name: P, owner: o, hosts: {hosts}, surfaces: {{{surfaces}}}}}"
        text = f"scenario: s\nplatforms: [{platform}]\ndefine: [{{target: t, url: 'https://t.example/'}}]\n"
        return load_scenarios([write("s.yaml", text)], Catalogue())[0].platform

    return one


@pytest.mark.parametrize(
    ("surface", "hosts", "complete"),
    [
        (
            "x: {kind: gateway, template: 'https://go.other.example/{url}'}",
            "[p.example]",
            ("p.example", "=go.other.example"),
        ),
        ("x: {kind: in-app, opener: 'https://other.example/{url}'}", "[p.example]", ("p.example", "=other.example")),
        ("x: {kind: gateway, template: 'https://go.p.example/{url}'}", "[p.example]", ("p.example",)),
        ("x: {kind: gateway, template: 'https://p.example/{url}'}", "['=p.example']", ("=p.example",)),
        (
            "x: {kind: gateway, template: 'https://go.p.example/{url}'}",
            "['=p.example']",
            ("=p.example", "=go.p.example"),
        ),
        ("x: {kind: in-app}", "[p.example]", ("p.example",)),
    ],
)
def test_a_gateways_own_host_answers_in_the_platforms_name(
    surface: str, hosts: str, complete: tuple[str, ...], read: Read
) -> None:
    assert read(surface, hosts).hosts == complete


def test_every_variable_of_a_call_is_an_account(read: Read) -> None:
    surface = read(
        "x: {kind: message-api, accounts: [B, Z], send: {url: 'https://p.example/${A}/', headers: {X: '${B}'},"
        " json: {t: '{text}', deep: [{token: 'k-${C}'}, 3]}},"
        " read: {call: {url: 'https://p.example/', form: {key: '${D}'}}}}"
    ).surfaces["x"]

    assert isinstance(surface, MessageApi)
    assert surface.accounts == ("B", "Z", "A", "C", "D")


def test_a_previews_variables_are_accounts_too(read: Read) -> None:
    surface = read("x: {kind: preview-api, call: {url: 'https://p.example/?u={url}&k=${KEY}'}}").surfaces["x"]

    assert isinstance(surface, PreviewApi)
    assert surface.accounts == ("KEY",)
