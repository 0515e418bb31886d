"""Gates for what is our own: no account, no way to look, a probe that failed, a visit that HTTP cannot read."""

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.dialog import End, Held, dialog_of
from linkprobe.judge.gates.gate import Gate
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Executor, Failure, FailureKind, Gateway, SendOutcome, Verdict


def _skipped(scene: Scene) -> str:
    return scene.observation.skipped


def _blind(scene: Scene) -> str:
    return scene.observation.blind


def _probe_failed(scene: Scene) -> str:
    observation = scene.observation
    if scene.subject is not None and scene.subject.blamed_on_probe and not _acted(scene.subject):
        return f"the probe itself failed: {named(scene.subject.visit.failure)}"
    failures = [part.failure for part in (observation.sent, observation.shown) if part is not None]
    ours = [failure for failure in failures if failure is not None and failure.kind is FailureKind.VANTAGE]
    return f"the vantage failed: {named(ours[0])}" if ours else ""


def named(failure: Failure | None) -> str:
    """A failure in words."""
    return f"{failure.kind.value} {failure.detail}".strip() if failure is not None else "no page"


def _acted(look: Look) -> bool:
    """Whether what looks like our own failure is an answer without content or an app that was called."""
    return bool(look.visit.hops) and look.visit.hops[-1].status in (204, 205)


def _unseen(scene: Scene) -> str:
    sent, shown = scene.observation.sent, scene.observation.shown
    if _refused(scene) or (sent is None and shown is None):
        return ""
    if shown is not None and shown.failure is not None:
        return f"looking as the recipient failed: {named(shown.failure)}"
    looked = shown is not None and shown.looked
    return "" if looked or scene.subject is not None else "accepted, and there is no way to look at what arrives"


def _refused(scene: Scene) -> bool:
    sent = scene.observation.sent
    return sent is not None and sent.outcome in (SendOutcome.REFUSED, SendOutcome.FAILED)


def _minted(scene: Scene) -> str:
    surface = scene.case.surface
    if isinstance(surface, Gateway) and surface.signed and not scene.there and not scene.there_by_click:
        return "the gateway answers only links that the platform minted"
    return ""


def _unsettled(scene: Scene) -> str:
    look = scene.subject
    if look is None or look.visit.settled or scene.there or scene.there_by_click:
        return ""
    return "the page was still moving on when the time was up"


def _needs_browser(scene: Scene) -> str:
    look = scene.subject
    if look is None or look.page is None or scene.there:
        return ""
    if scene.is_dialog:
        return _unread_composer(scene)
    if look.kind is Kind.FORWARD and look.page.jumps_to(scene.target.url):
        return f"{look.page.host} forwards to the target in a way that only a browser follows"
    if look.needs_script and not _replaces(scene, look):
        return f"{look.page.host} answers with a page that only a browser can read"
    return ""


def _unread_composer(scene: Scene) -> str:
    """A composer that a script may fill, seen by HTTP and without the link."""
    dialog = dialog_of(scene)
    page = dialog.look.page if dialog is not None else None
    if dialog is None or page is None or dialog.held is Held.WHOLE or dialog.end is End.REFUSAL:
        return ""
    by_http = dialog.look.visit.executor is Executor.HTTP
    return f"scripts may write into the composer at {page.host}" if by_http and page.has_scripts else ""


def _replaces(scene: Scene, look: Look) -> bool:
    """Whether it stands where HTTP alone reads the target's page, so that it is another, whatever it would draw."""
    in_place = look.answerer is Answerer.TARGET and scene.arrival is Arrival.ELSEWHERE
    by_http = (take.visit.executor is Executor.HTTP and not take.needs_script for take in scene.firm)
    return in_place and any(by_http)


_NO, _BLIND = Verdict.INCONCLUSIVE, Cause.HARNESS_BLIND

BEFORE: tuple[Gate, ...] = (
    Gate("skipped", Verdict.SKIPPED, None, "The scenario's owner has no account for it.", _skipped),
    Gate("blind", _NO, _BLIND, "There was no way to probe.", _blind),
    Gate("probe-failed", _NO, _BLIND, "The probe failed, and not the link.", _probe_failed),
)
"""What closes before any control is looked at."""
AFTER: tuple[Gate, ...] = (
    Gate("unseen", _NO, _BLIND, "What the recipient gets cannot be seen.", _unseen),
    Gate("minted", _NO, _BLIND, "Only the platform can make a link this gateway answers.", _minted),
)
"""What we had no means to see."""
LAST: tuple[Gate, ...] = (
    Gate("unsettled", _NO, _BLIND, "The visit did not come to rest.", _unsettled),
    Gate("needs-browser", _NO, _BLIND, "HTTP alone cannot read the page.", _needs_browser),
)
"""What the visit did not show."""
