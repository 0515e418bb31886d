"""Whether anything can be said about the link at all. The first gate that closes says what instead of a verdict."""

from collections.abc import Callable
from typing import NamedTuple

from linkprobe.judge.footing import Footing
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.judge.scene import Arrival, Scene
from linkprobe.model import Cause, Executor, Failure, FailureKind, Gateway, InApp, PreviewApi, SendOutcome, Verdict
from linkprobe.page.address import host_of
from linkprobe.page.parts import MarkKind


class Gate(NamedTuple):
    """A reason for having no verdict. `shut` gives it in words for a scene it holds for, else an empty string."""

    id: str
    verdict: Verdict
    cause: Cause | None
    sentence: str
    shut: Callable[[Scene], str]


def _skipped(scene: Scene) -> str:
    return scene.observation.skipped


def _blind(scene: Scene) -> str:
    return scene.observation.blind


def _probe_failed(scene: Scene) -> str:
    observation = scene.observation
    if scene.subject is not None and scene.subject.blamed_on_probe and not _acted(scene.subject):
        return f"the probe itself failed: {_named(scene.subject.visit.failure)}"
    failures = [part.failure for part in (observation.sent, observation.shown) if part is not None]
    ours = [failure for failure in failures if failure is not None and failure.kind is FailureKind.VANTAGE]
    return f"the vantage failed: {_named(ours[0])}" if ours else ""


def _named(failure: Failure | None) -> str:
    return f"{failure.kind.value} {failure.detail}".strip() if failure is not None else "no page"


def _acted(look: Look) -> bool:
    """Whether what looks like our own failure is an answer without content or an app that was called."""
    return bool(look.visit.hops) and look.visit.hops[-1].status in (204, 205)


_UNANSWERED = {
    SendOutcome.RATE_LIMITED: "the platform says that we send too fast",
    SendOutcome.UNAUTHORISED: "the platform does not accept our account",
    SendOutcome.INDETERMINATE: "the probe died after the message may have left, and nothing is sent twice",
}


def _unsent(scene: Scene) -> str:
    sent = scene.observation.sent
    return _UNANSWERED.get(sent.outcome, "") if sent is not None else ""


def _send_failed(scene: Scene) -> str:
    """A send that failed says something only where the neutral link's did not."""
    sent = scene.observation.sent
    if sent is None or sent.outcome is not SendOutcome.FAILED:
        return ""
    neutral = scene.other.observation.sent if scene.other else None
    if neutral is not None and neutral.outcome is SendOutcome.ACCEPTED:
        return ""
    return "sending fails, and no neutral link shows that it would work for another"


def _unseen(scene: Scene) -> str:
    sent, shown = scene.observation.sent, scene.observation.shown
    if _refused(scene) or (sent is None and shown is None):
        return ""
    if shown is not None and shown.failure is not None:
        return f"looking as the recipient failed: {_named(shown.failure)}"
    looked = shown is not None and shown.looked
    return "" if looked or scene.subject is not None else "accepted, and there is no way to look at what arrives"


def _refused(scene: Scene) -> bool:
    sent = scene.observation.sent
    return sent is not None and sent.outcome in (SendOutcome.REFUSED, SendOutcome.FAILED)


def _direct_in(*states: Footing) -> Callable[[Scene], str]:
    """Shut where no direct control stands and one is in one of these states, unless the link arrived all the same."""

    def shut(scene: Scene) -> str:
        if scene.there or scene.direct is not None or (isinstance(scene.case.surface, PreviewApi) and _alive(scene)):
            return ""
        for look, state in zip(scene.without, scene.footings, strict=True):
            if state in states:
                return f"without the platform, {_answer(look)}"
        return ""

    return shut


def _alive(scene: Scene) -> bool:
    return any(state in (Footing.CHALLENGED, Footing.REFUSES) for state in scene.footings)


def _answer(look: Look) -> str:
    if look.page is not None:
        return f"{look.page.host} answers {look.page.status} ({look.reading.evidence})"
    return f"{host_of(look.visit.requested)} gives {_named(look.visit.failure)}"


