"""Gates for what is the target's: down, changed, challenging, refusing, with or without the platform."""

from collections.abc import Callable

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.footing import Footing
from linkprobe.judge.gates.gate import Gate
from linkprobe.judge.gates.ours import named
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, InApp, PreviewApi, Verdict
from linkprobe.page.address import host_of
from linkprobe.page.parts import MarkKind


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
    return f"{host_of(look.visit.requested)} gives {named(look.visit.failure)}"


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


_NO, _DOWN, _GATED = Verdict.INCONCLUSIVE, Verdict.DOWN, Verdict.GATED

GATES: tuple[Gate, ...] = (
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
)
"""In order of how much they explain."""
