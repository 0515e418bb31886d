"""Comparers as published, on the same pages: each knows one word for everything that differs.

Rules and thresholds: OONI http-diff (https://github.com/ooni/spec, ts-017), Jones et al., IMC 2014 (30 % length).
"""

from collections.abc import Callable

from bench.pages import OPEN, Trial
from linkprobe.judge.similarity import jaccard
from linkprobe.model import Cause
from linkprobe.page import Facts, read

Baseline = Callable[[Facts, Facts], bool]
"""Whether subject and control differ."""


def _proportion(one: int, other: int) -> float:
    return min(one, other) / max(one, other) if one and other else 0.0


def ooni(subject: Facts, control: Facts) -> bool:
    """Equal status, and a body length within 0.7 or an equal set of title words of five bytes; header names unknown."""
    if subject.status != control.status:
        return True
    alike = _proportion(subject.size, control.size) > 0.7
    return not (alike or _long_words(subject.title) == _long_words(control.title))


def _long_words(title: str) -> set[str]:
    return {word.lower() for word in title.split(" ") if len(word.encode()) >= 5}


def length(subject: Facts, control: Facts) -> bool:
    return _proportion(subject.size, control.size) < 1 - 0.3019


def shingles(subject: Facts, control: Facts) -> bool:
    return (jaccard(subject.shingles, control.shingles) or 0.0) < 0.1


BASELINES: dict[str, Baseline] = {
    "OONI http-diff": ooni,
    "length 30 %": length,
    "3-gram Jaccard < 0.1": shingles,
}


def answer(baseline: Baseline, trial: Trial) -> str:
    subject, control = trial.measurement.subject.visit, trial.measurement.direct[0].visit
    differs = subject and subject.page and control and control.page and baseline(read(subject.page), read(control.page))
    return Cause.BLOCK_PAGE if differs else OPEN
