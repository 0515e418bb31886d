"""Accounts on the command line: checked without sending, missing ones said once."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
import pytest_asyncio

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.main import run
from linkprobe.cli.networks import refuse_early
from tests.loopback import Reply, answering, ca_file, context_for, website

SECRET = "tk-5f3a9c77d0e1"

SCENARIO = """\
scenario: chats
targets: [hours]
platforms:
  - platform: talk
    name: Talk
    owner: talk-inc
    hosts: [talk.example]
    surfaces:
      chat: &chat
        kind: message-api
        send:
          url: "https://talk.example/send?room=${TALK_ROOM}"
          headers: {Authorization: "Bearer ${TALK_TOKEN}"}
          json: {text: "{text}"}
        accepted: {field: ok, equals: true, wording: error}
        verify: [{url: "https://talk.example/me", method: GET, headers: {Authorization: "Bearer ${TALK_TOKEN}"}}]
        text: "{token} {url}"
  - platform: hook
    name: Hook
    owner: talk-inc
    hosts: [talk.example]
    surfaces:
      robot:
        kind: message-api
        send: {url: "https://talk.example/hook/${HOOK_KEY}", json: {text: "{text}"}}
define:
  - {target: hours, url: "https://talk.example/hours", neutral: true}
"""


class Service(NamedTuple):
    folder: Path
    asked: list[str]
    options: list[str]


class Told(NamedTuple):
    code: int
    out: str
    err: str


def reply(asked: list[str], scope: dict[str, Any]) -> Reply:
    asked.append(f"{scope['method']} {scope['path']}")
    allowed = dict(scope["headers"]).get(b"authorization") == f"Bearer {SECRET}".encode()
    answer = {"ok": True} if allowed else {"ok": False, "error": f"no such token as {scope['headers']}"}
    return 200 if allowed else 401, [("content-type", "application/json")], msgspec.json.encode(plain(answer))


def plain(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, bool) else str(value) for name, value in answer.items()}


@pytest_asyncio.fixture
async def service(tmp_path: Path) -> AsyncIterator[Service]:
    asked: list[str] = []
    (tmp_path / "chats.yaml").write_text(SCENARIO, "utf-8")
    async with website(answering(lambda scope: reply(asked, scope)), context_for("talk.example")) as port:
        options = ["--connect-to", f"talk.example:443:127.0.0.1:{port}", "--cacert", str(ca_file(tmp_path))]
        yield Service(tmp_path, asked, options)


async def told(service: Service, *arguments: str, **environ: str) -> Told:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "linkprobe", *arguments, *service.options),
        cwd=service.folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(service.folder), "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environ},
    )
    out, err = await process.communicate()
    return Told(process.returncode or 0, out.decode(), err.decode())


def file(service: Service, **values: str) -> list[str]:
    path = service.folder / "mine.yaml"
    path.write_bytes(msgspec.json.encode({"accounts": {"talk": values}}))
    path.chmod(0o600)
    return ["--accounts-file", str(path)]


async def test_an_account_that_works_is_said_with_where_its_values_come_from(service: Service) -> None:
    ended = await told(
        service, "doctor", "--accounts", "chats.yaml", *file(service, TALK_TOKEN=SECRET), TALK_ROOM="lobby"
    )

    assert ended.code == Ended.AS_EXPECTED, ended.err
    assert "✓ talk/chat: works\n" in ended.out
    assert "TALK_TOKEN from the file" in ended.out
    assert "TALK_ROOM from the environment" in ended.out
    assert service.asked == ["GET /me"]


async def test_an_account_that_is_refused_fails_without_being_shown(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", "chats.yaml", TALK_TOKEN="tk-wrong-99", TALK_ROOM="lobby")

    assert ended.code == Ended.NOT_MEASURED
    assert "✗ talk/chat: the account is refused" in ended.out
    assert "tk-wrong-99" not in ended.out + ended.err


async def test_an_account_in_part_fails_and_asks_nobody(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", "chats.yaml", TALK_TOKEN=SECRET)

    assert (ended.code, service.asked) == (Ended.NOT_MEASURED, [])
    assert "✗ talk/chat: TALK_ROOM is missing\n" in ended.out


async def test_what_only_sending_could_show_is_not_checked(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", "chats.yaml", HOOK_KEY="k-123456")

    assert (ended.code, service.asked) == (Ended.AS_EXPECTED, [])
    assert "– hook/robot: set, and cannot be checked without sending\n" in ended.out
    assert "1 surface without an account: talk\n" in ended.out


async def test_without_any_account_there_is_nothing_wrong(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", "--platform", "slack", "--platform", "discord")

    assert ended.code == Ended.AS_EXPECTED
    assert " surfaces without an account: discord, slack\n" in ended.out


async def test_an_account_that_nothing_asks_for_is_named(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", "--platform", "slack", *file(service, TALK_TOKEN=SECRET))

    assert "in the file and not asked for: talk\n" in ended.out


async def test_no_line_is_wider_than_a_terminal(service: Service) -> None:
    ended = await told(service, "doctor", "--accounts", LINKPROBE_SLACK_BOT="xoxb-12345678")

    assert max(map(len, ended.out.splitlines())) <= 80


async def test_a_run_says_once_which_accounts_are_missing(service: Service) -> None:
    ended = await told(service, "audit", "chats.yaml", "--no-browser", "--results", "results")

    assert ended.err.count("account") == 2
    assert (
        "2 cells skipped, for there is no account for hook, talk; linkprobe doctor --accounts says what each needs\n"
        in ended.err
    )


async def test_under_pytest_it_is_said_once_in_the_summary(service: Service) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--linkprobe-no-browser", "chats.yaml"),
        *(f"--linkprobe-{each[2:]}" if each.startswith("--") else each for each in service.options),
        cwd=service.folder,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "HOME": str(service.folder)},
    )
    out, _ = await process.communicate()

    assert out.decode().count("linkprobe: 2 cells skipped, for there is no account for hook, talk\n") == 1


async def test_the_environment_alone_is_enough_for_a_run(service: Service) -> None:
    environ = {"TALK_TOKEN": SECRET, "TALK_ROOM": "lobby", "HOOK_KEY": "k-123456"}
    ended = await told(service, "audit", "chats.yaml", "--no-browser", "--results", "results", **environ)

    assert "skipped" not in ended.err
    assert "POST /send" in service.asked


def test_a_platform_that_is_not_there_is_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--accounts", "--platform", "slak"]) == Ended.BAD_INPUT
    assert "did you mean 'slack'?" in capsys.readouterr().err


def test_the_built_in_lab_takes_no_accounts(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="--accounts"):
        Invocation(accounts=str(tmp_path / "a.yaml")).checked()


def test_a_password_on_the_command_line_is_refused_for_it_would_be_kept() -> None:
    asked = Invocation(connect_to=("a.example:443:127.0.0.1:1",), inside=("wechat=socks5://me:s3cret@127.0.0.1:1",))

    with pytest.raises(Refused, match="in its place") as caught:
        refuse_early(asked)
    assert "s3cret" not in str(caught.value)


def test_a_proxys_password_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROXY_PASSWORD", "s3cret")
    inside = ("wechat=socks5://me:${PROXY_PASSWORD}@127.0.0.1:1",)

    refuse_early(Invocation(connect_to=("a.example:443:127.0.0.1:1",), inside=inside))
