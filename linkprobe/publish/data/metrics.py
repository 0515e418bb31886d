"""The round for Prometheus' text file collector: verdicts, attempts, and when it was measured."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from linkprobe.model import Cell
from linkprobe.publish.edition import Edition
from linkprobe.publish.looks import LEGEND, state
from linkprobe.publish.pages import shown


def metrics(edition: Edition) -> bytes:
    """One series a cell and verdict with 1 for the one that holds, and few others. Times are Unix seconds."""
    cells = edition.cells
    lines = [
        *_family("linkprobe_verdict", "1 for the state the cell is in.", _verdicts(cells)),
        *_family("linkprobe_cell_attempts", "Judged attempts at the cell.", _each(cells, lambda cell: cell.attempts)),
        *_family("linkprobe_cells", "Cells of the round by state.", _counts(cells)),
        *_family("linkprobe_simulated", "1 where the round ran in the lab.", [("", int(edition.simulated))]),
        *_family("linkprobe_rules_version", "Rule set of the judgement.", [("", edition.record.rules or 0)]),
        *_family("linkprobe_round_timestamp_seconds", "When the round was over.", [("", _unix(edition.when))]),
    ]
    return ("\n".join(lines) + "\n").encode()


def _family(name: str, meaning: str, samples: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    yield from (
        f"{name}{labels} {value:g}" if value < 1e6 else f"{name}{labels} {value:.0f}" for labels, value in samples
    )


def _verdicts(cells: tuple[Cell, ...]) -> Iterator[tuple[str, float]]:
    for cell in cells:
        yield _labels(cell, ("verdict", state(cell))), 1


def _each(cells: tuple[Cell, ...], value: Callable[[Cell], float]) -> Iterator[tuple[str, float]]:
    return ((_labels(cell), value(cell)) for cell in cells)


def _counts(cells: tuple[Cell, ...]) -> Iterator[tuple[str, float]]:
    for one in LEGEND:
        yield f'{{verdict="{one}"}}', sum(state(cell) is one for cell in cells)


def _labels(cell: Cell, *more: tuple[str, str]) -> str:
    names = ("platform", "surface", "target", "vantage")
    pairs = (*zip(names, cell.key, strict=True), *more)
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs) + "}"


def _escaped(value: str) -> str:
    return shown(value).replace("\\", "\\\\").replace('"', '\\"')


def _unix(when: str) -> float:
    return datetime.fromisoformat(when).timestamp()
