"""Which link of a message is the one that was sent."""

from collections.abc import Iterable

from linkprobe.model import Target
from linkprobe.page.address import host_of


def clickable(links: Iterable[str], target: Target) -> str | None:
    """The link a recipient would click: the target's own URL, else one that carries its host, else the first."""
    shown, host = tuple(links), host_of(target.url)
    carrying = [link for link in shown if link == target.url] or [link for link in shown if host in link]
    return next(iter(carrying or shown), None)
