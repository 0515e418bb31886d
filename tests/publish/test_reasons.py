import re
from pathlib import Path

import pytest

from linkprobe.judge import cell, judge
from linkprobe.publish.reasons import reason, told
from tests.judge.casefile import FOLDER, attempts, case_paths, load

CHINESE = re.compile(r'data-t="(?:reason|sentence|rule)\.')


@pytest.mark.parametrize("path", case_paths(), ids=lambda path: str(path.relative_to(FOLDER).with_suffix("")))
def test_every_reason_of_the_judge_s_is_known_by_its_words(path: Path) -> None:
    made = attempts(load(path))
    judged = cell(made)

    said = reason(judged)

    if judged.verdict.is_finding and not judged.flapping:
        assert said == ""
    else:
        assert CHINESE.search(str(said)), judged.reason


def test_a_finding_s_reason_stands_with_the_finding_alone() -> None:
    path = next(path for path in case_paths() if judge(attempts(load(path))[0]).verdict.is_finding)

    assert reason(cell(attempts(load(path)))) == ""


def test_what_was_seen_stays_in_english_and_harmless() -> None:
    made = str(told("The target fails without the platform. (<b>no</b> page)"))

    assert 'data-t="rule.target-down"' in made
    assert '(<bdi lang="en">&lt;b&gt;no&lt;/b&gt; page</bdi>)' in made


def test_hosts_are_named_in_either_language() -> None:
    made = str(told("The target answers from a.example with its page, by way of b.example (it bears the landmark)."))

    assert 'data-v="a.example|b.example"' in made


def test_words_nobody_knows_are_said_as_they_are() -> None:
    assert str(told("Something <else>")) == '<bdi lang="en">Something &lt;else&gt;</bdi>'
    assert str(told("")) == ""
