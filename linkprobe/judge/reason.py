"""The one plain sentence that goes with a verdict: who answered, and with what."""

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.dialog import Held, dialog_of
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.landmark import holds
from linkprobe.judge.look import Look
from linkprobe.judge.scene import Scene
from linkprobe.model import Finding
from linkprobe.page.address import host_of

_WHO = {
    Answerer.PLATFORM: "the platform",
    Answerer.TARGET: "the target's own address",
    Answerer.THIRD: "a third party",
    Answerer.NOBODY: "nobody",
}


def reason_why(grave: list[Finding]) -> str:
    """Why a finding stands: its cause in words, its evidence, and how the neutral link fares."""
    worst = grave[0]
    neutral = {True: " The neutral link meets the same.", False: " The neutral link does not meet this.", None: ""}
    return f"{worst.cause.facts.sentence} {worst.evidence}.{neutral[worst.uniform]}"


def reason_of_open(scene: Scene) -> str:
    """Why a link counts as open."""
    look = scene.subject
    if look is None:
        return "The message arrives with its link, and with its card where the surface shows one."
    dialog = dialog_of(scene)
    if dialog is not None:
        where = "in its address alone" if dialog.held is Held.ADDRESS else "on the page"
        return (
            f"The share dialog at {host_of(look.visit.landed or '')} offers to write a message, with the link {where}."
        )
    by = _by(look)
    if look.page is None:
        return f"{host_of(look.visit.requested)} leads to the target's download{by}, as without the platform."
    landmark = scene.target.landmark
    bears = landmark is not None and holds(landmark, look.page)
    likeness = "it bears the landmark" if bears or scene.comparison is None else scene.comparison.reason
    what = "in another variant" if scene.arrival is Arrival.VARIANT else "with its page"
    return f"The target answers from {look.page.host} {what}{by} ({likeness})."


def reason_of_undecided(scene: Scene) -> str:
    """Why nothing can be said although no gate closed."""
    look = scene.subject
    if look is None:
        return "neither the message nor the visit showed anything"
    if scene.is_dialog and look.page is not None:
        said = f"{look.page.host} answered {look.page.status}: {look.reading.evidence}"
        return f"{said}; no composer with the link, and none without it where the neutral link has one"
    if look.page is None:
        return f"no page at {host_of(look.visit.requested)}, and the controls that could say why are missing"
    missing = "" if scene.receives_app else "; nothing shows how the target receives this client without the platform"
    said = f"{look.page.host} answered {look.page.status}: {look.reading.evidence}"
    return f"{_WHO[look.answerer]} answered, {said}{missing}"


def _by(look: Look) -> str:
    hosts = dict.fromkeys(host_of(hop.url) for hop in look.visit.hops if look.hosts.who(hop.url) is Answerer.PLATFORM)
    return f", by way of {', '.join(hosts)}" if hosts else ""
