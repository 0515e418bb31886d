"""The network an invocation asks for, opened."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from linkprobe.accounts import Accounts, filled_address, read_accounts
from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import Invocation, Mode
from linkprobe.cli.planning import Plan
from linkprobe.lab.process import running
from linkprobe.network import Lab, Live, Mapped, Network, read_entry
from linkprobe.scenario.urls import written_password


class Opened(NamedTuple):
    """A network, and the accounts things are probed with; the lab has one everywhere."""

    network: Network
    accounts: Accounts


def refuse_early(invocation: Invocation) -> None:
    """Raises what `opened` would raise for an argument of the network, before a round begins."""
    if invocation.mode is not Mode.LAB:
        outside(invocation, accounts_of(invocation))


def accounts_of(invocation: Invocation) -> Accounts:
    """The accounts outside the lab. Raises ScenarioError for a file that cannot be used."""
    return read_accounts(os.environ, invocation.accounts)


@asynccontextmanager
async def opened(invocation: Invocation, planned: Plan) -> AsyncIterator[Opened]:
    """The network for as long as the block runs; with a world, the lab that plays it."""
    if planned.world is None:
        accounts = accounts_of(invocation)
        network = outside(invocation, accounts)
        try:
            yield Opened(network, accounts)
        finally:
            await network.aclose()
        return
    async with running(planned.world, planned.catalogue, planned.cases) as address:
        lab = Lab(address.table, Path(address.ca), address.insides, address.vantages)
        try:
            yield Opened(lab, Accounts({**os.environ, **address.environ}))
        finally:
            await lab.aclose()


def outside(invocation: Invocation, accounts: Accounts) -> Live | Mapped:
    """The network of an invocation that is no lab's. Raises `Refused` and what the network raises for bad arguments."""
    ca = Path(invocation.cacert) if invocation.cacert else None
    insides = {place: _proxy(place, address, accounts) for place, address in map(_inside, invocation.inside)}
    if not invocation.connect_to:
        return Live(allow_private=invocation.allow_private, ca=ca, insides=insides)
    return Mapped(
        tuple(map(read_entry, invocation.connect_to)),
        ca=ca,
        live=invocation.mode is Mode.LIVE,
        allow_private=invocation.allow_private,
        insides=insides,
    )


def _inside(text: str) -> tuple[str, str]:
    place, separator, proxy = text.partition("=")
    if not (place and separator and proxy):
        raise Refused(f"--inside {text!r}: expected PLATFORM[/SURFACE]=PROXY, such as wechat=socks5://127.0.0.1:1080")
    return place, proxy


def _proxy(place: str, address: str, accounts: Accounts) -> str:
    """The proxy's address with its variables filled in. A password that is written out would be kept with the round."""
    if written_password(address):
        raise Refused(f"--inside {place}=…: the address holds a password; write ${{NAME}} in its place and set NAME")
    return filled_address(address, accounts.named(place.partition("/")[0]))
