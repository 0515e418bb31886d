"""Whether HTTP alone is provably enough to judge a visit, so that a browser would show nothing more."""

from typing import NamedTuple

from linkprobe.judge.compare import compare
from linkprobe.judge.footing import Footing, footing
from linkprobe.judge.hosts import Answerer, hosts_of
from linkprobe.judge.kind import Kind
from linkprobe.judge.landmark import holds
from linkprobe.judge.look import Look
from linkprobe.model import Case, Gateway, HopWay, InApp, ShareDialog, Visit


class Settled(NamedTuple):
    """Whether HTTP is enough, and why, or why not: recorded with the visit that follows."""

    enough: bool
    why: str


def settle(case: Case, subject: Visit | None, direct: Visit | None) -> Settled:
    """Judges two visits made by HTTP, through the platform and without it."""
    if isinstance(case.surface, InApp):
        return Settled(False, "what an app does to a link shows only in a browser")
    if subject is None or direct is None:
        return Settled(False, "one of the two visits was not made by HTTP")
    if isinstance(case.surface, ShareDialog):
        return _of_dialog(Look(subject, hosts_of(case, case.target), case.target))
    ours, theirs = _read(case, subject, direct)
    return _both_fail(ours, theirs) or _both_arrive(case, ours, theirs)


def opens(case: Case, subject: Visit | None, direct: Visit | None) -> Settled:
    """Whether HTTP shows the link to lead to its target, on whatever surface; enough for a neutral link that a browser
    has seen on this surface before.
    """
    if subject is None or direct is None:
        return Settled(False, "one of the two visits was not made by HTTP")
    return _both_arrive(case, *_read(case, subject, direct))


def _read(case: Case, subject: Visit, direct: Visit) -> tuple[Look, Look]:
    hosts = hosts_of(case, case.target, (direct.landed,) if direct.landed else ())
    return Look(subject, hosts, case.target), Look(direct, hosts, case.target)


def _of_dialog(look: Look) -> Settled:
    """A dialog without scripts is seen whole; so is a login, which says nothing anyway."""
    if look.page is None:
        return Settled(False, "the dialog gave no page")
    if look.kind is Kind.LOGIN:
        return Settled(True, "the dialog asks for a login")
    if look.page.has_scripts or look.page.jumps:
        return Settled(False, "scripts may draw the dialog")
    return Settled(True, "the dialog has no scripts")


def _both_fail(ours: Look, theirs: Look) -> Settled | None:
    """The target is down for everybody: a browser would fail as well."""
    if not theirs.failed or not ours.failed or ours.struck is not Answerer.TARGET:
        return None
    left, right = ours.visit.failure, theirs.visit.failure
    if left is None or right is None or left.kind is not right.kind:
        return None
    return Settled(True, f"both visits end in {left.kind.value} at the target's host")


def _both_arrive(case: Case, ours: Look, theirs: Look) -> Settled:
    if ours.page is None or theirs.page is None:
        return Settled(False, "one of the two visits ended without a page")
    if any(hop.way not in (HopWay.REQUEST, HopWay.REDIRECT) for hop in ours.visit.hops):
        return Settled(False, "a page on the way moves on by itself")
    if ours.answerer is not Answerer.TARGET:
        return Settled(False, f"{ours.page.host} answered, which is not the target's host")
    if footing(theirs) is not Footing.STANDS or not theirs.visit.settled or ours.page.jumps:
        return Settled(False, "the target's page cannot be told by HTTP alone")
    return _same(case, ours, theirs)


def _same(case: Case, ours: Look, theirs: Look) -> Settled:
    assert ours.page is not None
    assert theirs.page is not None
    through = "a gateway" if isinstance(case.surface, Gateway) else "the platform"
    landmark = case.target.landmark
    if landmark is not None:
        if holds(landmark, ours.page):
            return Settled(True, f"{through} redirects to the target's host, which shows its landmark as without it")
        return Settled(False, "the landmark is not in the body")
    made = compare(ours.page, theirs.page)
    if made.same_page and not ours.needs_script:
        return Settled(True, f"{through} redirects to the target's host, which shows the page it shows without it")
    return Settled(False, f"the two bodies differ: {made.reason}")