def _unsteady(scene: Scene) -> str:
    """The target failed in one of several direct takes, and through the platform as well."""
    failing = scene.arrival is Arrival.NOWHERE or (
        scene.subject is not None and scene.subject.answerer is Answerer.TARGET and scene.subject.status >= 500
    )
    if failing and Footing.DOWN in scene.footings:
        return "the target also failed in one of the takes without the platform"
    return ""


def _challenges_at_times(scene: Scene) -> str:
    look = scene.subject
    if look is None or Footing.CHALLENGED not in scene.footings or scene.there:
        return ""
    challenged = look.kind is Kind.CHALLENGE and look.answerer is not Answerer.PLATFORM
    return "the target asks for a proof of being human at times" if challenged else ""


def _challenges_here(scene: Scene) -> str:
    """Shut where the target's own host asks, by a shield it has hired or outside any app: the platform has no part."""
    look = scene.subject
    if look is None or look.page is None or look.answerer is not Answerer.TARGET or scene.there:
        return ""
    in_app = isinstance(scene.case.surface, InApp)
    if look.likeliest.kind is not Kind.CHALLENGE or (in_app and not look.page.has(MarkKind.CHALLENGE)):
        return ""
    return f"{look.page.host} itself asks: {look.reading.evidence}"


def _uncontrolled(scene: Scene) -> str:
    if scene.there or scene.direct is not None or (isinstance(scene.case.surface, PreviewApi) and _alive(scene)):
        return ""
    return "there is no usable control without the platform"


def _fails_for_all(scene: Scene) -> str:
    """Shut where this link and the neutral one both fail, by connection or by an error of the platform's."""
    other = scene.other
    if not _broken(scene):
        return ""
    if other is None or other.subject is None:
        return "nothing came of the link, and no neutral link shows that the surface works"
    return "the neutral link fails on this surface as well" if _broken(other) or _lost(other) else ""


def _broken(scene: Scene) -> bool:
    look = scene.subject
    if look is None:
        return False
    return look.failed or (
        look.answerer is Answerer.PLATFORM and look.status >= 400 and look.likeliest.kind not in _WORDED
    )


_WORDED = (Kind.BLOCK, Kind.COPY, Kind.OPEN_IN_BROWSER, Kind.LEAVING, Kind.AUTO, Kind.LOGIN, Kind.APP, Kind.CHALLENGE)


def _lost(scene: Scene) -> bool:
    return scene.subject is not None and scene.subject.blamed_on_probe


def _walled_for_all(kind: Kind, what: str) -> Callable[[Scene], str]:
    def shut(scene: Scene) -> str:
        if not _stands(scene, kind):
            return ""
        if scene.other is None or scene.other.subject is None:
            return f"{what}, and no neutral link shows whether it is asked for this link only"
        return f"{what} for the neutral link as well" if _stands(scene.other, kind) else ""

    return shut


def _stands(scene: Scene, kind: Kind) -> bool:
    look = scene.subject
    return look is not None and not scene.there and not scene.there_by_click and look.likeliest.kind is kind


def _sent_home(scene: Scene) -> str:
    """A gateway that leads every hand-made link to one page of its own says nothing about any of them."""
    look, other = scene.subject, scene.other.subject if scene.other else None
    if look is None or other is None or look.page is None or other.page is None:
        return ""
    both = look.answerer is Answerer.PLATFORM and other.answerer is Answerer.PLATFORM
    if both and look.kind is Kind.CONTENT and look.page.url == other.page.url and look.page.url != look.visit.requested:
        return f"the neutral link ends on {look.page.url} as well"
    return ""


def _minted(scene: Scene) -> str:
    surface = scene.case.surface
    if isinstance(surface, Gateway) and surface.signed and not scene.there and not scene.there_by_click:
        return "the gateway answers only links that the platform minted"
    return ""


def _needs_browser(scene: Scene) -> str:
    look = scene.subject
    if look is None or look.page is None or scene.there:
        return ""
    if look.kind is Kind.FORWARD and look.page.jumps_to(scene.target.url):
        return f"{look.page.host} forwards to the target in a way that only a browser follows"
    if look.needs_script and not _replaces(scene):
        return f"{look.page.host} answers with a page that only a browser can read"
    return ""


