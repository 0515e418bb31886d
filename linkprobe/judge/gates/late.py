"""Gates that are asked only where no rule has found anything: what looks well then, and shows nothing."""

from linkprobe.judge.gates.gate import Gate
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Verdict


def _own_echo(scene: Scene) -> str:
    """A client shows its own message whatever becomes of it."""
    shown = scene.observation.shown
    if shown is None or not shown.looked or not scene.seen_by_sender:
        return ""
    found = "the sender sees his own message" if shown.arrived else "the sender does not see his own message"
    return f"{found}, and nobody looked as its recipient"


def _unclicked(scene: Scene) -> str:
    shown = scene.observation.shown
    if shown is None or shown.clicked != "":
        return ""
    return "a click in the recipient's client did nothing, and no click on a neutral link shows that one would"


_NO, _BLIND = Verdict.INCONCLUSIVE, Cause.HARNESS_BLIND

GATES: tuple[Gate, ...] = (
    Gate("own-echo", _NO, _BLIND, "The sender's own view shows nothing of the recipient's.", _own_echo),
    Gate("click-unproved", _NO, _BLIND, "Nothing shows that clicks work in this client.", _unclicked),
)
