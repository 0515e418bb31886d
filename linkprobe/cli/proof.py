"""How far worlds of the lab were measured as they are, in words, and the exit code that stands for it."""

from collections.abc import Sequence
from typing import NamedTuple

from tabulate import tabulate

from linkprobe.cli.exits import Ended
from linkprobe.matrix import plain
from linkprobe.matrix.confusion import Answer, agreement, departures

_HEADERS = ("world", "cells", "agree", "seconds", "round")


class Proof(NamedTuple):
    """A world's round, its cells beside what they owe, and the seconds it was open."""

    world: str
    round_id: str
    answers: Sequence[Answer]
    seconds: float

    @property
    def agreed(self) -> int:
        """How many cells are as they should be."""
        return sum(answer.agrees for answer in self.answers)

    @property
    def agrees(self) -> bool:
        """Whether all are."""
        return self.agreed == len(self.answers)


def ended(proofs: Sequence[Proof]) -> Ended:
    """How a check with these outcomes ends: a harness that disagrees with the truth did not measure, as in an audit."""
    return Ended.AS_EXPECTED if all(proof.agrees for proof in proofs) else Ended.NOT_MEASURED


def in_words(proofs: Sequence[Proof]) -> str:
    """A row for each world by name, every cell that disagrees, and the sum."""
    proofs = sorted(proofs, key=lambda proof: proof.world)
    wrong = ["\n".join([f"{plain(proof.world)}:", *departures(proof.answers)]) for proof in proofs if not proof.agrees]
    total = agreement([answer for proof in proofs for answer in proof.answers])
    return "\n\n".join([_table(proofs), *wrong, total])


def _table(proofs: Sequence[Proof]) -> str:
    rows = [
        (plain(proof.world), len(proof.answers), proof.agreed, f"{proof.seconds:.0f}", proof.round_id)
        for proof in proofs
    ]
    return tabulate(
        rows, _HEADERS, tablefmt="simple", colalign=("left", "right", "right", "right", "left"), disable_numparse=True
    )
