"""Known outcomes of scenario files brought up to a round, without touching what is not theirs."""

from pathlib import Path

import pytest

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.expecting import expect
from linkprobe.model import Cause, Cell, Finding, Plane, Role, Verdict
from linkprobe.store import RoundRecord, Store

HEAD = """\
# Kept by the team for links.
scenario: kept
platform: weibo
surfaces: [web-link]   # the mobile one comes later
targets: [taobao-item, jd-item, tmall-item]
expect: open
"""
KNOWN = """\
known:
  # Two shops, reported in 2021.
  - verdict: shielded   # since the first report
    targets: [taobao-item, jd-item]
    since: 2021-01-01

  - verdict: degraded
    targets: [tmall-item]
    since: 2021-01-01

# The end.
"""


def cell(target: str, verdict: Verdict, cause: Cause | None = None) -> Cell:
    findings = (Finding(plane=Plane.OPEN, cause=cause, rule="r", evidence="seen"),) if cause else ()
    return Cell(
        platform="weibo",
        surface="web-link",
        target=target,
        url=f"https://{target}.example/",
        vantage="here",
        category="shopping",
        role=Role.RIVAL,
        verdict=verdict,
        causes=(cause,) if cause else (),
        findings=findings,
        scenario="kept",
    )


def shielded(target: str) -> Cell:
    return cell(target, Verdict.SHIELDED, Cause.BLOCK_PAGE)


def degraded(target: str) -> Cell:
    return cell(target, Verdict.DEGRADED, Cause.COPY_ONLY)


def updated(tmp_path: Path, text: str, *cells: Cell) -> str:
    path = tmp_path / "kept.yaml"
    path.write_text(text, "utf-8")
    with Store.open(tmp_path / "results") as store:
        store.begin_round(RoundRecord(id="r1", started="2026-01-02T03:04:05+00:00", world="china-2021-11-29"))
        store.save_cells("r1", 1, cells)
        store.finish_round("r1", "2026-01-02T04:00:00+00:00")
    assert expect("", [path], tmp_path / "results", update=True) is Ended.AS_EXPECTED
    return path.read_text("utf-8")


def test_a_round_without_news_changes_nothing(tmp_path: Path) -> None:
    cells = (shielded("taobao-item"), shielded("jd-item"), degraded("tmall-item"))

    assert updated(tmp_path, HEAD + KNOWN, *cells) == HEAD + KNOWN


def test_an_entry_of_which_nothing_is_left_goes_and_the_rest_stays(tmp_path: Path) -> None:
    cells = (shielded("taobao-item"), shielded("jd-item"), cell("tmall-item", Verdict.OPEN))

    after = updated(tmp_path, HEAD + KNOWN, *cells)

    gone = "  - verdict: degraded\n    targets: [tmall-item]\n    since: 2021-01-01\n"
    assert after == (HEAD + KNOWN).replace(gone, "")


def test_what_is_new_stands_behind_the_others_with_the_date_of_its_world(tmp_path: Path) -> None:
    cells = (shielded("taobao-item"), degraded("jd-item"), degraded("tmall-item"))

    after = updated(tmp_path, HEAD + KNOWN, *cells)

    new = (
        "  - verdict: degraded\n    causes: [copy-only]\n    surfaces: [web-link]\n"
        "    targets: [jd-item]\n    since: 2021-11-29\n"
    )
    assert after == (HEAD + KNOWN).replace("\n# The end.\n", f"{new}\n# The end.\n")


def test_a_file_that_knew_nothing_begins_to(tmp_path: Path) -> None:
    after = updated(tmp_path, HEAD, cell("taobao-item", Verdict.OPEN), shielded("jd-item"))

    assert after.startswith(HEAD + "known:\n  - verdict: shielded\n")


def test_the_last_entry_takes_its_key_along(tmp_path: Path) -> None:
    text = HEAD + "known:\n  - verdict: shielded\n    targets: [jd-item]\n"

    assert updated(tmp_path, text, cell("jd-item", Verdict.OPEN)) == HEAD


def test_cells_without_a_verdict_change_nothing(tmp_path: Path) -> None:
    cells = (cell("taobao-item", Verdict.INCONCLUSIVE), cell("tmall-item", Verdict.DOWN))

    assert updated(tmp_path, HEAD + KNOWN, *cells) == HEAD + KNOWN


def test_without_update_a_patch_is_shown_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    updated(tmp_path, HEAD, cell("taobao-item", Verdict.OPEN), shielded("jd-item"))
    path = tmp_path / "kept.yaml"
    path.write_text(HEAD, "utf-8")

    assert expect("r1", [path], tmp_path / "results", update=False) is Ended.UNEXPECTED

    assert "+  - verdict: shielded" in capsys.readouterr().out.splitlines()
    assert path.read_text("utf-8") == HEAD


def test_without_a_finished_round_it_is_refused(tmp_path: Path) -> None:
    Store.open(tmp_path / "results").close()

    with pytest.raises(Refused, match="no finished round"):
        expect("", [], tmp_path / "results", update=True)
