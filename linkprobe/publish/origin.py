"""What a published round was made from, as one digest: where it is as before, nothing is made again."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

import msgspec

from linkprobe import __version__
from linkprobe.publish.edition import Edition
from linkprobe.publish.folder import File, Folder
from linkprobe.publish.language import dictionary

NAME = "MADE-FROM"
SUMS = "SHA256SUMS"


def digest(edition: Edition, published: frozenset[str]) -> str:
    """A digest of all that the round's pages follow from: what was seen is only ever added to, so its count will do."""
    parts = (
        _ourselves(),
        edition.record,
        edition.observed,
        [(record.id, record.started, edition.cells_of[record.id]) for record in edition.rounds],
        sorted(published),
        edition.policies,
        edition.day,
    )
    return blake2b(msgspec.json.encode(parts), digest_size=20).hexdigest()


def note(edition: Edition, made_from: str, shown: Iterable[str]) -> File:
    """The file that remembers the digest, and what outside its folder the round's pages show."""
    return File(f"{edition.folder}/{NAME}", "".join(f"{line}\n" for line in (made_from, *shown)).encode())


def stands(edition: Edition, folder: Folder, made_from: str) -> bool:
    """Whether the folder holds the round just so: made from the same, every file as its sum says, nothing missing."""
    first, *shown = folder.text(f"{edition.folder}/{NAME}").splitlines() or [""]
    if first != made_from or not all(map(folder.has, shown)):
        return False
    listed = dict(_listed(edition, folder))
    return bool(listed) and folder.keep(listed)


def _listed(edition: Edition, folder: Folder) -> Iterator[tuple[str, str]]:
    for line in folder.text(f"{edition.folder}/{SUMS}").splitlines():
        sum, _, path = line.partition("  ")
        if path:
            yield f"{edition.folder}/{path}", sum


@lru_cache(1)
def _ourselves() -> str:
    """A digest of this package and of every word it says: another version makes other pages."""
    found = blake2b(f"{__version__}{sorted(dictionary().items())}".encode(), digest_size=20)
    for path in _sources(files("linkprobe.publish")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry)
        elif entry.is_file():
            yield entry
