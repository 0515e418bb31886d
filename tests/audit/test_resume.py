"""A round killed at any moment goes on with nothing lost; what was in flight is probed again, but no message is."""

import asyncio
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from linkprobe.audit.lanes import HTTP_SLOTS
from linkprobe.model import SendOutcome, Verdict
from linkprobe.store import Store
from tests.loopback import ca_file, context_for, website

AUDIT = [sys.executable, "-m", "linkprobe", "audit"]
CHOSEN = ["--platform", "dingtalk", "--platform", "weibo", "--world", "china-2021-11-29", "--no-browser"]


def stored(results: Path) -> int:
    database = results / "linkprobe.sqlite"
    if not database.exists():
        return 0
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("select count(*) from observation")).scalar_one())
    except Exception:
        return 0
    finally:
        engine.dispose()


def begun(results: Path) -> Counter[str]:
    engine = create_engine(f"sqlite:///{results / 'linkprobe.sqlite'}")
    with engine.connect() as connection:
        keys = Counter(str(row[0]) for row in connection.execute(text("select task_key from beginning")))
    engine.dispose()
    return keys


def killed_after(observations: int, results: Path) -> int:
    """Starts an audit, kills it without warning once so many observations are stored, and says how many there are."""
    process = subprocess.Popen(
        [*AUDIT, *CHOSEN, "--results", str(results)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while stored(results) < observations and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    assert process.poll() is None, "the audit ended before it could be killed"
    process.send_signal(signal.SIGKILL)
    process.wait()
    return stored(results)


@pytest.fixture(scope="module")
def resumed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The results of a round that was killed and resumed, and how much had been stored when it was killed."""
    results = tmp_path_factory.mktemp("resumed")
    before = killed_after(20, results)
    finished = subprocess.run(
        [*AUDIT, "--resume", "--results", str(results)], capture_output=True, text=True, check=False, timeout=150
    )
    assert finished.returncode in (0, 1), finished.stderr
    return results, before


def test_nothing_recorded_is_lost_and_every_case_gets_its_cell(resumed: tuple[Path, int]) -> None:
    results, before = resumed

    with Store.open(results) as store:
        record = store.latest()
        assert record is not None
        assert record.finished
        assert len(store.cells(record.id)) == len(store.cases(record.id))
    assert stored(results) > before >= 20


def test_only_probes_in_flight_are_begun_again(resumed: tuple[Path, int]) -> None:
    results, _ = resumed

    assert sum(count - 1 for count in begun(results).values()) <= HTTP_SLOTS


def test_a_message_in_flight_is_not_sent_again(resumed: tuple[Path, int]) -> None:
    results, _ = resumed
    again = {key for key, count in begun(results).items() if count > 1}

    with Store.open(results) as store:
        record = store.latest()
        assert record is not None
        sends = {task.key: seen.sent for task, seen in store.observations(record.id, bodies=False) if task.sends}

    repeated = [sent for key, sent in sends.items() if key in again]
    assert all(sent is not None and sent.outcome is SendOutcome.INDETERMINATE for sent in repeated)


SCENARIO = """\
scenario: slow-chat
targets: [hours]
platforms:
  - platform: talk
    name: Talk
    owner: talk-inc
    hosts: [talk.example]
    surfaces:
      chat:
        kind: message-api
        send: {url: "https://talk.example/send", json: {text: "{text}"}}
        text: "{token} {url}"
        read: {call: {url: "https://talk.example/messages", method: GET}, within: 1}
define:
  - {target: hours, url: "https://library.example/hours", neutral: true}
"""


async def audited(*arguments: str, cwd: Path) -> asyncio.subprocess.Process:
    quiet = asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(*AUDIT, *arguments, cwd=cwd, stdout=quiet, stderr=quiet)


async def test_a_message_that_left_before_the_kill_is_never_sent_again(tmp_path: Path) -> None:
    sends: list[str] = []
    answered = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == "/send":
            sends.append(scope["path"])
            await answered.wait()
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
            await send({"type": "http.response.body", "body": b"<title>Hours</title><p>Open from nine to five"})

    (tmp_path / "slow.yaml").write_text(SCENARIO, "utf-8")
    async with website(app, context_for("talk.example", "library.example")) as port:
        maps = [f"{host}:443:127.0.0.1:{port}" for host in ("talk.example", "library.example")]
        options = ["--connect-to", maps[0], "--connect-to", maps[1], "--cacert", str(ca_file(tmp_path))]
        first = await audited("slow.yaml", *options, "--no-browser", cwd=tmp_path)
        while not sends:
            assert first.returncode is None, "the audit ended before it sent anything"
            await asyncio.sleep(0.02)
        first.kill()
        await first.wait()
        answered.set()
        await (await audited("--resume", cwd=tmp_path)).wait()

    with Store.open(tmp_path / "results") as store:
        record = store.latest()
        assert record is not None
        (sent,) = [seen.sent for task, seen in store.observations(record.id) if task.sends]
        (cell,) = store.cells(record.id)
    assert sends == ["/send"]
    assert sent is not None
    assert sent.outcome is SendOutcome.INDETERMINATE
    assert cell.verdict is Verdict.INCONCLUSIVE
