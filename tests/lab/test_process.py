import asyncio
import contextlib
import os
import random
import signal
import socket
import sys
import textwrap
from asyncio.subprocess import PIPE
from pathlib import Path

import msgspec
import psutil
import pytest

from linkprobe.lab import LabAddress, LabError, running
from linkprobe.model import Case, Target, Treatment, Treats, Vantage, World
from linkprobe.scenario import Catalogue

EMPTY = World(id="empty", title="Nothing happens", date="2026-01-01")


async def test_a_lab_is_ready_when_its_address_is_known_and_gone_afterwards(catalogue: Catalogue) -> None:
    async with running(EMPTY, catalogue) as address:
        host, _, port = address.table["www.zhihu.com:443"].rpartition(":")
        _, writer = await asyncio.open_connection(host, int(port))
        writer.close()
        await writer.wait_closed()

    assert not psutil.pid_exists(address.pid)


async def test_a_lab_leaves_no_temporary_files(catalogue: Catalogue, no_temporary_files: Path) -> None:
    async with running(EMPTY, catalogue) as address:
        assert Path(address.ca).is_relative_to(no_temporary_files)


async def test_a_lab_that_is_told_to_end_leaves_no_temporary_files(
    catalogue: Catalogue, no_temporary_files: Path
) -> None:
    async with running(EMPTY, catalogue) as address:
        os.kill(address.pid, signal.SIGTERM)
        ended, _ = await asyncio.to_thread(psutil.wait_procs, [psutil.Process(address.pid)], 10)

    assert len(ended) == 1


async def test_a_signal_to_the_parents_group_is_not_the_labs(catalogue: Catalogue) -> None:
    async with running(EMPTY, catalogue) as address:
        assert os.getpgid(address.pid) != os.getpgid(0)


async def test_a_lab_knows_targets_that_only_a_case_declares(catalogue: Catalogue) -> None:
    platform = catalogue.platforms["zhihu"]
    own = Target(id="mine", url="https://mine.example/a")
    case = Case(
        scenario="s",
        platform=platform,
        surface_id=next(iter(platform.surfaces)),
        target=own,
        neutral=None,
        vantage=Vantage(),
    )

    async with running(EMPTY, catalogue, [case]) as address:
        assert "mine.example:443" in address.table


async def test_a_world_that_names_an_unknown_target_is_refused_in_one_line(catalogue: Catalogue) -> None:
    lines = (Treats(treatment=Treatment.BLOCK_PAGE, targets=("nobody",)),)
    world = World(id="odd", title="", date="", platforms={"wechat": lines})

    with pytest.raises(LabError, match=r"^world odd: target 'nobody' is not in the catalogue$"):
        async with running(world, catalogue):
            pass


async def test_a_port_that_is_taken_is_said_in_one_line(catalogue: Catalogue) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LabError, match=rf"^port {port} on 127\.0\.0\.1 cannot be listened on \([^\n]+$"):
            async with running(EMPTY, catalogue, port=port):
                pass


def reserved_port() -> int:
    """A free port below the range from which the kernel hands ports to others while this test runs."""
    while True:
        port = random.randrange(15000, 30000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


async def test_a_lab_takes_the_port_it_is_given(catalogue: Catalogue) -> None:
    port = reserved_port()

    async with running(EMPTY, catalogue, port=port) as address:
        assert address.table["www.zhihu.com:443"] == f"127.0.0.1:{port}"


PARENT = textwrap.dedent("""
    import asyncio, msgspec, sys
    from linkprobe.lab import running
    from linkprobe.model import World
    from linkprobe.scenario import load_catalogue, shipped

    async def main():
        async with running(World(id="w", title="", date=""), load_catalogue(shipped())) as address:
            print(msgspec.json.encode(address).decode(), flush=True)
            await asyncio.sleep(60)

    asyncio.run(main())
""")


async def test_a_lab_does_not_outlive_a_parent_that_is_killed(no_temporary_files: Path) -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=PIPE, limit=2**22)
    assert parent.stdout is not None
    address = msgspec.json.decode(await parent.stdout.readline(), type=LabAddress)
    lab = psutil.Process(address.pid)

    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()

    assert await asyncio.to_thread(psutil.wait_procs, [lab], 10) == ([lab], [])
