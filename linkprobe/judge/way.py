"""What leads on from a page that stands between link and target, if anything does."""

from typing import NamedTuple

from linkprobe.judge.kind import Kind, Sign
from linkprobe.judge.phrases import onward
from linkprobe.page import Facts
from linkprobe.page.address import domain_of, host_of
from linkprobe.page.parts import Control, Jump, MarkKind

BRIEF = 150
"""Words up to which a page is a notice rather than a page with matter."""
BRIEF_STAY = 10
"""Seconds up to which a forward is a stop on the way; longer ones reload a page or give up waiting."""
SHOWN = 12
"""Readable characters from which a page that moves on by itself has shown something."""
UNSUPPORTED = 0.1
"""What a wording about going on weighs where neither button nor script goes anywhere."""


class Way(NamedTuple):
    """What leads on from the page, and which wordings its structure rules out."""

    signs: tuple[Sign, ...] = ()
    barred: tuple[Kind, ...] = ()
    leads_on: bool = False
    """Whether there is a control or a script that could."""

    def weighed(self, sign: Sign) -> Sign:
        """A wording's sign in the light of the structure: without a way on, words about going on count for little."""
        if sign.kind in self.barred:
            return sign._replace(weight=0.0)
        if sign.kind in (Kind.LEAVING, Kind.AUTO) and not self.leads_on:
            return sign._replace(weight=sign.weight * UNSUPPORTED)
        return sign


def way_on(page: Facts, target: str, length: int) -> Way:
    """Pages between link and target: what leads on, and whether by itself, decides which. `length` is in words."""
    if length > BRIEF:
        return Way(leads_on=_leads_on(page))
    jumps = [jump for jump in page.jumps if jump.certain]
    if jumps and page.readable < SHOWN:
        return Way((Sign(Kind.FORWARD, 2.0, f"shows nothing and forwards to {host_of(jumps[0].url)}"),), (), True)
    return _by_jumps(page, target, jumps) or _by_controls(page, target)


def _by_jumps(page: Facts, target: str, jumps: list[Jump]) -> Way | None:
    onto = [jump for jump in jumps if target and (not jump.url or domain_of(jump.url) == domain_of(target))]
    if onto and (onto[0].seconds >= 1 or page.has(MarkKind.COUNTDOWN)):
        moves = Sign(Kind.AUTO, 2.5, f"moves on to {host_of(onto[0].url) or 'its target'} by itself")
        return Way((moves,), (Kind.LEAVING, Kind.COPY), True)
    if jumps and not onto and jumps[0].seconds <= BRIEF_STAY:
        elsewhere = Sign(Kind.FORWARD, 0.9, f"forwards to {host_of(jumps[0].url)}")
        return Way((elsewhere,), (Kind.LEAVING, Kind.AUTO, Kind.COPY))
    return None


def _by_controls(page: Facts, target: str) -> Way:
    leading = _leading(page, target)
    if leading:
        label, host = leading[0].label[:40], host_of(leading[0].url)
        return Way((Sign(Kind.LEAVING, 1.6, f"“{label}” leads to {host}"),), (Kind.COPY, Kind.AUTO), True)
    leads_on = _leads_on(page)
    if page.has(MarkKind.COPY) and target and page.names(target):
        return Way((Sign(Kind.COPY, 0.9, "shows the address and a way to copy it, and no way on"),), (), leads_on)
    if page.has(MarkKind.APP_SCHEME) and page.has(MarkKind.APP_STORE):
        return Way((Sign(Kind.APP, 0.7, "calls an app and offers it for download"),), (), leads_on)
    return Way(leads_on=leads_on)


def _leads_on(page: Facts) -> bool:
    """Whether something on the page could go on: a jump, a countdown, a button that says so."""
    return bool(page.jumps) or page.has(MarkKind.COUNTDOWN) or any(onward(one.label) for one in page.controls)


def _leading(page: Facts, target: str) -> list[Control]:
    """Controls that lead off this host to the target, or that are labelled so and lead to some other host."""
    found = []
    for control in page.controls:
        host = host_of(control.url)
        away = bool(host) and host != page.host
        to_target = bool(target) and domain_of(control.url) == domain_of(target) and not _is_address(control.label)
        if away and (to_target or (control.button and onward(control.label))):
            found.append(control)
    return found


def _is_address(label: str) -> bool:
    """Whether a label is the bare address, as error and block pages quote it."""
    return "://" in label or label.startswith("www.")
