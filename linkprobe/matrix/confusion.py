"""Measured against owed, cell by cell: how far the harness can be trusted where the truth is known."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tabulate import tabulate

from linkprobe.matrix.plain import plain
from linkprobe.matrix.symbols import FLAPPING, STATES, state
from linkprobe.model import Cause, Cell, Fairness, Verdict

_WORDS = [*(s.word for s in STATES.values()), FLAPPING.word]


class Owed(Protocol):
    """What a cell would be by right: causes that must be named, those that may be, and its fairness."""

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        ...

    @property
    def causes(self) -> tuple[Cause, ...]:
        """Causes that must be named."""
        ...

    @property
    def may(self) -> tuple[Cause, ...]:
        """Causes that may be named."""
        ...

    @property
    def fairness(self) -> tuple[Fairness, ...]:
        """How it compares with other links."""
        ...

    @property
    def flapping(self) -> bool:
        """Whether attempts disagree by right."""
        ...


class Answer(NamedTuple):
    """A cell as measured, beside what it owes."""

    cell: Cell
    owed: Owed

    @property
    def same_verdict(self) -> bool:
        """Whether the verdict is the one owed; flapping counts as one."""
        return _owed_word(self.owed) == state(self.cell).word

    @property
    def same_causes(self) -> bool:
        """Whether every cause that must be named is, and none that may not."""
        named = set(self.cell.causes)
        return set(self.owed.causes) <= named <= {*self.owed.causes, *self.owed.may}

    @property
    def same_fairness(self) -> bool:
        """Whether it compares with other links as it should."""
        return set(self.owed.fairness) == set(self.cell.fairness)

    @property
    def agrees(self) -> bool:
        """Whether everything is as owed."""
        return self.same_verdict and self.same_causes and self.same_fairness


def confusion(answers: Sequence[Answer]) -> str:
    """The confusion table, how many cells agree in what, and every cell that does not."""
    counted = Counter((_owed_word(answer.owed), state(answer.cell).word) for answer in answers)
    words = [word for word in _WORDS if any(word in pair for pair in counted)]
    rows = [[owed, *(counted[owed, found] or "" for found in words)] for owed in words]
    table = tabulate(rows, ["owed \\ measured", *words], tablefmt="simple")
    return "\n".join([table, "", agreement(answers), *departures(answers)])


def agreement(answers: Sequence[Answer]) -> str:
    """How many cells agree in everything."""
    return f"{sum(answer.agrees for answer in answers)} of {len(answers)} cells agree with the truth"


def departures(answers: Sequence[Answer]) -> list[str]:
    """A line for every cell that does not agree: what it owes and what was measured."""
    return [_told(answer) for answer in answers if not answer.agrees]


def _told(answer: Answer) -> str:
    cell, owed = answer.cell, answer.owed
    name = plain(f"{cell.platform} / {cell.surface} / {cell.target} at {cell.vantage}")
    right = _in_words(_owed_word(owed), owed.causes, owed.fairness)
    return f"  {name}: owed {right}; measured {_in_words(state(cell).word, cell.causes, cell.fairness)}"


def _owed_word(owed: Owed) -> str:
    return FLAPPING.word if owed.flapping else STATES[owed.verdict].word


def _in_words(word: str, causes: tuple[Cause, ...], fairness: tuple[Fairness, ...]) -> str:
    details = ", ".join((*causes, *fairness))
    return f"{word} ({details})" if details else word
