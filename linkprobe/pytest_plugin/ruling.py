"""What a cell means for its item: passed, failed as news, known, or nothing that can be said. Pure."""

from enum import Enum
from typing import NamedTuple

from linkprobe.expectation import surprise
from linkprobe.model import Case, Cell, Known, Role, Verdict


class Ruling(Enum):
    """How an item ends."""

    PASSED = "passed"
    NEWS = "news"
    """Unexpected, changed, gone or unsafe: the item fails."""
    KNOWN = "known"
    """As bad as is known: an expected failure."""
    SILENT = "silent"
    """Nothing can be said about the link."""


class Ruled(NamedTuple):
    """The ruling, and in one line why. `blind`: it was the harness that could not say."""

    ruling: Ruling
    why: str = ""
    blind: bool = False


_BLIND = (Verdict.INCONCLUSIVE, Verdict.SKIPPED)


def ruled(cell: Cell, case: Case) -> Ruled:
    """The cell held against what its scenario expects and knows; what is known counts before what is expected."""
    news = surprise(cell)
    if news is not None:
        since = f"; known since {case.known.since}" if case.known and case.known.since else ""
        return Ruled(Ruling.NEWS, f"{news.sentence}{since}")
    if case.known is not None and is_setback(case) and _as_known(cell):
        return Ruled(Ruling.KNOWN, known_in_words(case.known))
    if cell.flapping or not cell.verdict.says_something:
        met = cell.expect is cell.verdict and not cell.flapping
        return Ruled(Ruling.PASSED) if met else Ruled(Ruling.SILENT, silence(cell), _is_blind(cell))
    return Ruled(Ruling.PASSED)


def is_setback(case: Case) -> bool:
    """Whether what is known is an expected failure. A canary that is stopped is as it should be."""
    known = case.known
    if known is None or known.verdict is Verdict.OPEN:
        return False
    return not (case.target.canary and known.verdict.is_finding)


def known_in_words(known: Known) -> str:
    """The known outcome in one line: verdict, causes, since when, and who says so."""
    causes = f" by {', '.join(known.causes)}" if known.causes else ""
    since = f" since {known.since}" if known.since else ""
    told = ": ".join(filter(None, (f"known as {known.verdict}{causes}{since}", known.note)))
    return f"{told} ({known.source})" if known.source else told


def silence(cell: Cell) -> str:
    """Why nothing can be said."""
    if cell.flapping:
        return f"flapping: the attempts disagree ({', '.join(cell.seen)})"
    return f"{cell.verdict}: {cell.reason}" if cell.reason else str(cell.verdict)


def headline(cell: Cell, why: str) -> str:
    """Verdict, cause and rule, then why that is news."""
    main = cell.findings[0] if cell.findings else None
    for finding in cell.findings:
        if finding.cause in cell.causes[:1]:
            main = finding
            break
    by = f" by {main.cause} (rule {main.rule})" if main else ""
    unfair = f", {', '.join(cell.fairness)}" if cell.role is Role.CANARY and cell.fairness else ""
    return f"{cell.verdict}{by}{unfair}: {why}"


def _as_known(cell: Cell) -> bool:
    return not cell.flapping and cell.verdict is cell.known and set(cell.known_causes) <= set(cell.causes)


def _is_blind(cell: Cell) -> bool:
    return cell.flapping or cell.verdict in _BLIND
