from collections.abc import Callable
from typing import Any

import pytest

from linkprobe.model import Cause, Cell, Fairness, Finding, Role, Verdict

MakeCell = Callable[..., Cell]


@pytest.fixture
def make_cell() -> MakeCell:
    def make(verdict: Verdict = Verdict.OPEN, **others: Any) -> Cell:
        facts = {
            "target": "taobao",
            "platform": "wechat",
            "surface": "chat",
            "vantage": "here",
            "category": "shopping",
            "role": Role.RIVAL,
            "url": "https://a.example/",
        }
        return Cell(verdict=verdict, **(facts | others))

    return make


@pytest.fixture
def blocked(make_cell: MakeCell) -> Cell:
    """A rival's link behind a block page, which the neutral link does not meet."""
    finding = Finding(
        plane=Cause.BLOCK_PAGE.facts.plane,
        cause=Cause.BLOCK_PAGE,
        rule="open.block-page",
        evidence="已停止访问该网页",
        uniform=False,
    )
    return make_cell(
        Verdict.SHIELDED,
        causes=(Cause.BLOCK_PAGE,),
        fairness=(Fairness.DISCRIMINATORY,),
        findings=(finding,),
        attempts=3,
        owner="Alibaba",
    )
