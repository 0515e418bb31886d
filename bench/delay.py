"""Error rates of the delay rule under the noisy network of Wehe's critics: python -m bench.delay [--json FILE].

Control: lognormal with a median of 0.3 s and sigma 0.6, and one sample in ten stalls for a further 1 to 3 s. The second
model is the t.co throttle of 2023: controls of 38.8 ms on average with a tail to 402 ms, throttled 2,543 ms.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Callable
from pathlib import Path

from tabulate import tabulate

from linkprobe.judge.delay import Timing, delayed, rank_test, suspected

SEED = 20261122
Sample = Callable[[random.Random], float]


def noisy(dice: random.Random) -> float:
    stall = dice.uniform(1, 3) if dice.random() < 0.1 else 0.0
    return dice.lognormvariate(math.log(0.3), 0.6) + stall


def shortener(dice: random.Random) -> float:
    """Controls of the shortener: median 34.6 ms, 95th percentile 56, 99th 104, and a tail that ends at 402."""
    if dice.random() < 0.01:
        return dice.uniform(0.104, 0.402)
    return max(0.015, dice.gauss(0.036, 0.011))


def throttled(dice: random.Random) -> float:
    return max(2.064, dice.gauss(2.543, 0.027))


def later(control: Sample, seconds: float, times: float = 1.0) -> Sample:
    return lambda dice: control(dice) * times + seconds


def drawn(dice: random.Random, subject: Sample, control: Sample, attempts: int) -> tuple[Timing, ...]:
    return tuple(Timing(subject(dice), control(dice)) for _ in range(attempts))


def share(subject: Sample, control: Sample, attempts: int, trials: int) -> float:
    """Share of trials in which the rule says delayed."""
    dice = random.Random(SEED)
    return sum(delayed(drawn(dice, subject, control, attempts)) is not None for _ in range(trials)) / trials


def suspicion(subject: Sample, control: Sample, trials: int) -> float:
    """Share of single attempts that ask for more."""
    dice = random.Random(SEED)
    return sum(suspected(drawn(dice, subject, control, 1)) for _ in range(trials)) / trials


def minimum_and_rank(timings: tuple[Timing, ...]) -> bool:
    """The rule of the literature: minimum 1.5 times and 250 ms later, and Mann-Whitney p < 0.05 on all samples."""
    ours, theirs = [each.subject for each in timings], [each.control for each in timings]
    return min(ours) > max(1.5 * min(theirs), min(theirs) + 0.25) and rank_test(ours, theirs) < 0.05


def share_of_literature(subject: Sample, control: Sample, attempts: int, trials: int) -> float:
    dice = random.Random(SEED)
    return sum(minimum_and_rank(drawn(dice, subject, control, attempts)) for _ in range(trials)) / trials


CASES: dict[str, tuple[Sample, Sample]] = {
    "noisy: no delay (false alarms)": (noisy, noisy),
    "noisy: +0.5 s": (later(noisy, 0.5), noisy),
    "noisy: +1 s": (later(noisy, 1.0), noisy),
    "noisy: +2 s": (later(noisy, 2.0), noisy),
    "noisy: ten times": (later(noisy, 0.0, 10.0), noisy),
    "shortener: no delay (false alarms)": (shortener, shortener),
    "shortener: throttled": (throttled, shortener),
}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.delay", description=__doc__)
    parser.add_argument("--trials", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(arguments)
    rows = []
    for name, (subject, control) in CASES.items():
        ours = [share(subject, control, attempts, chosen.trials) for attempts in (5, 7, 10)]
        literature = share_of_literature(subject, control, 5, chosen.trials)
        rows.append([name, *ours, literature, suspicion(subject, control, chosen.trials)])
    columns = ["share called delayed", "n = 5", "n = 7", "n = 10", "min and MW, n = 5", "one attempt suspects"]
    print(tabulate(rows, headers=columns, floatfmt=".4f"))
    if chosen.json:
        chosen.json.write_text(json.dumps([dict(zip(columns, row, strict=True)) for row in rows], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
