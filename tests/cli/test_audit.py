"""Whole rounds in the lab, by the command line alone. HTTP only, so that they need no browser."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from linkprobe.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]

QUICK = ("audit", "--no-browser", "--platform", "csdn", "--repeat", "2")
"""A gateway that HTTP alone settles."""
IN_APP = ("audit", "--platform", "wechat", "--surface", "group-chat", "--jobs", "2")
TWO = ("--target", "taobao-item", "--target", "palace-museum")
_ON_A_SMALL_DISK = """
import resource, sys
from linkprobe.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
main(sys.argv[2:])
"""


def one_line(ended: subprocess.CompletedProcess[str]) -> str:
    """The error: the last line, in our name, with no traceback above it."""
    assert "Traceback" not in ended.stderr
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("linkprobe: ")
    return last


def read(path: Path) -> dict[str, str]:
    """Target to verdict, of a file that `--json` wrote."""
    return {cell["target"]: cell["verdict"] for cell in json.loads(path.read_text("utf-8"))["cells"]}


def counts(results: Path) -> tuple[int, int]:
    """Probes begun and stored in the latest round; nothing where it has not begun."""
    if not (results / "linkprobe.sqlite").exists():
        return (0, 0)
    with Store.open(results) as store:
        record = store.latest()
        return (store.begun(record.id), store.stored(record.id)) if record else (0, 0)


@contextmanager
def in_mid_audit(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A slow audit, in a process group of its own, that has stored some probes and not all."""
    command = [sys.executable, "-m", "linkprobe", *arguments, "--rate", "2"]
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        until = time.monotonic() + 60
        while counts(folder / "results")[1] < 4:
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


