"""Rules of the send plane: whether the platform takes the message and keeps it."""

from collections.abc import Iterator

from linkprobe.judge.rule import Evidence, Rule, needs
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, SendOutcome, Sent


def _refused(scene: Scene) -> Iterator[str]:
    sent = scene.observation.sent
    if sent is not None and sent.outcome is SendOutcome.REFUSED:
        yield f"the platform answered the message with {answer(sent)}"


def _failed_alone(scene: Scene) -> Iterator[str]:
    sent, shown = scene.observation.sent, scene.observation.shown
    if sent is not None and sent.outcome is SendOutcome.FAILED and not (shown and shown.arrived):
        yield f"sending failed ({answer(sent)}) where the neutral link was accepted"


def _dropped(scene: Scene) -> Iterator[str]:
    sent, shown = scene.observation.sent, scene.observation.shown
    if sent is None or shown is None or sent.outcome is not SendOutcome.ACCEPTED:
        return
    if not shown.arrived and shown.failure is None and (not scene.seen_by_sender or _neutral_there(scene)):
        yield f"accepted with {answer(sent)}, and not with the recipient after {shown.waited:.1f} s"


def _neutral_there(scene: Scene) -> bool:
    """Whether the same view shows the neutral link, so that a message missing in the sender's own is missing."""
    shown = scene.other.observation.shown if scene.other else None
    return shown is not None and shown.arrived


def _removed(scene: Scene) -> Iterator[str]:
    shown = scene.observation.shown
    if shown is not None and shown.arrived and shown.still_there is False and shown.failure is None:
        yield f"with the recipient at first, and gone after {shown.waited:.1f} s"


def answer(sent: Sent) -> str:
    """The platform's answer to a send in words: status, its own code and wording."""
    parts = [
        f"status {sent.status}" if sent.status is not None else "",
        f"code {sent.code}" if sent.code else "",
        f"“{sent.wording[:160]}”" if sent.wording else "",
        sent.failure.kind.value if sent.failure else "",
    ]
    return ", ".join(part for part in parts if part) or "no further answer"


RULES = (
    Rule(
        "send-refused",
        Cause.SEND_REFUSED,
        "An answer the platform itself declares to be a refusal, other than for haste or a wrong account.",
        needs(Evidence.SENT, Evidence.ALIVE),
        _refused,
    ),
    Rule(
        "send-fails-alone",
        Cause.SEND_REFUSED,
        "The same account sends the neutral link at the same time; only this link makes the send fail.",
        needs(Evidence.SENT, Evidence.ALIVE, Evidence.NEUTRAL_SENT),
        _failed_alone,
    ),
    Rule(
        "accepted-not-delivered",
        Cause.SILENTLY_DROPPED,
        "The platform confirms the message, and a look as the recipient, which works, does not find it.",
        needs(Evidence.SENT, Evidence.SHOWN, Evidence.ALIVE),
        _dropped,
    ),
    Rule(
        "delivered-then-gone",
        Cause.REMOVED_LATER,
        "A second look as the recipient no longer finds what the first one found.",
        needs(Evidence.SHOWN, Evidence.ALIVE),
        _removed,
    ),
)
