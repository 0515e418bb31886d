"""From the signs of a page to what it is."""

from collections import defaultdict
from functools import lru_cache
from math import exp

from linkprobe.judge.kind import Kind, Reading
from linkprobe.judge.signs import signs
from linkprobe.page import Facts


@lru_cache(maxsize=128)
def kinds(facts: Facts, target: str = "") -> tuple[Reading, ...]:
    """All that the page may be, strongest first; never empty. `target` is the address the visitor asked for.

    Weights of independent signs add up; a sum of s gives the strength 1 - exp(-s).
    """
    sums: dict[Kind, float] = defaultdict(float)
    words: dict[Kind, list[tuple[float, str]]] = defaultdict(list)
    for sign in signs(facts, target):
        sums[sign.kind] += sign.weight
        words[sign.kind].append((sign.weight, sign.words))
    ordered = sorted(sums.items(), key=lambda item: -item[1])
    found = tuple(Reading(kind, _evidence(words[kind]), round(1 - exp(-total), 3)) for kind, total in ordered)
    return found or (Reading(Kind.CONTENT, "nothing gives it away", 0.0),)


def _evidence(weighed: list[tuple[float, str]]) -> str:
    """The three weightiest signs."""
    return "; ".join(dict.fromkeys(words for _, words in sorted(weighed, key=lambda item: -item[0])[:3]))
