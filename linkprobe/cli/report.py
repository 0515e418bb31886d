"""A round's results, printed, and the exit code they stand for."""

from collections.abc import Sequence

from linkprobe import __version__
from linkprobe.cli.exits import Ended
from linkprobe.cli.output import Output, colour, look, show, width
from linkprobe.expectation import Surprise, surprises
from linkprobe.matrix import as_json, plain, render
from linkprobe.matrix.confusion import Answer, confusion
from linkprobe.model import Cell, Verdict
from linkprobe.store import RoundRecord

_NOTHING = (Verdict.INCONCLUSIVE, Verdict.SKIPPED)


def report(record: RoundRecord, cells: tuple[Cell, ...], output: Output, answers: Sequence[Answer] = ()) -> Ended:
    """Prints the matrix, what is news, and with `answers` the confusion table; answers how the run ended."""
    output.write_json(as_json(cells, version=__version__, rules=record.rules or 0, round_id=record.id))
    news = surprises(cells)
    if output.for_people:
        show(_in_words(cells, news, output, answers))
    return ended(cells, news, answers)


def ended(cells: tuple[Cell, ...], news: Sequence[Surprise], answers: Sequence[Answer] = ()) -> Ended:
    """How a run with these results ends. What the harness got wrong counts before what it found."""
    measured = any(not cell.flapping and cell.verdict not in _NOTHING for cell in cells)
    if not measured or not all(answer.agrees for answer in answers):
        return Ended.NOT_MEASURED
    return Ended.UNEXPECTED if news else Ended.AS_EXPECTED


def _in_words(cells: tuple[Cell, ...], news: Sequence[Surprise], output: Output, answers: Sequence[Answer]) -> str:
    blocks = [render(cells, output.format, width=width(), color=colour(), look=look())]
    if news:
        blocks.append("\n".join(["Unexpected", *map(_line, news)]))
    if answers:
        blocks.append(confusion(answers))
    return "\n\n".join(blocks)


def _line(news: Surprise) -> str:
    cell = news.cell
    return f"  {plain(f'{cell.platform} / {cell.surface} / {cell.target} at {cell.vantage}: {news.sentence}')}"
