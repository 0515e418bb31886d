import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest

from linkprobe.model import Verdict
from linkprobe.publish import PublishError, publish
from linkprobe.store import RoundRecord, Store
from tests.publish.conftest import BLOCKED, FEBRUARY, MARCH, Site, write_rounds
from tests.publish.rounds import Writer, cases

WHERE = ("href", "src")


class Links(HTMLParser):
    """Every address a page names, and every policy it sets."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.policies: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.found += [str(value) for name, value in attrs if name in WHERE]
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(named.get("content") or "")
        if tag == "script" and "src" not in named and named.get("type") != "application/json":
            self.inline.append(tag)
        self.inline += [name for name in named if name.startswith("on") or name == "style"]


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_no_link_leads_nowhere_or_out_of_the_folder(site: Site) -> None:
    named = [(page, link) for page in pages(site.out) for link in Links(page.read_text("utf-8")).found]

    assert [(page, link) for page, link in named if not is_there(page, link, site.out.resolve())] == []


def is_there(page: Path, link: str, root: Path) -> bool:
    path = unquote(link.partition("#")[0].partition("?")[0])
    target = (page.parent / path).resolve() if path else page
    return target.is_relative_to(root) and target.is_file()


def test_every_page_has_the_strict_policy_and_nothing_inline(site: Site) -> None:
    for page in pages(site.out):
        read = Links(page.read_text("utf-8"))
        assert len(read.policies) == 1
        assert "default-src 'none'" in read.policies[0]
        assert "unsafe" not in read.policies[0]
        assert read.inline == []


def test_every_cell_and_finding_has_its_page_and_pack(site: Site) -> None:
    with Store.open(site.results) as store:
        cells = store.cells(MARCH)

    assert len(list((site.march / "c").iterdir())) == len(cells) == site.done.cells
    assert len(list((site.march / "packs").iterdir())) == sum(len(cell.findings) for cell in cells)


def test_publishing_again_writes_nothing(site: Site) -> None:
    with Store.open(site.results) as store:
        again = publish(store, site.out)

    assert (again.written, again.removed) == (0, 0)


def test_the_same_store_gives_the_same_bytes(site: Site, tmp_path: Path) -> None:
    with Store.open(site.results) as store:
        publish(store, tmp_path, FEBRUARY)
        publish(store, tmp_path)

    assert tree(tmp_path) == tree(site.out)


def test_the_latest_name_of_a_cell_leads_to_its_newest_round(site: Site) -> None:
    name = "~".join(BLOCKED[:3])

    text = (site.out / "c" / f"{name}.html").read_text("utf-8")

    assert f'content="0; url=../rounds/2026-03-01T10-00Z/c/{name}.html"' in text


def test_an_older_round_leaves_the_newest_in_front(site: Site) -> None:
    before = tree(site.out)["index.html"]
    with Store.open(site.results) as store:
        done = publish(store, site.out, FEBRUARY)

    assert not done.newest
    assert tree(site.out)["index.html"] == before


def test_sums_hold_for_every_file_of_the_round(site: Site) -> None:
    listed = {}
    for line in (site.march / "SHA256SUMS").read_text().splitlines():
        digest, _, path = line.partition("  ")
        listed[path] = digest
    found = {path: hashlib.sha256(body).hexdigest() for path, body in tree(site.march).items() if path != "SHA256SUMS"}

    assert listed == found


def test_a_finding_that_a_new_judgement_takes_back_is_taken_from_the_folder(tmp_path: Path) -> None:
    write_rounds(tmp_path / "results")
    with Store.open(tmp_path / "results") as store:
        publish(store, tmp_path / "site")
        cells = [
            msgspec.structs.replace(cell, findings=(), causes=(), verdict=Verdict.OPEN) if cell.key == BLOCKED else cell
            for cell in store.cells(MARCH)
        ]
        store.save_cells(MARCH, 2, cells)
        done = publish(store, tmp_path / "site")

    name = "~".join(BLOCKED[:3])
    assert done.removed == 1
    assert list((tmp_path / "site").rglob(f"packs/{name}*")) == []


def test_cells_json_has_the_shape_of_json(site: Site) -> None:
    told = json.loads((site.march / "data" / "cells.json").read_text("utf-8"))

    assert {"linkprobe", "rules", "round", "cells"} == set(told)
    assert told["round"] == MARCH


def test_a_lab_round_is_marked_as_simulated_on_every_page(site: Site) -> None:
    unmarked = [
        page for page in pages(site.out)
        if 'class="band"' not in (text := page.read_text("utf-8")) and 'http-equiv="refresh"' not in text
    ]  # fmt: skip

    assert unmarked == []


def test_a_live_round_is_not(tmp_path: Path) -> None:
    with Store.open(tmp_path / "results") as store:
        Writer(store, "r", mode="live").write(tuple(cases(1, 1, 3)))
        publish(store, tmp_path / "site")

    assert 'class="band"' not in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_a_file_of_one_s_own_world_is_not_told_by_its_place(tmp_path: Path) -> None:
    with Store.open(tmp_path / "results") as store:
        Writer(store, "r", world="/home/somebody/secret/mine.yaml").write(tuple(cases(1, 1, 3)))
        publish(store, tmp_path / "site")

    assert not any(b"somebody" in body for body in tree(tmp_path / "site").values())


def test_counts_come_with_what_they_are_counts_of(site: Site) -> None:
    text = re.sub(r"<[^>]+>", " ", (site.out / "index.html").read_text("utf-8"))

    assert re.search(r"\d+\s+open\s+of \d+ cells with a verdict", text)


def test_without_a_judged_round_one_line_says_what_to_do(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, pytest.raises(PublishError, match="linkprobe audit"):
        publish(store, tmp_path / "site")


def test_a_round_that_is_not_judged_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.begin_round(RoundRecord(id="r", started="2026"))
        with pytest.raises(PublishError, match="linkprobe judge r"):
            publish(store, tmp_path / "site", "r")


def test_missing_evidence_stops_nothing(tmp_path: Path) -> None:
    write_rounds(tmp_path / "results")
    for body in (tmp_path / "results" / "evidence").rglob("*.zst"):
        body.unlink()

    with Store.open(tmp_path / "results") as store:
        assert publish(store, tmp_path / "site").cells > 0
