"""Whether a platform holds a link back, told from few and noisy timings.

A deliberate delay is in every sample, while a stall of the network is in some. So the fastest sample through the
platform is held against the fastest without it, and a rank test on the faster part of both keeps out luck.
`bench/delay.py` measures the error rates of this rule under a noisy network.
"""

from collections.abc import Sequence
from functools import cache
from math import comb
from typing import NamedTuple

LEAST = 5
"""Attempts before anything is called delayed."""
FLOOR = 1.0
"""Seconds by which the fastest attempt must be later than the fastest control.

People notice about a second, the shorteners that were caught held links for 2.5 and 4.5 s, and a redirect more costs a
far or busy probe half a second without anybody's doing.
"""
RATIO = 1.5
"""How many times later it must be, so that a far vantage's ordinary differences do not count."""
FASTER_PART = 0.6
"""Share of each sample, fastest first, that the rank test sees: stalls spoil the rest of it."""
LEVEL = 0.05
"""Level of the rank test on the faster parts."""


class Timing(NamedTuple):
    """Seconds to the landed document in one attempt, through the platform and without it."""

    subject: float
    control: float


def suspected(timings: Sequence[Timing]) -> bool:
    """Whether more attempts are needed to tell: every attempt so far is late, and they are fewer than `LEAST`."""
    return 0 < len(timings) < LEAST and _later(timings)


def delayed(timings: Sequence[Timing], toll: float = 0.0) -> str | None:
    """The evidence for a delay in words, or None. Never from fewer than `LEAST` attempts.

    `toll` is what the way through the platform costs every link; it is added to the controls.
    """
    timings = [Timing(timing.subject, timing.control + toll) for timing in timings]
    if len(timings) < LEAST or not _later(timings):
        return None
    subject, control = [timing.subject for timing in timings], [timing.control for timing in timings]
    part = max(1, round(FASTER_PART * len(timings)))
    chance = rank_test(sorted(subject)[:part], sorted(control)[:part])
    if chance > LEVEL:
        return None
    return (
        f"fastest of {len(timings)} {min(subject):.2f} s through the platform, {min(control) - toll:.2f} s without it, "
        f"and the way costs any link {toll:.2f} s; rank test on the faster {part} of each p = {chance:.3f}"
    )


def toll(timings: Sequence[Timing]) -> float:
    """Seconds by which the platform's way is longer for a link that nobody holds back, the neutral one."""
    return max(0.0, _fastest(timings).subject - _fastest(timings).control) if timings else 0.0


def rank_test(later: Sequence[float], earlier: Sequence[float]) -> float:
    """Exact one-sided Mann-Whitney p value: how often chance alone puts `later` so far above `earlier`.

    Ties count against the difference.
    """
    wins = sum(one > other for one in later for other in earlier)
    sizes = (len(later), len(earlier))
    ways = sum(_ways(*sizes, won) for won in range(wins, sizes[0] * sizes[1] + 1))
    return ways / comb(sum(sizes), sizes[0])


def _later(timings: Sequence[Timing]) -> bool:
    subject, control = _fastest(timings)
    return subject - control >= FLOOR and subject >= RATIO * control


def _fastest(timings: Sequence[Timing]) -> Timing:
    return Timing(min(timing.subject for timing in timings), min(timing.control for timing in timings))


@cache
def _ways(ones: int, others: int, wins: int) -> int:
    """Orders of `ones` and `others` in which the ones win exactly so many of the pairs."""
    if wins < 0:
        return 0
    if not ones or not others:
        return int(wins == 0)
    return _ways(ones - 1, others, wins - others) + _ways(ones, others - 1, wins)
