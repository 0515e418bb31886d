from collections.abc import Iterator
from pathlib import Path

import pytest

from linkprobe.store import RoundRecord, Store

ROUND = "2021-11-29T00:00Z"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    return tmp_path / "results"


@pytest.fixture
def store(results: Path) -> Iterator[Store]:
    with Store.open(results) as opened:
        opened.begin_round(RoundRecord(id=ROUND, started="2021-11-29T00:00:00Z", invocation={"repeat": 3}))
        yield opened