def _replaces(scene: Scene) -> bool:
    """Whether it stands where HTTP alone reads the target's page, so that it is another, whatever it would draw."""
    look, control = scene.subject, scene.control
    in_place = look is not None and look.answerer is Answerer.TARGET and scene.arrival is Arrival.ELSEWHERE
    return in_place and control is not None and not control.needs_script and control.visit.executor is Executor.HTTP


def _unsettled(scene: Scene) -> str:
    look = scene.subject
    if look is None or look.visit.settled or scene.there or scene.there_by_click:
        return ""
    return "the page was still moving on when the time was up"


_NO, _DOWN, _GATED = Verdict.INCONCLUSIVE, Verdict.DOWN, Verdict.GATED

GATES: tuple[Gate, ...] = (
    Gate("skipped", Verdict.SKIPPED, None, "The scenario's owner has no account for it.", _skipped),
    Gate("blind", _NO, Cause.HARNESS_BLIND, "There was no way to probe.", _blind),
    Gate("probe-failed", _NO, Cause.HARNESS_BLIND, "The probe failed, and not the link.", _probe_failed),
    Gate("target-down", _DOWN, Cause.TARGET_DOWN, "The target fails without the platform.", _direct_in(Footing.DOWN)),
    Gate(
        "target-challenges",
        _NO,
        Cause.CHALLENGE,
        "The target asks for a proof of being human without the platform.",
        _direct_in(Footing.CHALLENGED),
    ),
    Gate(
        "target-refuses",
        _GATED,
        Cause.TARGET_GATE,
        "The target refuses our visits without the platform.",
        _direct_in(Footing.REFUSES),
    ),
    Gate("target-limits", _NO, Cause.HARNESS_BLIND, "The target says we ask too often.", _direct_in(Footing.LIMITED)),
    Gate(
        "target-changed",
        _NO,
        Cause.TARGET_CHANGED,
        "The target no longer shows what it is known by.",
        _direct_in(Footing.CHANGED),
    ),
    Gate("target-unsteady", _DOWN, Cause.TARGET_DOWN, "The target fails at times without the platform.", _unsteady),
    Gate(
        "target-challenges-at-times",
        _GATED,
        Cause.TARGET_GATE,
        "The target asks for a proof of being human at times without the platform.",
        _challenges_at_times,
    ),
    Gate(
        "target-challenges-here",
        _NO,
        Cause.CHALLENGE,
        "The target's own host asks this visit for a proof of being human.",
        _challenges_here,
    ),
    Gate(
        "no-control", _NO, Cause.HARNESS_BLIND, "Nothing shows what the link does without the platform.", _uncontrolled
    ),
    Gate("unsent", _NO, Cause.HARNESS_BLIND, "The platform's answer concerns our sending and not the link.", _unsent),
    Gate("send-fails-for-all", _NO, Cause.HARNESS_BLIND, "Nothing can be sent at the moment.", _send_failed),
    Gate("unseen", _NO, Cause.HARNESS_BLIND, "What the recipient gets cannot be seen.", _unseen),
    Gate("minted", _NO, Cause.HARNESS_BLIND, "Only the platform can make a link this gateway answers.", _minted),
    Gate("platform-down", _NO, None, "The surface fails for the neutral link as well.", _fails_for_all),
    Gate("sent-home", _NO, Cause.HARNESS_BLIND, "The gateway leads every link to one page of its own.", _sent_home),
    Gate(
        "login-for-all",
        _NO,
        Cause.LOGIN_WALL,
        "The surface asks everybody for a login.",
        _walled_for_all(Kind.LOGIN, "a login is asked"),
    ),
    Gate(
        "challenge-for-all",
        _NO,
        Cause.CHALLENGE,
        "The surface asks for a proof of being human whatever the link.",
        _walled_for_all(Kind.CHALLENGE, "a proof of being human is asked"),
    ),
    Gate("unsettled", _NO, Cause.HARNESS_BLIND, "The visit did not come to rest.", _unsettled),
    Gate("needs-browser", _NO, Cause.HARNESS_BLIND, "HTTP alone cannot read the page.", _needs_browser),
)
"""In order: what is our own, what is the target's, what is the platform's for everybody, what we could not see."""
