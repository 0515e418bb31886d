"""Naming things in an error: quoting what a file says, and suggesting the name that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_LIST = 20
"""Valid names are listed up to this many; beyond it a list helps nobody."""


def quoted(word: object) -> str:
    """The word in quotes, shortened, control characters escaped, so that an error stays one harmless line."""
    text = str(word)
    return repr(text if len(text) <= 60 else text[:59] + "…")


def suggest(word: str, known: Iterable[str]) -> str:
    """What would have been right in place of `word`: the nearest known name, else the known names."""
    names = sorted(set(known))
    by_lower = {name.lower(): name for name in names}
    nearest = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    if nearest:
        return f"did you mean {quoted(by_lower[nearest[0]])}?"
    if not names:
        return "none is declared"
    listed = ", ".join(names[:LONGEST_LIST])
    return f"known are {listed}" + (f" and {len(names) - LONGEST_LIST} more" if len(names) > LONGEST_LIST else "")
