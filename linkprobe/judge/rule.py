"""What a rule is: a stable id, a sentence why, the evidence it needs, and a test. Rules never see each other."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from linkprobe.judge.footing import Footing
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Finding, Plane, PreviewApi


class Evidence(StrEnum):
    """What must have been observed before a rule may speak.

    What the platform itself must not be blamed without is listed by each rule, so that taking a control away can
    silence a rule but never make it speak.
    """

    SENT = "sent"
    SHOWN = "shown"
    VISIT = "visit"
    PAGE = "page"
    DIALOG = "dialog"
    """A share dialog was opened, which never leads to the target: of rules on visits only its own speak."""
    ALIVE = "alive"
    """The target answers without the platform, if only with a refusal."""
    DIRECT = "direct"
    """A direct control one can compare with."""
    CLIENT = "client"
    """The target is known to receive this surface's client."""
    OUTSIDE = "outside"
    """The target was opened by this surface's client without the platform, whatever came of it."""
    OTHERS = "others"
    """How the neutral link fares is known, or the case has none."""
    NEUTRAL = "neutral"
    """The neutral link was opened on this surface and gave a page."""
    NEUTRAL_SENT = "neutral-sent"
    """The neutral link was sent on this surface and accepted."""
    FETCHER = "fetcher"
    """The target was asked by what fetches the platform's previews, or no such fetcher is known."""
    NEUTRAL_CLICKED = "neutral-clicked"
    """A click on the neutral link, in the recipient's client, led somewhere."""


CONTROLS = frozenset(
    {
        Evidence.ALIVE,
        Evidence.DIRECT,
        Evidence.CLIENT,
        Evidence.FETCHER,
        Evidence.NEUTRAL,
        Evidence.NEUTRAL_SENT,
        Evidence.NEUTRAL_CLICKED,
    }
)
"""Evidence that accuses nobody but guards against accusing wrongly; the neutral link needs none of it."""

DEAD = (Footing.DOWN, Footing.BLIND)

Test = Callable[[Scene], Iterator[str]]
"""Yields the evidence in words, once for each finding."""


class Rule(NamedTuple):
    """One way to tell one cause. `sentence` says why what is tested shows it."""

    id: str
    cause: Cause
    sentence: str
    needs: frozenset[Evidence]
    test: Test

    @property
    def plane(self) -> Plane:
        """The plane of its cause."""
        return self.cause.facts.plane

    def findings(self, scene: Scene, there: frozenset[Evidence]) -> Iterator[Finding]:
        """What the rule finds in a scene, if all it needs is `there`."""
        if self.needs <= there:
            for evidence in self.test(scene):
                yield Finding(plane=self.plane, cause=self.cause, rule=self.id, evidence=evidence)


def needs(*evidence: Evidence) -> frozenset[Evidence]:
    """The set a rule declares."""
    return frozenset(evidence)


def evidence_in(scene: Scene) -> frozenset[Evidence]:
    """What has been observed in a scene."""
    return frozenset(kind for kind, there in _PRESENT.items() if there(scene))


def _alive(scene: Scene) -> bool:
    # A preview is asked of the platform alone: that the target's page was never opened counts against nobody.
    return any(state not in DEAD for state in scene.footings) or (
        isinstance(scene.case.surface, PreviewApi) and bool(scene.footings) and Footing.DOWN not in scene.footings
    )


def _others_known(scene: Scene) -> bool:
    other = scene.other
    if other is None:
        return scene.case.neutral is None or scene.is_yardstick
    shown = other.observation.shown
    return other.subject is not None or (shown is not None and shown.looked and shown.failure is None)


def _neutral_opened(scene: Scene) -> bool:
    return scene.other is not None and scene.other.subject is not None and scene.other.subject.page is not None


def _neutral_accepted(scene: Scene) -> bool:
    sent = scene.other.observation.sent if scene.other else None
    return sent is not None and sent.outcome == "accepted"


def _neutral_clicked(scene: Scene) -> bool:
    shown = scene.other.observation.shown if scene.other else None
    return shown is not None and bool(shown.clicked)


_PRESENT: dict[Evidence, Callable[[Scene], bool]] = {
    Evidence.SENT: lambda scene: scene.observation.sent is not None,
    Evidence.SHOWN: lambda scene: scene.observation.shown is not None and scene.observation.shown.looked,
    Evidence.VISIT: lambda scene: scene.subject is not None and not scene.is_dialog,
    Evidence.PAGE: lambda scene: scene.subject is not None and scene.subject.page is not None and not scene.is_dialog,
    Evidence.DIALOG: lambda scene: scene.subject is not None and scene.is_dialog,
    Evidence.ALIVE: _alive,
    Evidence.DIRECT: lambda scene: scene.direct is not None,
    Evidence.CLIENT: lambda scene: scene.receives_app,
    Evidence.OUTSIDE: lambda scene: scene.case.client is None or scene.as_app is not None,
    Evidence.OTHERS: _others_known,
    Evidence.NEUTRAL: _neutral_opened,
    Evidence.NEUTRAL_SENT: _neutral_accepted,
    Evidence.FETCHER: lambda scene: scene.case.crawler is None or scene.as_crawler is not None,
    Evidence.NEUTRAL_CLICKED: _neutral_clicked,
}
