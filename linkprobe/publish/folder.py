"""The published folder: whole files or none, and nothing touched that is as it should be."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple


class File(NamedTuple):
    """A file to be published; its path is relative, with slashes."""

    path: str
    content: bytes


class PublishError(Exception):
    """The folder cannot be written, or there is nothing to publish. One line, with the remedy."""


class Folder:
    """Writes into one folder and counts what it did. Raises `PublishError` where the folder cannot be written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.unchanged = 0
        self.removed = 0
        self.sums: dict[str, str] = {}
        """SHA-256 of every file put here, by path."""
        self._made: set[Path] = set()

    def put(self, file: File) -> None:
        """Writes the file unless it stands there already with the same content."""
        self.sums[file.path] = hashlib.sha256(file.content).hexdigest()
        path = self.root / file.path
        try:
            if _same(path, file.content):
                self.unchanged += 1
                return
            self._write(path, file.content)
        except OSError as error:
            raise _refused(path, error) from error
        self.written += 1

    def keep(self, sums: dict[str, str]) -> bool:
        """Leaves files as they are, where all are there with these SHA-256, by path; says whether that is so."""
        if not all(self._has(path, sum) for path, sum in sums.items()):
            return False
        self.sums |= sums
        self.unchanged += len(sums)
        return True

    def _has(self, path: str, sum: str) -> bool:
        try:
            return hashlib.sha256((self.root / path).read_bytes()).hexdigest() == sum
        except OSError:
            return False

    def add(self, other: "Folder") -> None:
        """Counts what another process did in this folder."""
        self.sums |= other.sums
        self.written += other.written
        self.unchanged += other.unchanged

    def has(self, path: str) -> bool:
        """Whether the file is there, from this run or an earlier one."""
        return (self.root / path).is_file()

    def text(self, path: str) -> str:
        """The content of a file that is there; empty where it is not."""
        try:
            return (self.root / path).read_text("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise _refused(self.root / path, error) from error

    def remove(self, path: str) -> None:
        """Takes away what an earlier run published and this one no longer does."""
        target = self.root / path
        try:
            if target.is_file() and target.resolve().is_relative_to(self.root.resolve()):
                target.unlink()
                self.removed += 1
        except OSError as error:
            raise _refused(target, error) from error

    def _write(self, path: Path, content: bytes) -> None:
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        new = path.with_name(f".new-{os.getpid()}-{path.name[-80:]}")
        new.write_bytes(content)
        new.replace(path)


def _same(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except (FileNotFoundError, NotADirectoryError):
        return False


def _refused(path: Path, error: OSError) -> PublishError:
    why = error.strerror or str(error)
    return PublishError(f"cannot publish {path} ({why}): make room or make it writable, or choose another --out")
