"""The page a visit ended on, as evidence: its DOM, its headers, a small picture."""

import base64
import hashlib
from typing import Any

from linkprobe.model import Capture, Screenshot
from linkprobe.probe.browser.tab import Tab
from linkprobe.probe.browser.trail import Step
from linkprobe.probe.evidence import kept_headers


async def read_page(tab: Tab) -> Capture | None:
    """The document as it stands; None where it cannot be read, even after its scripts were stopped."""
    found = await _document(tab) or await _document(tab)
    if found is None:
        return None
    body = found["html"].encode("utf-8", "replace")
    kept = body[: tab.limits.body]
    step = tab.journal.trail.of(tab.journal.landed)
    return Capture(
        url=found["url"],
        status=(step.status if step else None) or 0,
        content_type=_content_type(step) or found["type"],
        headers=_headers(step),
        body=kept,
        truncated=found["cut"] or len(kept) < len(body),
        digest=hashlib.sha256(kept).hexdigest(),
    )


async def _document(tab: Tab) -> dict[str, Any] | None:
    found = await tab.ask("read", tab.limits.body)
    return found if isinstance(found, dict) else None


def empty_page(step: Step) -> Capture:
    """An answer without a body, for which Chromium shows a page of its own."""
    return Capture(
        url=step.url,
        status=step.status or 0,
        content_type=_content_type(step),
        headers=_headers(step),
        digest=hashlib.sha256(b"").hexdigest(),
    )


def _content_type(step: Step | None) -> str:
    named = dict(_headers(step)).get("content-type", "")
    return named or (step.mime if step else "")


def _headers(step: Step | None) -> tuple[tuple[str, str], ...]:
    if step is None:
        return ()
    lines = ((name, line) for name, value in step.headers.items() for line in value.split("\n"))
    return kept_headers([(name.encode("latin-1", "replace"), line.encode("utf-8", "replace")) for name, line in lines])


async def picture(tab: Tab) -> Screenshot | None:
    """A small JPEG of the first viewport."""
    data = base64.b64decode(await tab.thumbnail())
    return Screenshot(hashlib.sha256(data).hexdigest(), data) if data else None
