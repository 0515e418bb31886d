"""The matrix as machines read it: keys others rely on."""

import json
from collections.abc import Callable

import msgspec

from linkprobe.matrix import as_json, as_text
from linkprobe.model import Cell, Plane, Verdict

MakeCell = Callable[..., Cell]


PROMISED = {
    "platform", "surface", "target", "url", "vantage", "verdict", "causes", "planes", "fairness", "findings",
    "attempts", "flapping", "evidence",
}  # fmt: skip


def read(cell: Cell) -> dict[str, object]:
    whole = json.loads(as_text(as_json([cell], version="0.1.0", rules=7, round_id="r")))
    read: dict[str, object] = whole["cells"][0]
    return read


def test_the_round_is_named(blocked: Cell) -> None:
    whole = json.loads(as_text(as_json([blocked], version="0.1.0", rules=7, round_id="r")))
    assert {key: whole[key] for key in ("linkprobe", "rules", "round")} == {
        "linkprobe": "0.1.0",
        "rules": 7,
        "round": "r",
    }


def test_promised_keys_are_there_even_when_empty(make_cell: MakeCell) -> None:
    assert set(read(make_cell())) >= PROMISED


def test_a_finding_has_its_promised_keys(blocked: Cell) -> None:
    assert read(blocked)["findings"] == [
        {
            "plane": "open",
            "cause": "block-page",
            "rule": "open.block-page",
            "evidence": "已停止访问该网页",
            "uniform": False,
        }
    ]


def test_planes_always_have_three_keys(make_cell: MakeCell) -> None:
    cell = make_cell(planes={Plane.OPEN: Verdict.OPEN})
    assert read(cell)["planes"] == {"send": None, "display": None, "open": "open"}


def test_an_unexpected_finding_says_so(blocked: Cell) -> None:
    assert read(blocked)["unexpected"] == "found"


def test_a_known_finding_is_not_unexpected(blocked: Cell) -> None:
    assert read(msgspec.structs.replace(blocked, known=Verdict.SHIELDED))["unexpected"] is None


def test_the_text_steers_no_terminal(blocked: Cell) -> None:
    text = as_text(
        as_json([msgspec.structs.replace(blocked, reason="\x9b2J\u202e")], version="v", rules=1, round_id="r")
    )
    assert text.replace("\n", "").isprintable()
