"""The lab for others: a staging internet to point linkprobe, or anything else, at."""

import asyncio
import shlex
from collections.abc import Sequence
from pathlib import Path

import msgspec

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.interruption import Stopped, run_until_stopped
from linkprobe.cli.output import show
from linkprobe.lab.address import LabAddress
from linkprobe.lab.process import running
from linkprobe.model import World
from linkprobe.scenario import Catalogue, load_catalogue, read_world, shipped


def serve(world: str, catalogs: Sequence[Path], port: int, map_file: Path | None, json: str) -> Ended:
    """Runs the lab until it is told to stop, and prints how to use it once it answers."""
    catalogue = load_catalogue(shipped(), *catalogs)
    try:
        run_until_stopped(_served(read_world(world, catalogue), catalogue, port, map_file, json))
    except Stopped:
        return Ended.AS_EXPECTED
    raise AssertionError("a lab runs until it is stopped")


async def _served(world: World, catalogue: Catalogue, port: int, map_file: Path | None, json: str) -> None:
    async with running(world, catalogue, port=port) as address:
        if map_file:
            _write(map_file, "\n".join(connect_to(address)) + "\n")
        if json == "-":
            show(msgspec.json.encode(address).decode())
        else:
            if json:
                _write(Path(json), msgspec.json.encode(address).decode() + "\n")
            show(_usage(address, map_file))
        await asyncio.Event().wait()


def connect_to(address: LabAddress) -> list[str]:
    """The lab's table as `--connect-to` takes it; names that do not exist are left out, for nothing else resolves."""
    return [f"{source}:{destination}" for source, destination in address.table.items() if destination]


def _usage(address: LabAddress, map_file: Path | None) -> str:
    ways = ["--connect-to", f"@{map_file}"] if map_file else ["--connect-to", "HOST:PORT:ADDR:PORT", "..."]
    insides = [part for place, proxy in address.insides.items() for part in ("--inside", f"{place}={proxy}")]
    command = shlex.join(["linkprobe", "audit", *ways, "--cacert", address.ca, *insides, "SCENARIO"])
    accounts = [f"export {name}={shlex.quote(value)}" for name, value in address.environ.items()]
    table = [] if map_file else ["", "Its name map (--map FILE writes it):", *connect_to(address)]
    return "\n".join(
        [
            f"The lab plays {address.world} until Ctrl-C.",
            f"Its CA: {address.ca}",
            *table,
            "",
            "Point linkprobe at it:",
            *accounts,
            command,
        ]
    )


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}") from error
