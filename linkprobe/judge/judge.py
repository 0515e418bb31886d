"""From one attempt's measurement to its judgement: the gates first, then every rule, and the worst finding names it."""

from collections.abc import Iterator

import msgspec

from linkprobe.judge.arrival import Arrival
from linkprobe.judge.dialog import dialog_of
from linkprobe.judge.footing import Footing
from linkprobe.judge.gates import GATES, LATE, Gate
from linkprobe.judge.reason import reason_of_open, reason_of_undecided, reason_why
from linkprobe.judge.rule import CONTROLS, evidence_in
from linkprobe.judge.rules import RULES
from linkprobe.judge.scene import Scene, scene_of
from linkprobe.model import Cause, Finding, Judgement, Measurement, Plane, SendOutcome, Verdict

NOTED = 10
"""Severity below which a finding is only noted and leaves the verdict open."""
_GRAVITY = (Verdict.OPEN, Verdict.DEGRADED, Verdict.SHIELDED)


def judge(measurement: Measurement) -> Judgement:
    """What one attempt shows. Total: any observation gives a judgement, and the same one every time."""
    return judge_scene(scene_of(measurement))


def judge_scene(scene: Scene) -> Judgement:
    """What a scene shows; a scene with timings of several attempts may show a delay as well."""
    for gate in GATES:
        if why := gate.shut(scene):
            return _shut(scene, gate, why)
    found = tuple(_weighed(scene, find(scene)))
    return _concluded(scene, found)


def find(scene: Scene) -> tuple[Finding, ...]:
    """What all rules find, gravest first."""
    there = evidence_in(scene)
    found = [finding for rule in RULES for finding in rule.findings(scene, there)]
    return tuple(sorted(found, key=lambda finding: -finding.cause.facts.severity))


def _weighed(scene: Scene, found: tuple[Finding, ...]) -> Iterator[Finding]:
    """The findings with `uniform` set: the same rules run over the neutral link, which needs no controls of its own."""
    if not found or scene.other is None:
        yield from found
        return
    there = evidence_in(scene.other) | CONTROLS
    theirs = {finding.cause for rule in RULES for finding in rule.findings(scene.other, there)}
    for finding in found:
        uniform = finding.cause in theirs
        known = uniform or _known(scene.other, finding.plane)
        yield msgspec.structs.replace(finding, uniform=uniform) if known else finding


def _known(other: Scene, plane: Plane) -> bool:
    """Whether it is known how the neutral link fared on this plane."""
    if other.is_dialog:
        return dialog_of(other) is not None
    sent, shown = other.observation.sent, other.observation.shown
    if plane is Plane.SEND:
        return sent is not None and sent.outcome is SendOutcome.ACCEPTED
    if plane is Plane.DISPLAY:
        return shown is not None and shown.looked and shown.failure is None
    return other.subject is not None and other.arrival is not Arrival.UNKNOWN and not other.subject.failed


def _shut(scene: Scene, gate: Gate, why: str) -> Judgement:
    findings: tuple[Finding, ...] = ()
    if gate.cause is not None:
        findings = (Finding(plane=gate.cause.facts.plane, cause=gate.cause, rule=gate.id, evidence=why),)
    return Judgement(
        verdict=gate.verdict, findings=findings, reason=f"{gate.sentence} ({why})", planes=_planes_shut(scene, gate)
    )


def _planes_shut(scene: Scene, gate: Gate) -> dict[Plane, Verdict]:
    planes = {} if scene.subject is None else {_plane_of_visit(scene): gate.verdict}
    if scene.observation.sent is not None and scene.observation.sent.outcome is SendOutcome.ACCEPTED:
        planes[Plane.SEND] = Verdict.OPEN
    return planes


def _concluded(scene: Scene, found: tuple[Finding, ...]) -> Judgement:
    grave = [finding for finding in found if finding.cause.facts.severity >= NOTED]
    if grave:
        verdict = max((finding.cause.facts.verdict for finding in grave), key=_GRAVITY.index)
        return Judgement(verdict=verdict, findings=found, reason=reason_why(grave), planes=_planes(scene, grave))
    for gate in LATE:
        if why := gate.shut(scene):
            return _shut(scene, gate, why)
    if refused := _gated(scene):
        return _no_verdict(scene, Verdict.GATED, Cause.TARGET_GATE, "target-refuses-app", refused)
    if not _opens(scene):
        return _no_verdict(scene, Verdict.INCONCLUSIVE, Cause.HARNESS_BLIND, "undecided", reason_of_undecided(scene))
    return Judgement(verdict=Verdict.OPEN, findings=found, reason=reason_of_open(scene), planes=_planes(scene, []))


def _gated(scene: Scene) -> str:
    """How the target itself refuses this surface's client, in words; empty if it does not."""
    if scene.is_dialog:
        return ""
    if Arrival.GATE in (scene.arrival, scene.arrival_by_click):
        return "the target shows this client the same page without the platform"
    if scene.arrival is Arrival.NOWHERE and scene.app_footing is Footing.DOWN:
        return "the target fails for this client without the platform as well"
    return ""


def _opens(scene: Scene) -> bool:
    if scene.subject is None:
        return scene.observation.shown is not None
    if scene.is_dialog:
        dialog = dialog_of(scene)
        return dialog is not None and dialog.takes_link
    if scene.arrival is Arrival.VARIANT:
        return scene.receives_app
    return scene.there


def _no_verdict(scene: Scene, verdict: Verdict, cause: Cause, rule: str, why: str) -> Judgement:
    finding = Finding(plane=cause.facts.plane, cause=cause, rule=rule, evidence=why)
    planes = _planes(scene, [])
    if scene.subject is not None:
        planes[_plane_of_visit(scene)] = verdict
    return Judgement(verdict=verdict, findings=(finding,), reason=f"{cause.facts.sentence} ({why})", planes=planes)


def _plane_of_visit(scene: Scene) -> Plane:
    """What a visit shows: a share dialog, whether a link can be sent; any other, whether it opens."""
    return Plane.SEND if scene.is_dialog else Plane.OPEN


def _planes(scene: Scene, grave: list[Finding]) -> dict[Plane, Verdict]:
    """The worst on each plane that was observed; what only the sender saw shows no plane of the recipient's well."""
    received = not scene.seen_by_sender
    seen = {
        Plane.SEND: scene.observation.sent is not None or (scene.is_dialog and scene.subject is not None),
        Plane.DISPLAY: scene.observation.shown is not None and scene.observation.shown.arrived and received,
        Plane.OPEN: scene.subject is not None and received and not scene.is_dialog,
    }
    planes = {plane: Verdict.OPEN for plane, there in seen.items() if there}
    for finding in grave:
        worse = max(planes.get(finding.plane, Verdict.OPEN), finding.cause.facts.verdict, key=_GRAVITY.index)
        planes[finding.plane] = worse
    return planes
