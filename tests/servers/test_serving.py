"""Starting and stopping of real servers, and what a test says that has none."""

import sys
from pathlib import Path

import pytest

from tests.servers.serving import ServerFailed, closed_port, needs, serving, takes_connections


def test_a_missing_server_skips_and_names_what_installs_it() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"prosody is not installed: run 'scripts/servers prosody'"):
        needs("prosody", "no-such-program")


def test_an_installed_program_is_found() -> None:
    assert Path(needs("shell", "sh")).is_absolute()


async def test_a_server_runs_until_the_end_of_the_block(tmp_path: Path) -> None:
    port = closed_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    async with serving(command, tmp_path, takes_connections(port)) as process:
        running = process.poll()
    stopped = process.poll()

    assert (running, stopped is None) == (None, False)


async def test_a_server_that_ends_at_once_fails_with_its_last_words(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "print('no such option'); raise SystemExit(3)"]
    with pytest.raises(ServerFailed, match=r"ended with 3: no such option"):
        async with serving(command, tmp_path, takes_connections(closed_port())):
            raise AssertionError
