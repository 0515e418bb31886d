import re
from pathlib import Path

import pytest

import linkprobe.publish
from linkprobe.expectation import News
from linkprobe.model import CAUSES, Arm, Executor, Fairness, HopWay, Plane, Role, SendOutcome, Standing, Sure
from linkprobe.model.message import Viewer
from linkprobe.policy import Outcome
from linkprobe.publish.language import dictionary, english, said, script_json, titled, worded
from linkprobe.publish.looks import State
from linkprobe.publish.pages import shown
from linkprobe.scenario import load_catalogue, read_policy, shipped

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
    *(f"outcome.{one}" for one in Outcome),
    *(f"standing.{one}" for one in Standing),
    *(f"standing.means.{one}" for one in Standing),
    *(f"sure.{one}" for one in Sure),
    *(f"news.{one}" for one in News),
    *(f"sent.{one}" for one in SendOutcome),
    *(f"viewer.{one}" for one in Viewer),
    *(f"executor.{one}" for one in Executor),
    *(f"mode.{one}" for one in ("lab", "live", "mapped")),
    *(f"cell.repeat.{one}" for one in ("lab", "live", "mapped")),
)


def test_every_closed_vocabulary_has_its_words() -> None:
    assert [key for key in CLOSED if key not in dictionary()] == []


def test_every_key_a_template_names_has_words() -> None:
    text = "".join(path.read_text("utf-8") for path in (FOLDER / "templates").glob("*.j2"))
    named = re.findall(r'"([a-z][a-z.-]*[a-z])"\|(?:t|en|labelled|marked|titled)\b', text)

    assert len(named) > 100
    assert sorted({key for key in named if key not in dictionary()}) == []


def test_every_word_has_chinese_and_so_has_every_rule_and_gate() -> None:
    assert [key for key, (_, chinese) in dictionary().items() if not chinese] == []


@pytest.mark.parametrize("path", sorted((shipped() / "policies").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_sentence_of_a_shipped_policy_has_chinese(path: Path) -> None:
    policy = read_policy(path, [], load_catalogue(shipped()))
    stages = [text for stage in policy.stages for text in (stage.title, *(one.title for one in stage.obligations))]
    said_so = [policy.title, policy.leaves_out, *stages]

    assert [text for text in said_so if text and "data-t" not in worded(shown(text))] == []


def test_a_sentence_nobody_translated_says_that_it_is_english() -> None:
    assert str(worded("Our <own> rule")) == '<span lang="en">Our &lt;own&gt; rule</span>'


def test_a_title_can_be_said_in_chinese_with_what_is_in_it() -> None:
    made = str(titled("title.cell", "A video", "WeChat", "Moments", "@verdict.open"))

    assert made.endswith(">A video · WeChat · Moments: open – linkprobe</title>")
    assert 'data-v="A video|WeChat|Moments|@verdict.open"' in made


def test_a_name_that_looks_like_a_key_stays_a_name() -> None:
    assert ">@nobody: how platforms treat it – linkprobe<" in str(titled("title.target", "@nobody"))


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
