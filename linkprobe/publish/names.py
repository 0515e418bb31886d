"""Names of the published files. They are permalinks: what is here never changes its meaning."""

import hashlib
import re
from functools import lru_cache

from linkprobe.model import Cell, Finding

_SAFE = re.compile(r"[A-Za-z0-9._-]{1,80}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
DEFAULT_VANTAGE = "here"
"""Left out of names, as it is out of command lines."""


@lru_cache(4096)
def segment(name: str) -> str:
    """A name as one part of a file name. Ids stand as they are; anything else is shortened and told apart by a digest.

    Colons alone become dashes, so that a time of day may name a round.
    """
    plain = name.replace(":", "-")
    if _SAFE.fullmatch(plain) and plain.strip("."):
        return plain
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{_UNSAFE.sub('-', plain)[:40].strip('-.')}~{digest}"


@lru_cache(16_384)
def cell_name(key: tuple[str, str, str, str]) -> str:
    """A cell's name in files: `wechat~group-chat~taobao-item`, and the vantage where it is not the default one."""
    platform, surface, target, vantage = key
    parts = (platform, surface, target) if vantage == DEFAULT_VANTAGE else key
    return "~".join(map(segment, parts))


def cell_page(cell: Cell) -> str:
    """A cell's page within its round. The folder's name is short because the matrix holds thousands of these."""
    return f"c/{cell_name(cell.key)}.html"


def platform_page(platform: str) -> str:
    """A platform's page within its round."""
    return f"platforms/{segment(platform)}.html"


def target_page(target: str) -> str:
    """A target's page within its round."""
    return f"targets/{segment(target)}.html"


def round_folder(round_id: str) -> str:
    """Where a round stands for good."""
    return f"rounds/{segment(round_id)}"


def pack_name(cell: Cell, finding: Finding) -> str:
    """A finding's evidence pack within its round."""
    return f"packs/{cell_name(cell.key)}~{segment(finding.rule)}~{finding.cause}.zip"


def image_name(digest: str, kind: str) -> str:
    """A screenshot, shared by all rounds."""
    return f"evidence/{digest[:2]}/{digest}.{kind}"
