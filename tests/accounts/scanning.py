"""Looking for secrets in everything a run leaves behind, in every usual spelling."""

import base64
import html
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import zstandard


def spelt(secret: str) -> set[bytes]:
    raw = secret.encode()
    coded = [base64.b64encode(b"\0" * before + raw).decode()[4:-4] for before in range(3)]
    forms = {
        secret,
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        quote(quote(secret, safe=""), safe=""),
        html.escape(secret),
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(secret)[1:-1])[1:-1],
        *(form for form in coded if len(form) >= 8),
        *(form.replace("+", "-").replace("/", "_") for form in coded if len(form) >= 8),
        *(quote(form, safe="") for form in coded if len(form) >= 8),
    }
    return {form.lower().encode() for form in forms}


def leaks(data: bytes, secrets: Iterable[str]) -> list[str]:
    """The secrets that `data` shows."""
    low = data.lower()
    return [secret for secret in secrets if any(form in low for form in spelt(secret))]


def leaks_below(folder: Path, secrets: Iterable[str]) -> dict[str, list[str]]:
    """The secrets shown by the files of a folder, unpacked."""
    wanted = list(secrets)
    found = {name: leaks(data, wanted) for name, data in _contents(folder)}
    return {name: shown for name, shown in found.items() if shown}


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from unpacked(str(path.relative_to(folder)), path.read_bytes())


def unpacked(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, and what is in it where it is packed; its own name is looked at as well."""
    yield name, data + b"\n" + name.encode()
    if data[:4] == b"\x28\xb5\x2f\xfd":
        yield f"{name} unpacked", zstandard.ZstdDecompressor().decompress(data)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as whole:
            for entry in whole.namelist():
                yield from unpacked(f"{name}/{entry}", whole.read(entry))
