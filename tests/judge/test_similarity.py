"""Numbers of likeness."""

from hypothesis import given
from hypothesis import strategies as st

from linkprobe.judge.similarity import card_likeness, held, jaccard, length_ratio, title_likeness
from linkprobe.model import Card

SETS = st.frozensets(st.integers(0, 9))


@given(SETS, SETS)
def test_likeness_of_sets_is_symmetric_and_bounded(one: frozenset[int], other: frozenset[int]) -> None:
    found = jaccard(one, other)

    assert found == jaccard(other, one)
    assert found is None or 0 <= found <= 1
    assert (found is None) == (not one and not other)


@given(SETS, SETS)
def test_what_is_held_is_a_share_of_the_part(part: frozenset[int], rest: frozenset[int]) -> None:
    assert held(part, part | rest) == (1.0 if part else None)


def test_titles_are_alike_whatever_their_numbers() -> None:
    assert title_likeness("(3) Inbox", "(14) Inbox") == 1.0
    assert title_likeness("A pond", "") == 0.0
    assert title_likeness("?", "!") == 0.0
    assert title_likeness("", "") is None


def test_cards_are_alike_by_the_fields_either_offers() -> None:
    one = Card(title="t", description="d", image="https://i.example/a?v=1")

    assert card_likeness(one, Card(title="t", description="e", image="https://i.example/a?v=2")) == 2 / 3
    assert card_likeness(Card(), Card()) is None


def test_lengths_are_compared_as_a_ratio() -> None:
    assert (length_ratio(2, 4), length_ratio(4, 2), length_ratio(0, 4), length_ratio(0, 0)) == (0.5, 0.5, 0.0, 1.0)