class TestAnAudit:
    def test_measures_prints_and_stores(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe(*QUICK, *TWO, "--json", "cells.json")
        assert ended.returncode == 0, ended.stderr
        assert "◐ degraded" in ended.stdout
        assert read(tmp_path / "cells.json") == {"taobao-item": "degraded", "palace-museum": "degraded"}
        begun, stored = counts(tmp_path / "results")
        assert begun == stored > 0

    def test_is_shown_again_by_the_matrix(self, linkprobe: Run) -> None:
        first = linkprobe(*QUICK, *TWO)
        assert linkprobe("matrix").stdout == first.stdout

    def test_is_judged_again_offline_with_the_same_verdicts(self, linkprobe: Run) -> None:
        linkprobe(*QUICK, *TWO)
        assert "all 2 verdicts are the same" in linkprobe("judge").stdout

    def test_agrees_with_the_truth_of_its_world(self, linkprobe: Run) -> None:
        ended = linkprobe(*QUICK, "--target", "taobao-item", "--target", "jd-item", "--check-truth")
        assert "2 of 2 cells agree with the truth" in ended.stdout
        assert ended.returncode == 0

    def test_that_sees_nothing_has_not_measured(self, linkprobe: Run) -> None:
        ended = linkprobe("audit", "--no-browser", "--platform", "wechat", "--target", "jd-item")
        assert ended.returncode == 3
        assert "needs a browser" in ended.stdout

    def test_with_json_alone_prints_nothing_else(self, linkprobe: Run) -> None:
        cells = json.loads(linkprobe(*QUICK, "--target", "jd-item", "--json", "-").stdout)["cells"]
        assert [cell["target"] for cell in cells] == ["jd-item"]


@pytest.mark.browser
class TestInsideAnApp:
    def test_a_rival_is_worse_off_than_the_apps_own_product(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe(*IN_APP, "--target", "taobao-item", "--target", "jd-item", "--json", "cells.json")
        assert ended.returncode in (0, 1), ended.stderr
        verdicts = read(tmp_path / "cells.json")
        assert verdicts["jd-item"] == "open"
        assert verdicts["taobao-item"] in ("degraded", "shielded")

    def test_an_interruption_leaves_no_browser_and_no_traceback(self, tmp_path: Path) -> None:
        with in_mid_audit(tmp_path, *IN_APP) as process:
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert process.returncode == 3
        assert "Traceback" not in said
        assert said.splitlines()[-1].startswith("linkprobe: interrupted; ")
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


class TestACheck:
    def test_asks_every_platform_about_a_link_nobody_declared(self, linkprobe: Run) -> None:
        ended = linkprobe(
            "check", "example.org/page", "--world", "china-2021-11-29", "--no-browser", "--platform", "csdn"
        )
        assert "· example.org/page" in ended.stdout
        assert "csdn / article / example.org/page at here: degraded by interstitial-click" in ended.stdout
        assert ended.returncode == 1


class TestAStagingSystem:
    def test_is_audited_by_a_map_and_a_ca(self, linkprobe: Run, tmp_path: Path) -> None:
        command = [sys.executable, "-m", "linkprobe", "lab", "serve", "--map", "map", "--json", "-"]
        lab = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        try:
            assert lab.stdout is not None
            address = json.loads(lab.stdout.readline())
            mapped = ("--connect-to", "@map", "--cacert", address["ca"])
            ended = linkprobe(*QUICK, *TWO, *mapped, "--json", "cells.json")
        finally:
            lab.send_signal(signal.SIGINT)
            lab.communicate()
        assert lab.returncode == 0
        assert "no other name resolves" in ended.stderr
        assert read(tmp_path / "cells.json") == {"taobao-item": "degraded", "palace-museum": "degraded"}

    def test_is_audited_by_the_very_lines_the_lab_prints(self, tmp_path: Path) -> None:
        (tmp_path / "mine.yaml").write_text("scenario: mine\nplatform: csdn\ntargets: [jd-item]\n", "utf-8")
        command = [sys.executable, "-m", "linkprobe", "lab", "serve", "--map", "the map"]
        lab = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        try:
            assert lab.stdout is not None
            printed: list[str] = []
            for line in lab.stdout:
                printed.append(line)
                if line.startswith("linkprobe audit"):
                    break
            accounts = [line for line in printed if line.startswith("export ")]
            last = (
                printed[-1].replace("linkprobe ", f"{sys.executable} -m linkprobe ", 1).replace("SCENARIO", "mine.yaml")
            )
            script = "".join([*accounts, last.rstrip(), " --no-browser --repeat 1 --json cells.json"])
            subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=120)
        finally:
            lab.send_signal(signal.SIGINT)
            lab.communicate()
        assert read(tmp_path / "cells.json") == {"jd-item": "degraded"}

    def test_that_is_closed_resolves_no_other_name(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe(*QUICK, *TWO, "--connect-to", "elsewhere.example:443:127.0.0.1:9", "--json", "cells.json")
        assert not set(read(tmp_path / "cells.json").values()) & {"open", "degraded", "shielded"}
        assert "Traceback" not in ended.stderr


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "hint"),
        [
            ("scenario: s\nplatform: csdn\ntargets: [taobao-itme]\n", ":3: .*did you mean 'taobao-item'"),
            ("scenario: s\nplatform: [csdn\n", r"mine\.yaml:\d+: "),
            ("scenario: s\nplatfrom: csdn\n", ":2: .*did you mean 'platform'"),
        ],
        ids=["unknown-target", "malformed", "unknown-key"],
    )
    def test_in_a_scenario_is_named_with_its_line(self, linkprobe: Run, tmp_path: Path, text: str, hint: str) -> None:
        (tmp_path / "mine.yaml").write_text(text, "utf-8")
        ended = linkprobe("audit", "mine.yaml")
        assert ended.returncode == 2
        assert re.search(hint, one_line(ended))
        assert not (tmp_path / "results").exists()

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--world", "chnia-2021-11-29"),
            ("--platform", "cdsn"),
            ("--connect-to", "nonsense"),
            ("--connect-to", "@nowhere"),
            ("--connect-to", "a.example:443:127.0.0.1:9", "--cacert", "nowhere.pem"),
            ("--connect-to", "a.example:443:127.0.0.1:9", "--inside", "wechat"),
            ("--live", "--check-truth"),
            ("--format", "gihtub"),
            ("--catalog", "nowhere"),
        ],
        ids=" ".join,
    )
    def test_in_an_argument_leaves_no_round_behind(
        self, linkprobe: Run, tmp_path: Path, arguments: tuple[str, ...]
    ) -> None:
        ended = linkprobe("audit", "--no-browser", *arguments)
        assert ended.returncode == 2, ended.stderr
        assert len(ended.stderr.splitlines()) == 1
        assert one_line(ended)
        assert counts(tmp_path / "results") == (0, 0)

    def test_results_that_cannot_be_written_are_named(self, linkprobe: Run, tmp_path: Path) -> None:
        (tmp_path / "results").write_text("a file in its place")
        ended = linkprobe(*QUICK)
        assert ended.returncode == 2
        assert "is not a folder" in one_line(ended)

    def test_a_folder_that_is_read_only_is_named(self, linkprobe: Run) -> None:
        ended = linkprobe(*QUICK, "--results", "/proc/linkprobe")
        assert ended.returncode == 2
        assert "/proc/linkprobe" in one_line(ended)

    def test_a_port_in_use_is_named(self, linkprobe: Run) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            ended = linkprobe("lab", "serve", "--port", port)
        assert ended.returncode == 2
        assert str(port) in one_line(ended)


