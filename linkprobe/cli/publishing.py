"""Publishing a round as a static site and as data, from the store alone."""

from collections.abc import Sequence
from pathlib import Path

from linkprobe.cli.exits import Ended, Refused
from linkprobe.cli.output import show
from linkprobe.cli.policies import day_of
from linkprobe.model import Policy
from linkprobe.scenario import load_catalogue, read_policy, shipped
from linkprobe.scenario.catalogue import Catalogue
from linkprobe.store import Store


def publish(round_id: str, results: Path, out: Path, names: Sequence[str], catalogs: Sequence[Path]) -> Ended:
    """Writes the site and says what it did. Looking at a round is never a failure, whatever it holds."""
    from linkprobe.publish import PublishError, chosen
    from linkprobe.publish import publish as written

    folders = [shipped(), *catalogs]
    catalogue = load_catalogue(*folders)
    policies = _policies(names, folders, catalogue)
    try:
        with Store.open(results, create=False) as store:
            record = chosen(store, round_id)
            done = written(store, out, record.id, policies=policies, day=day_of(record, catalogue))
    except PublishError as error:
        raise Refused(str(error)) from error
    counted = f"{done.cells} cells, {done.findings} findings"
    files = f"{done.written} files written, {done.unchanged} unchanged, {done.removed} removed"
    show(f"published round {done.round_id} ({counted}) in {out}: {files}")
    show(f"open {out / 'index.html' if done.newest else out / done.page}")
    return Ended.AS_EXPECTED


def _policies(names: Sequence[str], folders: Sequence[Path], catalogue: Catalogue) -> tuple[Policy, ...]:
    """The named policies; else those of the catalogues that say which platforms they are about."""
    if names:
        return tuple(read_policy(name, folders, catalogue) for name in dict.fromkeys(names))
    known = sorted({path.stem for folder in folders for path in (folder / "policies").glob("*.yaml")})
    found = (read_policy(name, folders, catalogue) for name in known)
    return tuple(policy for policy in found if any(stage.platforms for stage in policy.stages))
