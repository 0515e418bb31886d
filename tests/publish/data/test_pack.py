import hashlib
import io
import json
import zipfile

import pytest

from linkprobe.model import Cell
from linkprobe.publish.data.pack import pack
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File
from tests.publish.conftest import BLOCKED


@pytest.fixture
def blocked(edition: Edition) -> Cell:
    return next(cell for cell in edition.cells if cell.key == BLOCKED)


@pytest.fixture
def packed(edition: Edition, blocked: Cell) -> File:
    measurement = edition.measurement(blocked)
    assert measurement is not None
    return pack(edition, blocked, blocked.findings[0], measurement)


def members(packed: File) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_letter_says_what_when_where_and_by_which_rule(packed: File) -> None:
    letter = members(packed)["README.txt"].decode()

    told = ("block-page", "WeChat", "tencent-doc", "2026-03-01T10:00Z", "Arm subject", "Arm direct", "Repeat it")
    assert [words for words in told if words not in letter] == []
    assert letter.startswith("SIMULATED")


def test_both_arms_with_their_pages_and_screenshots_are_in_it(packed: File) -> None:
    names = members(packed)

    assert {"arms/subject.json", "arms/direct.json", "finding.json"} <= set(names)
    assert sum(name.startswith("bodies/") for name in names) == 2
    assert sum(name.startswith("screenshots/") for name in names) == 2


def test_every_member_has_the_hash_that_is_listed(packed: File) -> None:
    found = members(packed)
    listed = dict(line.split("  ")[::-1] for line in found.pop("SHA256SUMS").decode().splitlines())

    assert listed == {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}


def test_pages_bear_the_names_that_the_observations_tell(packed: File) -> None:
    found = members(packed)
    digest = json.loads(found["arms/subject.json"])["visit"]["page"]["digest"]

    assert hashlib.sha256(found[f"bodies/{digest}.bin"]).hexdigest() == digest


def test_the_same_evidence_gives_the_same_bytes(edition: Edition, blocked: Cell, packed: File) -> None:
    measurement = edition.measurement(blocked)
    assert measurement is not None

    assert pack(edition, blocked, blocked.findings[0], measurement) == packed


def test_no_cookie_leaves_the_house(packed: File) -> None:
    assert not any(b"s3cr3t" in content for content in members(packed).values())
