from pathlib import Path

import pytest

from linkprobe.publish import publish
from linkprobe.store import Store
from tests.publish.conftest import Site
from tests.publish.rounds import Writer, cases


@pytest.fixture
def results(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "results") as store:
        Writer(store, "r").write(tuple(cases(1, 2, 6)))
        publish(store, tmp_path / "site")
    return tmp_path / "results"


def again(results: Path) -> tuple[int, int]:
    with Store.open(results) as store:
        done = publish(store, results.parent / "site")
    return done.written, done.unchanged


def test_what_is_as_before_is_not_made_again(results: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: object) -> None:
        raise AssertionError("a page was made")

    monkeypatch.setattr("linkprobe.publish.cell_files.cell_file", unwanted)

    assert again(results)[0] == 0


@pytest.mark.parametrize(
    "pattern", ["rounds/r/c/*.html", "rounds/r/packs/*.zip", "evidence/*/*.png", "rounds/r/data/*"]
)
def test_a_file_that_was_damaged_or_lost_is_put_back(pattern: str, results: Path) -> None:
    damaged, lost = sorted((results.parent / "site").glob(pattern))[:2]
    before = damaged.read_bytes(), lost.read_bytes()
    damaged.write_bytes(b"damaged") if "evidence" not in pattern else damaged.unlink()
    lost.unlink()

    assert again(results)[0] == 2
    assert (damaged.read_bytes(), lost.read_bytes()) == before


def test_another_judgement_is_published_anew(results: Path) -> None:
    with Store.open(results) as store:
        store.save_cells("r", 99, store.cells("r"))

    assert again(results)[0] > 12


def test_two_processes_write_what_one_does(site: Site, tmp_path: Path) -> None:
    with Store.open(site.results) as store:
        for count in (1, 2):
            publish(store, tmp_path / str(count), processes=count)

    trees = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "1", tmp_path / "2")
    ]
    assert trees[0] == trees[1]
