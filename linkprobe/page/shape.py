"""How a page is built, without its text: its tags in runs, and what it loads."""

import re

from linkprobe.page.text import shingles

MOST_TAGS = 20_000
RUN = 4
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]{0,15})")
_SKIPPED = frozenset(("script", "style", "link", "meta", "br", "option", "path"))


def tags(source: str) -> tuple[str, ...]:
    """Opening tags in source order, without those that dynamic parts multiply."""
    found = _TAG.findall(source.lower())[:MOST_TAGS]
    return tuple([tag for tag in found if tag not in _SKIPPED])


def shape(source: str) -> frozenset[int]:
    """Runs of four opening tags, hashed."""
    return shingles(tags(source), RUN)
