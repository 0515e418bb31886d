"""Rules on the way to the target: what must be clicked, waited for, or run as a script; and ways that end nowhere."""

from collections.abc import Iterator

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.delay import delayed, toll
from linkprobe.judge.hosts import Answerer
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.judge.rule import Evidence, Rule, Test, needs
from linkprobe.judge.rules.stopped import (
    FOREIGN,
    PAGE,
    Place,
    at_platform,
    describe,
    elsewhere,
    forwards,
    way_on,
)
from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Executor, HopWay
from linkprobe.page.address import host_of

NO_CONTENT = (204, 205)
WAIT = 1.5
"""Seconds a page must stand before it moves on by itself to count as shown rather than passed through."""


def _clicked_away(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is not None and look.page is not None and scene.there_by_click:
        label = look.pressed.text if look.pressed else ""
        pressed = f"“{label}” had to be pressed" if label else "a button had to be pressed"
        yield f"{describe(look)}; {pressed} before {host_of(scene.target.url)} opened"


def _way_on(place: Place) -> Test:
    """A page that was not clicked but has a control whose address is the target's, or is built like one."""

    def test(scene: Scene) -> Iterator[str]:
        look = place(scene)
        if look is None or look.page is None or look.likeliest.kind is Kind.AUTO or forwards(scene, look.page):
            return
        label = way_on(scene, look)
        if label and (look.likeliest.kind is not Kind.CONTENT or not look.is_rich):
            yield f"{describe(look)}; “{label}” on it leads to {host_of(scene.target.url)}"
        elif look.likeliest.kind is Kind.LEAVING and look.pressed is None and scene.clicked is None:
            yield describe(look)

    return test


def _waited(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is not None and scene.there and scene.stood >= WAIT:
        here, there = max(scene.moves, key=lambda pair: pair[1].at - pair[0].at - pair[0].took)
        yield f"{host_of(here.url)} stood for {scene.stood:.1f} s before it moved on to {host_of(there.url)} by itself"


def _counts_down(place: Place) -> Test:
    """A page that says it will move on to the target and was left before it did."""

    def test(scene: Scene) -> Iterator[str]:
        look = place(scene)
        if look is None or look.page is None or look.likeliest.kind is not Kind.AUTO:
            return
        jumps = look.page.jumps_to(scene.target.url)
        yield describe(look) + (f"; it moves on after {jumps[0].seconds:.0f} s" if jumps else "")

    return test


def _by_script_only(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is not None and scene.there and scene.moves and look.visit.executor is Executor.BROWSER:
        here, there = scene.moves[-1]
        if there.way is HopWay.SCRIPT:
            yield f"{host_of(here.url)} leads on to {host_of(there.url)} by a script"


def _fails(at: Answerer) -> Test:
    def test(scene: Scene) -> Iterator[str]:
        look = scene.subject
        if look is None or look.visit.failure is None or scene.arrival is not Arrival.NOWHERE:
            return
        if (look.struck is Answerer.PLATFORM) is (at is Answerer.PLATFORM) and not _does_nothing(look):
            failure = look.visit.failure
            yield f"{failure.kind.value} at {host_of(failure.url or look.visit.requested)}, and no page"

    return test


def _dead(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is not None and not scene.there and not scene.there_by_click and _does_nothing(look):
        yield f"{host_of(look.visit.landed or look.visit.requested)} takes the click and nothing opens"


def _does_nothing(look: Look) -> bool:
    """Whether the link was followed and its visitor stayed where he was."""
    last = look.visit.hops[-1] if look.visit.hops else None
    if look.visit.page is None:
        return last is not None and last.status in NO_CONTENT
    after = look.visit.clicked
    return look.pressed is not None and (after is None or not after.hops or after.landed == look.visit.landed)


def _late(scene: Scene) -> Iterator[str]:
    look = scene.subject
    if look is None or scene.is_yardstick or not scene.there or scene.stood >= WAIT:
        return
    others = scene.other.timings if scene.other is not None else ()
    evidence = delayed(scene.timings, toll(others))
    if evidence is not None and (others or scene.other is None):
        yield evidence


RULES = (
    Rule(
        "button-before-target",
        Cause.INTERSTITIAL_CLICK,
        "The target opens only after a button was pressed on a page that does not come up without the platform.",
        needs(*PAGE),
        _clicked_away,
    ),
    Rule(
        "way-on-at-platform",
        Cause.INTERSTITIAL_CLICK,
        "The platform's page holds a control whose address is the target's.",
        needs(*PAGE),
        _way_on(at_platform),
    ),
    Rule(
        "way-on-in-place",
        Cause.INTERSTITIAL_CLICK,
        "A page in the target's place holds a control whose address is the target's.",
        needs(*FOREIGN),
        _way_on(elsewhere),
    ),
    Rule(
        "moved-on-by-itself",
        Cause.INTERSTITIAL_AUTO,
        "A page other than the target's stood long enough to be read and then moved on by itself.",
        needs(*PAGE),
        _waited,
    ),
    Rule(
        "counts-down-at-platform",
        Cause.INTERSTITIAL_AUTO,
        "The platform's page shows a notice and holds a timed forward to the target.",
        needs(*PAGE),
        _counts_down(at_platform),
    ),
    Rule(
        "counts-down-in-place",
        Cause.INTERSTITIAL_AUTO,
        "A page in the target's place shows a notice and holds a timed forward to the target.",
        needs(*FOREIGN),
        _counts_down(elsewhere),
    ),
    Rule(
        "by-script-only",
        Cause.SCRIPT_ONLY,
        "The last step to the target was made by a script on another page, so that nothing arrives without scripts.",
        needs(*PAGE),
        _by_script_only,
    ),
    Rule(
        "later-than-others",
        Cause.DELAYED,
        "In every attempt the target comes later through the platform than without it; the neutral link does not.",
        needs(*PAGE, Evidence.OTHERS),
        _late,
    ),
    Rule(
        "fails-at-platform",
        Cause.NEVER_ARRIVED,
        "The connection to the platform fails for this link, while the neutral link gets its page there.",
        needs(Evidence.VISIT, Evidence.DIRECT, Evidence.NEUTRAL),
        _fails(Answerer.PLATFORM),
    ),
    Rule(
        "fails-on-the-way",
        Cause.NEVER_ARRIVED,
        "The connection to the target fails through the platform and works without it and with this client.",
        needs(Evidence.VISIT, Evidence.DIRECT, Evidence.NEUTRAL, Evidence.CLIENT),
        _fails(Answerer.TARGET),
    ),
    Rule(
        "click-does-nothing",
        Cause.DEAD_CLICK,
        "The link, or what should lead on to it, was clicked; nothing failed and nothing opened.",
        needs(Evidence.VISIT, Evidence.DIRECT, Evidence.CLIENT),
        _dead,
    ),
)
