"""Gates for what the platform does to everybody: nothing can be sent, all fails, all are asked to log in."""

from collections.abc import Callable

from linkprobe.judge.gates.gate import Gate
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.scene import Scene
from linkprobe.model import About, Cause, SendOutcome, Verdict

_UNANSWERED = {
    SendOutcome.RATE_LIMITED: "the platform says that we send too fast",
    SendOutcome.UNAUTHORISED: "the platform does not accept our account",
    SendOutcome.INDETERMINATE: "the probe died after the message may have left, and nothing is sent twice",
}
_ABOUT = {
    About.RATE: "how fast we send",
    About.ACCOUNT: "the account, and no neutral link was taken from it",
    About.UNCLEAR: "several things, and no neutral link was taken beside it",
}
_WORDED = (Kind.BLOCK, Kind.COPY, Kind.OPEN_IN_BROWSER, Kind.LEAVING, Kind.AUTO, Kind.LOGIN, Kind.APP, Kind.CHALLENGE)
"""Pages that say what they are; they are judged by what they say, for whomever they stand."""


def _unsent(scene: Scene) -> str:
    sent = scene.observation.sent
    if sent is None:
        return ""
    if sent.logging_in:
        return "the login before the message failed, and nothing was sent"
    return _UNANSWERED.get(sent.outcome, "")


def _refused_otherwise(scene: Scene) -> str:
    """Shut where the platform's own code or wording for the refusal is declared to be about something else.

    What is about the account, or unclear, is about the link after all where the neutral link passes by it.
    """
    sent = scene.observation.sent
    if sent is None or sent.outcome is not SendOutcome.REFUSED:
        return ""
    known = scene.case.platform.refusals
    said = sent.code or next((words for words in known if words in sent.wording), "")
    refusal = known.get(said)
    if refusal is None:
        return ""
    neutral = scene.other.observation.sent if scene.other else None
    passes = neutral is not None and neutral.outcome is SendOutcome.ACCEPTED
    if refusal.about is About.RATE or (refusal.about in (About.ACCOUNT, About.UNCLEAR) and not passes):
        return f"“{said}” is known to be about {_ABOUT[refusal.about]}"
    return ""


def _send_failed(scene: Scene) -> str:
    """A send that failed says something only where the neutral link's did not."""
    sent = scene.observation.sent
    if sent is None or sent.outcome is not SendOutcome.FAILED:
        return ""
    neutral = scene.other.observation.sent if scene.other else None
    if neutral is not None and neutral.outcome is SendOutcome.ACCEPTED:
        return ""
    return "sending fails, and no neutral link shows that it would work for another"


def _nothing_arrives(scene: Scene) -> str:
    """A message that is nowhere says something only beside one that arrived: we may be looking in the wrong place."""
    sent, shown = scene.observation.sent, scene.observation.shown
    if sent is None or shown is None or sent.outcome is not SendOutcome.ACCEPTED:
        return ""
    if not shown.looked or shown.arrived or shown.failure is not None:
        return ""
    neutral = scene.other.observation.shown if scene.other else None
    if neutral is None:
        return "accepted and not with the recipient, and no neutral link shows that anything would be"
    return "" if neutral.arrived else "the neutral link does not arrive either"


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
    if look is None or scene.is_dialog:
        return False
    return not scene.there and not scene.there_by_click and look.likeliest.kind is kind


def _sent_home(scene: Scene) -> str:
    """A gateway that leads every hand-made link to one page of its own says nothing about any of them."""
    look, other = scene.subject, scene.other.subject if scene.other else None
    if look is None or other is None or look.page is None or other.page is None or scene.is_dialog:
        return ""
    both = look.answerer is Answerer.PLATFORM and other.answerer is Answerer.PLATFORM
    if (
        both
        and look.likeliest.kind is Kind.CONTENT
        and look.page.url == other.page.url
        and look.page.url != look.visit.requested
    ):
        return f"the neutral link ends on {look.page.url} as well"
    return ""


_NO = Verdict.INCONCLUSIVE

SENDING: tuple[Gate, ...] = (
    Gate("unsent", _NO, Cause.HARNESS_BLIND, "The platform's answer concerns our sending and not the link.", _unsent),
    Gate(
        "refused-otherwise",
        _NO,
        Cause.HARNESS_BLIND,
        "The platform refuses the message for another reason than its link.",
        _refused_otherwise,
    ),
    Gate("send-fails-for-all", _NO, Cause.HARNESS_BLIND, "Nothing can be sent at the moment.", _send_failed),
    Gate(
        "nothing-arrives",
        _NO,
        Cause.HARNESS_BLIND,
        "Nothing is seen to arrive on this surface, whatever the link.",
        _nothing_arrives,
    ),
)
"""Where the message did not leave."""
OPENING: tuple[Gate, ...] = (
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
)
"""Where opening any link comes to the same."""
