"""The delay rule: what it says of samples, and how often it errs under a noisy network."""

from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.delay import later, noisy, share, shortener, throttled
from linkprobe.judge.delay import Timing, delayed, rank_test, suspected, toll

TRIALS = 4000
QUIET = [0.31, 0.28, 0.35, 0.3, 0.29]


def timings(subject: list[float], control: list[float]) -> tuple[Timing, ...]:
    return tuple(Timing(one, other) for one, other in zip(subject, control, strict=True))


def test_two_seconds_in_every_sample_are_a_delay() -> None:
    evidence = delayed(timings([2.3, 2.4, 2.5, 2.3, 4.0], QUIET))

    assert evidence is not None
    assert "2.30 s through the platform, 0.28 s without it" in evidence


def test_four_samples_are_too_few() -> None:
    assert delayed(timings([2.3, 2.4, 2.5, 2.3], QUIET[:4])) is None


def test_one_fast_sample_clears_the_link() -> None:
    assert delayed(timings([2.3, 2.4, 0.4, 2.3, 2.5], QUIET)) is None


def test_a_target_that_is_slow_for_everybody_is_not_delayed() -> None:
    assert delayed(timings([2.3, 2.4, 2.5, 2.3, 2.6], [2.2, 2.4, 2.3, 2.5, 2.2])) is None


def test_a_second_more_on_a_slow_target_is_within_its_ratio() -> None:
    assert delayed(timings([5.1, 5.2, 5.3, 5.1, 5.2], [4.0, 4.1, 4.0, 4.2, 4.1])) is None


def test_controls_that_stall_with_the_link_clear_it() -> None:
    assert delayed(timings([2.3, 2.4, 2.5, 2.3, 2.6], [0.3, 3.4, 3.1, 2.9, 3.3])) is None


def test_what_the_way_costs_any_link_is_not_held_against_one() -> None:
    neutral = timings([2.2, 2.3, 2.4, 2.2, 2.3], QUIET)

    assert toll(neutral) == pytest.approx(1.92)
    assert delayed(timings([2.3, 2.4, 2.5, 2.3, 2.6], QUIET), toll(neutral)) is None
    assert toll(()) == 0.0


def test_one_late_attempt_is_suspected_and_one_on_time_is_not() -> None:
    assert suspected((Timing(2.3, 0.3),))
    assert not suspected((Timing(0.4, 0.3),))
    assert not suspected(())
    assert not suspected(timings([2.3] * 5, QUIET))


def test_the_rank_test_is_exact() -> None:
    later_ones, earlier = [5.0, 6.0, 7.0], [1.0, 2.0, 3.0]

    assert rank_test(later_ones, earlier) == pytest.approx(1 / comb(6, 3))
    assert rank_test(earlier, later_ones) == pytest.approx(1.0)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=7, unique=True), st.data())
def test_the_rank_test_equals_counting_every_order(values: list[int], data: st.DataObject) -> None:
    size = data.draw(st.integers(1, len(values) - 1))
    ones, others = values[:size], values[size:]
    wins = sum(one > other for one in ones for other in others)

    orders = list(combinations(sorted(values), size))
    at_least = sum(
        sum(one > other for one in chosen for other in set(values) - set(chosen)) >= wins for chosen in orders
    )
    assert rank_test([float(one) for one in ones], [float(other) for other in others]) == pytest.approx(
        at_least / len(orders)
    )


def test_ties_count_against_the_difference() -> None:
    assert rank_test([1.0, 1.0], [1.0, 1.0]) == 1.0


def test_false_alarms_under_the_noisy_network_are_at_most_one_in_two_hundred() -> None:
    assert share(noisy, noisy, 5, TRIALS) <= 0.005


def test_two_seconds_under_the_noisy_network_are_found_in_99_of_100() -> None:
    assert share(later(noisy, 2.0), noisy, 5, TRIALS) >= 0.99


def test_the_throttled_shortener_is_separated_without_error() -> None:
    assert share(throttled, shortener, 5, TRIALS) == 1.0
    assert share(shortener, shortener, 5, TRIALS) == 0.0
