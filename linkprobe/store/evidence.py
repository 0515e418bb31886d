"""Bodies and screenshots by their SHA-256, zstd-compressed, written so that a file is there whole or not at all."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

import zstandard

from linkprobe.store.failure import StoreError

_DIGEST = re.compile(r"[0-9a-f]{64}")
_EMPTY = hashlib.sha256(b"").hexdigest()


class Evidence:
    """The folder `evidence/` of a results folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str) -> Path:
        """Where the body with this digest lies, whether or not it is there. Raises `StoreError` for other strings."""
        if not _DIGEST.fullmatch(digest):
            raise StoreError(f"{digest[:80]!r} is no evidence digest: give 64 hexadecimal digits")
        return self._folder / digest[:2] / f"{digest}.zst"

    def keep(self, body: bytes) -> str:
        """Stores `body` durably and returns its digest. Raises `OSError`."""
        digest = hashlib.sha256(body).hexdigest()
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, zstandard.compress(body, 6))
        return digest

    def body(self, digest: str) -> bytes:
        """The body with this digest. Raises `StoreError` where it is missing or no longer what it was."""
        if digest == _EMPTY:
            return b""
        path = self.path(digest)
        try:
            body = zstandard.ZstdDecompressor().decompress(path.read_bytes())
        except FileNotFoundError:
            raise StoreError(
                f"evidence {path} is missing: put back the evidence folder that belongs to this store"
            ) from None
        except zstandard.ZstdError as error:
            raise StoreError(f"evidence {path} is damaged ({error}): put back a copy of it") from error
        if hashlib.sha256(body).hexdigest() != digest:
            raise StoreError(f"evidence {path} is not what was stored under its name: put back a copy of it")
        return body


def _write_whole(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself durable, which syncing the file does not."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
