"""Every shipped world held against itself by `linkprobe lab check`, and what that costs the machine.

python -m bench.worlds [WORLD...]
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STAT = Path("/proc/stat")
_IDLE = slice(3, 5)
"""Of the first line's times: idle, and waiting for a disk."""
_STOLEN = 7
"""From here on times are not ours: what other machines on the same hardware took, and guests, counted before."""


def main() -> int:
    """Runs the check as a user would, then prints what it took; exits as it does: 3 where a cell disagrees."""
    before, started = busy(), time.monotonic()
    with tempfile.TemporaryDirectory() as results:
        command = [sys.executable, "-m", "linkprobe", "lab", "check", *sys.argv[1:], "--results", results]
        ended = subprocess.run(command, check=False)
    seconds, after = time.monotonic() - started, busy()
    print(f"\n{seconds:.0f} s on {os.cpu_count()} cores; {_used(before, after)}")
    return ended.returncode


def busy() -> float | None:
    """Seconds all cores together were busy since the machine started, whoever used them; None where nothing counts."""
    try:
        times = [int(ticks) for ticks in STAT.read_text("ascii").splitlines()[0].split()[1:]][:_STOLEN]
    except OSError:
        return None
    return (sum(times) - sum(times[_IDLE])) / os.sysconf("SC_CLK_TCK")


def _used(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return "CPU seconds are not known, for there is no /proc/stat"
    return f"{after - before:.0f} CPU seconds of the whole machine, whatever else ran on it included"


if __name__ == "__main__":
    sys.exit(main())
