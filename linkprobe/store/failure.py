"""What can go wrong with a results folder, in one line with its remedy."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_FOLDER = {errno.EEXIST, errno.ENOTDIR}
_DAMAGED = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_LOCKED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class StoreError(Exception):
    """The results folder cannot be used. The message is one line and says what to do about it."""


@contextmanager
def explained(results: Path) -> Iterator[None]:
    """Turns errors of the file system and of SQLite into a `StoreError` that names the folder and the remedy."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_explain_database(results, error)) from error
    except OSError as error:
        raise StoreError(_explain_files(results, error)) from error


def _explain_files(results: Path, error: OSError) -> str:
    if error.errno in _FULL:
        return _full(results)
    if error.errno in _NO_FOLDER:
        return f"{results} is not a folder: choose another --results"
    return _unwritable(results, error.strerror or str(error))


def _explain_database(results: Path, error: DBAPIError) -> str:
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    said = " ".join(str(error.orig).split())
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return _full(results, said)
    if code in _DAMAGED:
        return f"the store in {results} is damaged ({said}): move the folder away, or put back a copy of it"
    if code in _UNWRITABLE:
        return _unwritable(results, said)
    if code in _LOCKED:
        return f"the store in {results} is held by another process ({said}): wait for it, or choose another --results"
    return f"the store in {results} cannot be used: {said}"


def _full(results: Path, said: str = "no space left") -> str:
    return (
        f"cannot store in {results} ({said}): free some space on a sound disk, then linkprobe audit --resume; "
        "what was stored before is intact"
    )


def _unwritable(results: Path, said: str) -> str:
    return f"cannot use the results folder {results} ({said}): make it writable, or choose another --results"
