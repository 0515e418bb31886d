"""The network an invocation asks for, opened."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from linkprobe.cli.exits import Refused
from linkprobe.cli.invocation import Invocation, Mode
from linkprobe.cli.planning import Plan
from linkprobe.lab.process import running
from linkprobe.network import Lab, Live, Mapped, Network, read_entry


class Opened(NamedTuple):
    """A network, and the environment from which accounts are taken: in the lab it has an account everywhere."""

    network: Network
    environ: Mapping[str, str]


def refuse_early(invocation: Invocation) -> None:
    """Raises what `opened` would raise for an argument of the network, before a round begins."""
    if invocation.mode is not Mode.LAB:
        _outside(invocation)


@asynccontextmanager
async def opened(invocation: Invocation, planned: Plan) -> AsyncIterator[Opened]:
    """The network for as long as the block runs; with a world, the lab that plays it."""
    if planned.world is None:
        network = _outside(invocation)
        try:
            yield Opened(network, os.environ)
        finally:
            await network.aclose()
        return
    async with running(planned.world, planned.catalogue, planned.cases) as address:
        lab = Lab(address.table, Path(address.ca), address.insides, address.vantages)
        try:
            yield Opened(lab, {**os.environ, **address.environ})
        finally:
            await lab.aclose()


def _outside(invocation: Invocation) -> Live | Mapped:
    ca = Path(invocation.cacert) if invocation.cacert else None
    insides = dict(map(_inside, invocation.inside))
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
