"""Real servers on loopback: installed or skipped by name, started on free ports, waited for, stopped by their id."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, TypeAlias

import pytest

from tests.loopback import closed_port

ROOT = Path(__file__).parents[2]
INSTALLER = "scripts/servers"
READY_WITHIN = 60.0
"""Seconds a server may take on a busy machine; the slowest takes four on an idle one."""
STOPPED_WITHIN = 10.0
PAUSE = 0.05
LAST_WORDS = 2000

Ready: TypeAlias = Callable[[], Awaitable[bool]]

__all__ = ["closed_port", "needs", "serving", "skip_without", "takes_connections"]


class ServerFailed(Exception):
    """A server did not come up; with the end of what it wrote."""


def needs(server: str, program: str) -> str:
    """The path of `program`, or the test is skipped and names the server and what installs it."""
    found = shutil.which(program, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/sbin")))
    return found or skip_without(server)


def skip_without(server: str) -> str:
    """Skip the test because of a missing server."""
    pytest.skip(f"{server} is not installed: run '{INSTALLER} {server}' (as root, for what Debian packages)")


def takes_connections(port: int) -> Ready:
    """Whether somebody listens on `port`."""

    async def ready() -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            return False
        writer.close()
        return True

    return ready


@asynccontextmanager
async def serving(
    command: list[str], folder: Path, ready: Ready, *, env: Mapping[str, str] | None = None
) -> AsyncIterator[subprocess.Popen[bytes]]:
    """Run a server in `folder` until the end of the block, from when it is `ready`. What it writes is in `out.log`.

    Raises `ServerFailed` where it ends or is not ready in time.
    """
    log = folder / "out.log"
    with log.open("wb") as output:
        process = _start(command, folder, output, env)
        try:
            await _until_ready(process, ready, log)
            yield process
        finally:
            await asyncio.to_thread(_stop, process)


def _start(
    command: list[str], folder: Path, output: IO[bytes], env: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**os.environ, **(env or {})},
        start_new_session=True,  # Ctrl-C is for the tests, which stop the server themselves
    )


async def _until_ready(process: subprocess.Popen[bytes], ready: Ready, log: Path) -> None:
    loop = asyncio.get_running_loop()
    until = loop.time() + READY_WITHIN
    while not await ready():
        if process.poll() is not None or loop.time() > until:
            raise _failed(process, log)
        await asyncio.sleep(PAUSE)


def _failed(process: subprocess.Popen[bytes], log: Path) -> ServerFailed:
    how = "is not ready" if process.poll() is None else f"ended with {process.returncode}"
    return ServerFailed(f"{process.args!r} {how}: {log.read_text('utf-8', 'replace')[-LAST_WORDS:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
