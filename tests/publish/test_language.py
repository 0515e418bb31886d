import re
from pathlib import Path

import linkprobe.publish
from linkprobe.model import CAUSES, Arm, Fairness, HopWay, Plane, Role
from linkprobe.publish.language import dictionary, english, said, script_json
from linkprobe.publish.looks import State

FOLDER = Path(linkprobe.publish.__file__).parent
PLACES = re.compile(r"\{\d\}")
CLOSED = (
    *(f"verdict.{one}" for one in State),
    *(f"meaning.{one}" for one in State),
    *(f"fairness.{one}" for one in Fairness),
    *(f"fair.{one}" for one in Fairness),
    *(f"plane.{one}" for one in (*Plane, "whole")),
    *(f"ask.{one}" for one in Plane),
    *(f"role.{one}" for one in Role),
    *(f"cause.{one}" for one in CAUSES),
    *(f"way.{one}" for one in HopWay),
    *(f"arm.{one}" for one in (*Arm, "neutral-direct")),
    *(f"arm.why.{one}" for one in (*Arm, "neutral-direct")),
    *(f"mode.{one}" for one in ("lab", "live", "mapped")),
    *(f"cell.repeat.{one}" for one in ("lab", "live", "mapped")),
)


def test_every_closed_vocabulary_has_its_words() -> None:
    assert [key for key in CLOSED if key not in dictionary()] == []


def test_every_key_a_template_names_has_words() -> None:
    text = "".join(path.read_text("utf-8") for path in (FOLDER / "templates").glob("*.j2"))
    named = re.findall(r'(?:\bt|\ben|labelled|marked)\("([a-z.-]+[a-z])"', text)

    assert len(named) > 100
    assert sorted({key for key in named if key not in dictionary()}) == []


def test_every_word_but_a_rule_s_has_chinese() -> None:
    lacking = [key for key, (_, chinese) in dictionary().items() if not chinese and not key.startswith("rule.")]

    assert lacking == []


def test_every_word_has_english() -> None:
    assert [key for key, (said_so, _) in dictionary().items() if not said_so] == []


def test_both_languages_have_the_same_places() -> None:
    unequal = [
        key for key, (one, other) in dictionary().items()
        if other and set(PLACES.findall(one)) != set(PLACES.findall(other))
    ]  # fmt: skip

    assert unequal == []


def test_values_are_escaped_in_text_and_in_attributes() -> None:
    made = str(said("cell.title", '"><script>', "WeChat"))

    assert "<script>" not in made
    assert '""' not in made


def test_a_value_cannot_pass_for_two() -> None:
    assert 'data-v="a¦b|WeChat"' in said("cell.title", "a|b", "WeChat")


def test_json_in_a_script_ends_nothing() -> None:
    made = script_json({"a": "</script><!-- \u2028"})

    assert "<" not in made
    assert made.isascii()


def test_english_fills_its_places() -> None:
    assert english("filter.shown", 3, 12) == "3 of 12 cells shown"
