"""Publishing from the command line."""

from pathlib import Path

import pytest

from linkprobe.cli.main import run
from linkprobe.store import Store
from tests.publish.rounds import Writer, cases


@pytest.fixture
def results(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "results") as store:
        Writer(store, "first", started="2026-01-01T10:00:00+00:00").write(tuple(cases(1, 1, 3)))
        Writer(store, "second").write(tuple(cases(1, 1, 3)))
    return tmp_path / "results"


def test_the_last_round_is_published_and_its_page_named(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = results.parent / "site"

    assert run(["publish", "--results", str(results), "--out", str(site)]) == 0

    told = capsys.readouterr().out
    assert "published round second (3 cells" in told
    assert f"open {site / 'index.html'}" in told
    assert (site / "index.html").is_file()


def test_an_older_round_is_published_beside_it(results: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = results.parent / "site"

    assert run(["publish", "--round", "first", "--results", str(results), "--out", str(site)]) == 0

    assert f"open {site / 'rounds' / 'first' / 'index.html'}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--round", "third"], ["--results", "nowhere"]])
def test_what_is_not_there_is_bad_input_in_one_line(
    arguments: list[str], results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = arguments if "--results" in arguments else [*arguments, "--results", str(results)]

    assert run(["publish", *chosen, "--out", str(results.parent / "site")]) == 2

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_place_where_nothing_can_be_written_is_bad_input(results: Path) -> None:
    assert run(["publish", "--results", str(results), "--out", str(results / "linkprobe.sqlite")]) == 2


def of_wechat(results: Path, *arguments: str) -> str:
    site = results.parent / "site"
    assert run(["publish", "--results", str(results), "--out", str(site), *arguments]) == 0
    return (site / "rounds" / "second" / "platforms" / "wechat.html").read_text("utf-8")


def test_platforms_are_held_against_the_policies_that_name_them_on_the_world_s_day(results: Path) -> None:
    page = of_wechat(results)

    assert 'data-t="policy.miit-2021"' in page
    assert "As of 2021-11-29, the day of the simulated world." in page
    assert 'data-t="policy.internal-service-level"' not in page


def test_a_policy_that_is_asked_for_by_name_stands_alone(results: Path) -> None:
    page = of_wechat(results, "--policy", "internal-service-level")

    assert 'data-t="policy.internal-service-level"' in page
    assert 'data-t="policy.miit-2021"' not in page


def test_a_policy_that_does_not_exist_is_bad_input(results: Path) -> None:
    site = results.parent / "site"

    assert run(["publish", "--results", str(results), "--out", str(site), "--policy", "nobody-s"]) == 2
