"""Whole runs against services that give every secret back: nothing that a run leaves behind holds one."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
import pytest_asyncio
import zstandard

from linkprobe.accounts import Accounts
from linkprobe.audit.retrace import retrace
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import outside
from linkprobe.cli.planning import plan
from linkprobe.model import Case
from linkprobe.probe.browser import Chromium
from linkprobe.store import Store
from tests.accounts.echo import HOSTS, LOGIN_ANSWER, MARKS, SCENARIO, echoes, tunnel
from tests.accounts.scanning import leaks, leaks_below
from tests.loopback import ca_file, context_for, raw, website

SECRETS = (*MARKS.values(), LOGIN_ANSWER)


class Stage(NamedTuple):
    """The services, the files of a run, and what the services were told."""

    folder: Path
    options: list[str]
    heard: list[str]


class Ran(NamedTuple):
    code: int
    out: str
    err: str


@asynccontextmanager
async def staged(folder: Path) -> AsyncIterator[Stage]:
    heard: list[str] = []
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(website(echoes(heard), context_for(*HOSTS, alpn=("http/1.1",))))
        proxy = await stack.enter_async_context(raw(tunnel(heard, dict.fromkeys(HOSTS, port))))
        (folder / "echoes.yaml").write_text(SCENARIO.replace("PROXY_PORT", str(proxy)), "utf-8")
        accounts = {
            "talk": {name: value for name, value in MARKS.items() if name.startswith("TALK")},
            "office": {name: value for name, value in MARKS.items() if name.startswith("OFFICE")},
        }
        file = folder / "accounts.json"
        file.write_bytes(msgspec.json.encode({"accounts": accounts}))
        file.chmod(0o600)
        maps = [part for host in HOSTS for part in ("--connect-to", f"{host}:443:127.0.0.1:{port}")]
        yield Stage(folder, [*maps, "--cacert", str(ca_file(folder)), "--accounts", str(file)], heard)


async def ran(folder: Path, *command: str, **environ: str) -> Ran:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *command,
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(folder), **environ},
    )
    out, err = await process.communicate()
    return Ran(process.returncode or 0, out.decode(), err.decode())


class Done(NamedTuple):
    folder: Path
    heard: str
    audit: Ran
    publish: Ran
    suite: Ran


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """An audit, its site, and the same suite under pytest with all there is to say."""
    folder = tmp_path_factory.mktemp("echoes")
    async with staged(folder) as stage:
        audit = await ran(
            folder, "linkprobe", "audit", "echoes.yaml", *stage.options, "--no-browser", "--json", "cells.json"
        )
        publish = await ran(folder, "linkprobe", "publish", "--out", "site")
        ini = [f"--linkprobe-{option[2:]}" if option.startswith("--") else option for option in stage.options]
        suite = await ran(
            folder,
            *("pytest", "-p", "no:cacheprovider", "-vv", "-rA", "--log-level=DEBUG", "--log-file=log.txt"),
            *("--junitxml=junit.xml", "--linkprobe-json=suite.json", "--linkprobe-results=suite", "--showlocals"),
            *("--linkprobe-no-browser", "--linkprobe-matrix", *ini, "echoes.yaml"),
        )
        (folder / "accounts.json").unlink()
        (folder / "echoes.yaml").unlink()
        return Done(folder, " ".join(stage.heard), audit, publish, suite)


def test_every_secret_was_used(done: Done) -> None:
    assert done.audit.code in (0, 1), done.audit.err
    sent = {name for name, value in MARKS.items() if leaks(done.heard.encode(), [value])}

    assert sent == set(MARKS) - {"TALK_BROKEN"}
    assert leaks(done.heard.encode(), [LOGIN_ANSWER])


def test_a_header_that_cannot_be_sent_is_a_failure_without_its_value(done: Done) -> None:
    with Store.open(done.folder / "results") as store:
        record = store.latest()
        assert record is not None
        sent = [seen.sent for task, seen in store.observations(record.id) if task.surface == "raises"]

    assert sent
    assert all(one is not None and one.failure is not None and "[redacted]" in one.failure.detail for one in sent)


def test_nothing_in_the_results_holds_a_secret(done: Done) -> None:
    assert (done.folder / "results" / "evidence").is_dir()
    assert leaks_below(done.folder / "results", SECRETS) == {}


def test_nothing_in_the_database_holds_a_secret(done: Done) -> None:
    with sqlite3.connect(done.folder / "results" / "linkprobe.sqlite") as connection:
        tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        values = [value for table in tables for row in connection.execute(f"select * from {table}") for value in row]
    connection.close()
    packed = [zstandard.decompress(value) for value in values if isinstance(value, bytes)]
    text = "\n".join(map(str, values)).encode() + b"\n".join(packed)

    assert b"[redacted]" in text
    assert leaks(text, SECRETS) == []


def test_the_published_site_holds_no_secret(done: Done) -> None:
    assert done.publish.code == 0, done.publish.err
    assert leaks_below(done.folder / "site", SECRETS) == {}


def test_no_output_holds_a_secret(done: Done) -> None:
    assert "echoes.yaml::talk::chat::item" in done.suite.out, done.suite.err
    told = "\n".join(text for each in (done.audit, done.publish, done.suite) for text in (each.out, each.err))

    assert leaks(told.encode(), SECRETS) == []


def test_no_report_or_log_holds_a_secret(done: Done) -> None:
    assert {"cells.json", "junit.xml", "suite.json", "log.txt"} <= {path.name for path in done.folder.iterdir()}
    assert leaks_below(done.folder, SECRETS) == {}


def test_what_is_kept_of_the_question_names_the_file_alone(done: Done) -> None:
    with Store.open(done.folder / "results") as store:
        record = store.latest()

    assert record is not None
    assert record.invocation["accounts"] == str(done.folder / "accounts.json")


def test_the_search_itself_finds_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.zst").write_bytes(zstandard.compress(f"<p>{MARKS['TALK_FORM']}</p>".encode()))

    assert leaks_below(tmp_path, SECRETS)["a.zst unpacked"] == [MARKS["TALK_FORM"]]


@pytest.mark.browser
async def test_a_trace_holds_no_secret_of_the_vantage(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        case, accounts, asked = traced(stage)
        network = outside(asked, accounts)
        async with Chromium(network) as chromium:
            await retrace(case, network, chromium, accounts, tmp_path)
        await network.aclose()
        (tmp_path / "accounts.json").unlink()

    assert leaks(" ".join(stage.heard).encode(), [MARKS["OFFICE_KEY"]])
    assert (tmp_path / "direct.zip").exists()
    assert leaks_below(tmp_path, [MARKS["OFFICE_KEY"], MARKS["OFFICE_PASSWORD"]]) == {}


def traced(stage: Stage) -> tuple[Case, Accounts, Invocation]:
    """A case of the stage, and what opens it."""
    asked = Invocation(
        scenarios=(str(stage.folder / "echoes.yaml"),),
        connect_to=tuple(stage.options[1 : 2 * len(HOSTS) : 2]),
        cacert=stage.options[stage.options.index("--cacert") + 1],
    )
    return plan(asked).cases[0], Accounts(MARKS), asked
