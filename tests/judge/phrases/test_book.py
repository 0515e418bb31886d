"""The phrase book: no phrase is dead."""

import pytest

from linkprobe.judge.phrases import PHRASES, Meaning, Wording, fold, onward, said
from linkprobe.judge.phrases.book import MOST_PLACES, REACH

LANGUAGES = ("zh-Hans", "zh-Hant", "en", "ru", "ar", "fa", "tr", "es", "fr", "de", "ja", "ko", "vi", "th", "id")


def name(wording: Wording) -> str:
    return f"{wording.meaning.value}-{wording.language}-{wording.example[:20]}"


@pytest.mark.parametrize("wording", [one for one in PHRASES if one.meaning is not Meaning.ONWARD], ids=name)
def test_every_phrase_is_found_in_its_example(wording: Wording) -> None:
    text = (
        fold(f"Some words before. {wording.example} And some after.")
        if "^" not in wording.pattern
        else fold(wording.example)
    )

    found = [one.wording for one in said(text)] or [one.wording for one in said(fold(wording.example))]

    assert wording in found


@pytest.mark.parametrize("wording", [one for one in PHRASES if one.meaning is Meaning.ONWARD], ids=name)
def test_every_label_leads_on(wording: Wording) -> None:
    assert onward(wording.example)


@pytest.mark.parametrize("wording", PHRASES, ids=name)
def test_every_phrase_says_where_it_comes_from_and_can_be_searched_for(wording: Wording) -> None:
    assert wording.source
    assert wording.needs
    assert 0 < wording.sure < 1


@pytest.mark.parametrize("meaning", [one for one in Meaning if one is not Meaning.LOGIN])
def test_every_meaning_is_known_in_fifteen_languages(meaning: Meaning) -> None:
    known = {one.language for one in PHRASES if one.meaning is meaning}

    missing = {language for language in LANGUAGES if language not in known}
    assert missing <= {"zh-Hant", "ja", "ko"} if meaning is Meaning.COPY else missing == set()


def test_a_phrase_is_found_once_however_often_it_is_said() -> None:
    assert len([one for one in said("access denied. access denied.") if one.wording.example == "Access denied"]) == 1


def test_a_phrase_is_found_far_into_a_text() -> None:
    text = "access " * MOST_PLACES + "x" * 3 * REACH + " access denied"

    assert any(one.words == "access denied" for one in said(text))


def test_an_ordinary_sentence_says_nothing() -> None:
    assert list(said(fold("The ducks have gone south and the bench by the willow is wet."))) == []


@pytest.mark.parametrize("label", ["Cancel", "Back", "返回", "Sign in", ""])
def test_other_labels_lead_nowhere(label: str) -> None:
    assert not onward(label)
