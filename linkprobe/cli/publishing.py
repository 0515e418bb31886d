"""Publishing a round as a static site and as data, from the store alone."""

from pathlib import Path

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.output import show
from linkprobe.store import Store


def publish(round_id: str, results: Path, out: Path) -> Ended:
    """Writes the site and says what it did. Looking at a round is never a failure, whatever it holds."""
    from linkprobe.publish import PublishError
    from linkprobe.publish import publish as written

    try:
        with Store.open(results, create=False) as store:
            done = written(store, out, round_id)
    except PublishError as error:
        raise Refused(str(error)) from error
    counted = f"{done.cells} cells, {done.findings} findings"
    files = f"{done.written} files written, {done.unchanged} unchanged, {done.removed} removed"
    show(f"published round {done.round_id} ({counted}) in {out}: {files}")
    show(f"open {out / 'index.html' if done.newest else out / done.page}")
    return Ended.AS_EXPECTED
