"""Every shipped world audited with --check-truth, one after the other: cells, agreement, wall time.

python -m bench.worlds [WORLD...]
"""

import re
import resource
import subprocess
import sys
import tempfile
import time
from typing import NamedTuple

from tabulate import tabulate

from linkprobe.scenario import load_catalogue, shipped

AGREED = re.compile(r"^(\d+) of (\d+) cells agree with the truth$", re.MULTILINE)


class Row(NamedTuple):
    """One world's outcome. `wrong` are the lines that name the cells that do not agree."""

    world: str
    agreed: int
    cells: int
    seconds: float
    cpu: float
    wrong: str


def main() -> int:
    """Prints a row per world; 1 where a cell disagrees with the truth."""
    names = sys.argv[1:] or sorted(load_catalogue(shipped()).worlds)
    rows = []
    for name in names:
        rows.append(audited(name))
        print(_told(rows[-1]), file=sys.stderr, flush=True)
    print(
        tabulate(_table(rows), ["world", "cells", "agree", "seconds", "CPU seconds"], tablefmt="github", floatfmt=".1f")
    )
    return 1 if any(row.agreed < row.cells or not row.cells for row in rows) else 0


def audited(world: str) -> Row:
    """The world audited by the command line, as anybody would."""
    with tempfile.TemporaryDirectory() as results:
        command = [sys.executable, "-m", "linkprobe", "audit", "--world", world, "--check-truth", "--results", results]
        started, spent = time.monotonic(), _cpu()
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        seconds, cpu = time.monotonic() - started, _cpu() - spent
    found = AGREED.search(ran.stdout)
    if found is None:
        return Row(world, 0, 0, seconds, cpu, ran.stderr.strip())
    return Row(world, int(found[1]), int(found[2]), seconds, cpu, ran.stdout[found.end() :].strip("\n"))


def _cpu() -> float:
    """CPU seconds of all that this process has started and seen end, with what that had started."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _told(row: Row) -> str:
    return "\n".join(
        filter(None, (f"{row.world}: {row.agreed} of {row.cells}, {row.seconds:.1f} s, CPU {row.cpu:.1f} s", row.wrong))
    )


def _table(rows: list[Row]) -> list[tuple[str, int, str, float, float]]:
    table = [(row.world, row.cells, _share(row.agreed, row.cells), row.seconds, row.cpu) for row in rows]
    agreed, cells = sum(row.agreed for row in rows), sum(row.cells for row in rows)
    total = ("all", cells, _share(agreed, cells), sum(row.seconds for row in rows), sum(row.cpu for row in rows))
    return [*table, total]


def _share(agreed: int, cells: int) -> str:
    return f"{agreed / cells:.1%}" if cells else "not measured"


if __name__ == "__main__":
    sys.exit(main())
