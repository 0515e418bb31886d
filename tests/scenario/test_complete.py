"""What follows from the rest of a platform's file is filled in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from linkprobe.model import Platform
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
