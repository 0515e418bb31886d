"""Literals a pattern cannot match without, so that most phrases are ruled out by a plain search."""

import re

LEAST = 2
"""A shorter literal rules nothing out."""

_TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(\?:|[()|]|\{[^}]*\}|[?*+.^$…]|[^\\\[()|{?*+.^$…]", re.S)
_OPTIONAL = ("?", "*")

Literals = tuple[str, ...]


def required(pattern: str) -> Literals:
    """Literals of which every match holds at least one; empty where there are none long enough.

    Reads the small language of the phrase files: groups, alternatives, classes, quantifiers.
    """
    tokens = _TOKEN.findall(pattern)
    found, _ = _alternatives(tokens, 0)
    return tuple(dict.fromkeys(found)) if found and min(map(len, found)) >= LEAST else ()


def _alternatives(tokens: list[str], at: int) -> tuple[Literals, int]:
    """The best of each branch; none if one branch has none."""
    branches: list[Literals] = []
    while True:
        best, at = _branch(tokens, at)
        branches.append(best)
        if at >= len(tokens) or tokens[at] == ")":
            whole = tuple(literal for branch in branches for literal in branch)
            return (whole if all(branches) else ()), at
        at += 1


def _branch(tokens: list[str], at: int) -> tuple[Literals, int]:
    """The best literal or group of one branch, and the place of the token that ends it."""
    candidates: list[Literals] = []
    run = ""
    while at < len(tokens) and tokens[at] not in ("|", ")"):
        piece, following = tokens[at], _following(tokens, at + 1)
        if piece in ("(", "(?:"):
            inner, at = _alternatives(tokens, at + 1)
            candidates.append((run,))
            run = ""
            if not _skippable(_following(tokens, at + 1)):
                candidates.append(inner)
        elif len(piece) == 1 and piece not in "?*+.^$…" and not _skippable(following):
            run += piece
        elif piece != "$":
            candidates.append((run,))
            run = ""
        at += 1
    return max((*candidates, (run,)), key=_worth), at


def _following(tokens: list[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""


def _skippable(quantifier: str) -> bool:
    return quantifier in _OPTIONAL or quantifier.startswith("{0")


def _worth(literals: Literals) -> tuple[int, int]:
    return (min(map(len, literals)) if literals else 0, -len(literals))
