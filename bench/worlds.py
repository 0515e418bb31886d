"""Every shipped world audited with --check-truth, two at a time on each core, for much of it is waiting.

python -m bench.worlds [WORLD...]
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
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
    catalogue = load_catalogue(shipped())
    names = sys.argv[1:] or sorted(catalogue.worlds, key=lambda name: -len(catalogue.worlds[name].platforms))
    started = time.monotonic()
    rows = []
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        for row in pool.map(audited, names):
            rows.append(row)
            print(_told(row), file=sys.stderr, flush=True)
    print(
        tabulate(_table(rows), ["world", "cells", "agree", "seconds", "CPU seconds"], tablefmt="github", floatfmt=".1f")
    )
    print(f"\nall in {time.monotonic() - started:.0f} s on {os.cpu_count()} cores")
    return 1 if any(row.agreed < row.cells or not row.cells for row in rows) else 0


def audited(world: str) -> Row:
    """The world audited by the command line, as anybody would."""
    with tempfile.TemporaryDirectory() as folder:
        results, said = Path(folder) / "results", Path(folder) / "said"
        command = [sys.executable, "-m", "linkprobe", "audit", "--world", world, "--check-truth"]
        started = time.monotonic()
        with said.open("w") as out:
            running = subprocess.Popen([*command, "--results", results], stdout=out, stderr=subprocess.STDOUT)
            _, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
        seconds, cpu = time.monotonic() - started, used.ru_utime + used.ru_stime
        text = said.read_text()
    found = AGREED.search(text)
    if found is None:
        return Row(world, 0, 0, seconds, cpu, text.strip())
    return Row(world, int(found[1]), int(found[2]), seconds, cpu, text[found.end() :].strip("\n"))


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