class TestAMissingBrowser:
    def test_is_told_before_anything_begins(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe("audit", env={**os.environ, "LINKPROBE_BROWSER": str(tmp_path / "none")})
        assert ended.returncode == 3
        assert len(ended.stderr.splitlines()) == 1
        assert "LINKPROBE_BROWSER" in one_line(ended)
        assert counts(tmp_path / "results") == (0, 0)

    def test_is_told_by_the_doctor(self, linkprobe: Run, tmp_path: Path) -> None:
        ended = linkprobe("doctor", env={**os.environ, "LINKPROBE_BROWSER": str(tmp_path / "none")})
        assert ended.returncode == 3
        assert "✗ browser: " in ended.stdout


class TestAFullDisk:
    def test_ends_with_one_line_and_a_store_that_goes_on(self, linkprobe: Run, tmp_path: Path) -> None:
        command = [sys.executable, "-c", _ON_A_SMALL_DISK, "400000", *QUICK]
        ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
        assert ended.returncode == 2, ended.stderr
        assert "free some space" in one_line(ended)
        before = counts(tmp_path / "results")[1]
        assert before > 0
        assert linkprobe("audit", "--resume").returncode == 0
        begun, stored = counts(tmp_path / "results")
        assert begun == stored > before


class TestAnInterruption:
    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
    def test_says_what_is_stored_and_how_to_go_on(self, tmp_path: Path, sent: signal.Signals) -> None:
        with in_mid_audit(tmp_path, *QUICK) as process:
            os.killpg(process.pid, sent)  # as a terminal does: the lab gets the signal too
            _, said = process.communicate(timeout=30)
        told = re.fullmatch(
            r"linkprobe: interrupted; (\d+) of (\d+) probes stored; "
            r"resume with: linkprobe audit --resume (\S+)",
            said.splitlines()[-1],
        )
        assert "Traceback" not in said
        assert process.returncode == 3
        assert told
        assert (int(told[2]), int(told[1])) == counts(tmp_path / "results")

    @pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
    def test_is_resumed_without_repeating_what_is_stored(
        self, linkprobe: Run, tmp_path: Path, sent: signal.Signals
    ) -> None:
        with in_mid_audit(tmp_path, *QUICK, *TWO) as process:
            os.killpg(process.pid, sent)
            process.communicate(timeout=30)
        with Store.open(tmp_path / "results") as store:
            record = store.latest()
            assert record is not None
            before = [(task.key, observation.at) for task, observation in store.observations(record.id)]
        ended = linkprobe("audit", "--resume", "--json", "cells.json")
        assert ended.returncode == 0, ended.stderr
        with Store.open(tmp_path / "results") as store:
            after = [(task.key, observation.at) for task, observation in store.observations(record.id)]
            assert store.round(record.id).finished
        assert after[: len(before)] == before
        assert read(tmp_path / "cells.json") == {"taobao-item": "degraded", "palace-museum": "degraded"}

    def test_is_resumed_as_it_began(self, linkprobe: Run) -> None:
        ended = linkprobe("audit", "--resume", "--live")
        assert ended.returncode == 2
        assert "as the round began" in one_line(ended)
