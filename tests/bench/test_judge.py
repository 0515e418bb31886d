"""The judge's bench on a folder of its own."""

import json
from pathlib import Path

import pytest

from bench.judge import main
from bench.pages import disturbed, load, trials
from bench.scores import macro_f1, scores

BENIGN = "<title>The {0} in autumn</title><h1>{0}</h1>" + "".join(
    f"<p>{{0}} {word} goes by the water</p>" for word in "abcdefgh"
)
ROWS = (
    ("a.html", "benign", "", "", "one", BENIGN.format("pond")),
    ("b.html", "benign", "", "", "two", BENIGN.format("hill")),
    ("c.html", "benign", "", "", "two", BENIGN.format("hill") + "<p>Seen 12345 times</p>"),
    ("block.html", "block", "isp", "", "three", "<title>Stop</title><p>Access to this website has been blocked."),
    ("error.html", "http_error", "503", "", "three", "<title>503 Service Unavailable</title><h1>503</h1>"),
    ("default.html", "cdn_or_server_default", "", "", "four", "<title>Welcome to nginx!</title><h1>It works</h1>"),
    ("gate.html", "interstitial", "site", "target_gate", "four", "<p>请使用浏览器打开</p>"),
    (
        "leave.html", "interstitial", "forum", "click_through", "four",
        "<p>You are leaving us</p><a class=btn href='https://target.example/path?a=1&amp;b=2'>Continue</a>",
    ),
    ("odd.html", "a_label_of_theirs", "", "", "four", "<p>Something else</p>"),
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = ["file\tlabel\tsublabel\tkind\tfamily"]
    for name, *row, body in ROWS:
        (tmp_path / name).write_text(body, encoding="utf-8")
        lines.append("\t".join((name, *row)))
    (tmp_path / "manifest.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "pairs.tsv").write_text("pair\ta\tb\texpect\nhill\tb.html\tc.html\tsame\n", encoding="utf-8")
    return tmp_path


def test_every_page_of_a_folder_is_judged_as_its_label_says(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = folder / "figures.json"

    assert main(["--pages", str(folder), "--json", str(written)]) == 0

    made = json.loads(written.read_text("utf-8"))
    wrong = [one for one in made["answers"] if one["expected"] and one["expected"] != one["answered"]]
    assert wrong == []
    assert made["parts"]["all"]["macro_f1"] == 1.0
    assert made["parts"]["all"]["same_url_pairs"] == 2
    assert "a_label_of_theirs → ?" in capsys.readouterr().out


def test_a_label_that_is_not_known_is_judged_and_not_scored(folder: Path) -> None:
    odd = next(trial for trial in trials(folder) if trial.page.label == "a_label_of_theirs")

    assert odd.expected == ""
    assert scores([("", "block-page"), ("open", "open")])[0].cause == "open"


def test_a_missing_file_is_left_out_and_said_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "odd.html").unlink()

    assert len(load(folder)) == len(ROWS) - 1
    assert "odd.html" in capsys.readouterr().err


def test_a_folder_without_benign_pages_is_judged(folder: Path) -> None:
    for name in "abc":
        (folder / f"{name}.html").unlink()

    assert [trial.control.family for trial in trials(folder)] == ["bench"] * (len(ROWS) - 3)


def test_a_family_is_always_in_the_same_part(folder: Path) -> None:
    parts = {(page.family, page.part) for page in load(folder)}

    assert len(parts) == len({family for family, _ in parts})


def test_the_drawn_controls_are_the_same_every_time(folder: Path) -> None:
    assert [trial.control.file for trial in trials(folder)] == [trial.control.file for trial in trials(folder)]


def test_a_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    assert main(["--pages", str(tmp_path)]) == 2


def test_a_page_a_minute_later_has_other_numbers_and_the_same_words() -> None:
    import random

    body = b"<p>Seen 1234567 times</p>\n<p>at 12:30</p>"

    later = disturbed(body, random.Random(1))

    assert later != body
    assert b"Seen" in later


def test_scores_count_what_is_wrong_on_both_sides() -> None:
    found = scores([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])

    assert [(one.cause, one.precision, one.recall) for one in found] == [("a", 1.0, 0.5), ("b", 2 / 3, 1.0)]
    assert macro_f1(()) == 0.0
