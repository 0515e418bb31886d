"""What became of a visit, seen from the target: arrived, a variant of it, its gate, something else, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from linkprobe.judge.compare import Comparison, compare
from linkprobe.judge.footing import FIRM
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.landmark import holds
from linkprobe.judge.look import Look

if TYPE_CHECKING:
    from linkprobe.judge.scene import Scene

LIKE = 0.05
"""Share of text, title or card in common from which a page on another domain may be the target's after all."""


class Arrival(StrEnum):
    """What became of a visit, seen from the target."""

    ARRIVED = "arrived"
    VARIANT = "variant"
    """The target's host, with other content than the control shows."""
    GATE = "gate"
    """The target's own refusal, which this client meets without the platform as well."""
    ELSEWHERE = "elsewhere"
    """Another page stands there."""
    NOWHERE = "nowhere"
    """No page at all."""
    UNKNOWN = "unknown"


THERE = (Arrival.ARRIVED, Arrival.VARIANT, Arrival.GATE)
"""The link led to its target, whatever that showed."""


Compared = Callable[[], Comparison | None]
"""The page against its control, made when it is first asked for."""


def arrival_of(scene: Scene, look: Look, made: Compared) -> Arrival:
    """What became of a visit, given its page against its control."""
    if look.page is None:
        return _without_page(scene, look)
    if look.answerer is Answerer.PLATFORM:
        return Arrival.ELSEWHERE
    if _meets_gate(scene, look):
        return Arrival.GATE
    return _with_landmark(scene, look, made) or _by_likeness(scene, look, made())


def _without_page(scene: Scene, look: Look) -> Arrival:
    if look.downloaded:
        return Arrival.ARRIVED if scene.direct is not None and scene.direct.downloaded else Arrival.UNKNOWN
    return Arrival.NOWHERE if look.failed else Arrival.UNKNOWN


def _meets_gate(scene: Scene, look: Look) -> bool:
    """Whether this is the refusal that the app's client meets without the platform."""
    gate = scene.as_app
    if gate is None or gate.page is None or scene.direct is None or scene.app_footing in FIRM:
        return False
    made = compared(look, gate, ())
    alike = made is not None and made.same_page is True
    return alike or (look.kind is gate.kind and look.kind is not Kind.CONTENT)


def _with_landmark(scene: Scene, look: Look, made: Compared) -> Arrival | None:
    """The landmark decides, except on a short page that refuses and has nothing else of the target's."""
    landmark, page = scene.target.landmark, look.page
    if landmark is None or page is None or not holds(landmark, page):
        return None
    if look.answerer is Answerer.TARGET and look.is_full:
        return Arrival.ARRIVED
    likeness = made()
    if likeness is not None and likeness.replaced and look.kind is not Kind.CONTENT:
        return Arrival.ELSEWHERE
    if look.answerer is Answerer.TARGET or (likeness is not None and likeness.same_page is True):
        return Arrival.ARRIVED
    return None


def _by_likeness(scene: Scene, look: Look, made: Comparison | None) -> Arrival:
    if made is None:
        return Arrival.UNKNOWN
    if made.same_page:
        return Arrival.ARRIVED if _bears_as_much(scene, look) else Arrival.VARIANT
    if made.replaced is None:
        return _by_form(scene, look)
    if made.replaced:
        return Arrival.ELSEWHERE
    if look.answerer is Answerer.TARGET:
        return Arrival.VARIANT
    # On a third party's host a likeness of build alone makes no variant of the target's page.
    in_common = max(made.kept or 0.0, made.title or 0.0, made.card or 0.0)
    return Arrival.UNKNOWN if in_common >= LIKE else Arrival.ELSEWHERE


def _bears_as_much(scene: Scene, look: Look) -> bool:
    """Whether no landmark is missing that the control shows."""
    landmark, control = scene.target.landmark, scene.control
    if landmark is None or control is None or control.page is None or look.page is None:
        return True
    return holds(landmark, look.page) or not holds(landmark, control.page)


def _by_form(scene: Scene, look: Look) -> Arrival:
    """Pages that cannot be compared by content: one host, one status and one type of file that is no page."""
    control = scene.control.page if scene.control else None
    page = look.page
    if page is None or control is None or look.answerer is not Answerer.TARGET:
        return Arrival.UNKNOWN
    alike = (page.status, page.content_type) == (control.status, control.content_type)
    return Arrival.ARRIVED if alike and not page.is_html else Arrival.UNKNOWN


def compared(look: Look, control: Look | None, takes: tuple[Look, ...]) -> Comparison | None:
    """The two pages compared, with another take of the control, of another body, to tell noise by."""
    if control is None or look.page is None or control.page is None:
        return None
    second = next(
        (take.page for take in takes if take.page is not None and take.page.digest != control.page.digest), None
    )
    return compare(look.page, control.page, second)
