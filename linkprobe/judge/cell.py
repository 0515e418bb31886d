"""A cell from its attempts: a finding stands only where the attempts agree; where they contradict, none does."""

from collections.abc import Iterator

import msgspec

from linkprobe.judge.delay import LEAST, Timing, suspected
from linkprobe.judge.footing import Footing
from linkprobe.judge.judge import NOTED, judge_scene
from linkprobe.judge.look import Look
from linkprobe.judge.scene import Scene, scene_of
from linkprobe.model import Cause, Cell, Executor, Judgement, Measurement, Observation, Verdict, Visit

ENOUGH = 3
"""Attempts that must agree where others of the same cell could not be judged."""


def cell(attempts: tuple[Measurement, ...]) -> Cell:
    """What all attempts at one cell add up to. There must be at least one."""
    judgements = _judged(attempts)
    deciding, verdict, reason = _agreed(judgements)
    judgement, measurement = judgements[deciding], attempts[deciding]
    case = measurement.case
    findings = judgement.findings
    return Cell(
        platform=case.platform.id,
        surface=case.surface_id,
        target=case.target.id,
        url=case.target.url,
        vantage=case.vantage.id,
        category=case.target.category,
        role=case.target.role(case.platform),
        owner=case.target.owner,
        verdict=verdict,
        reason=reason or judgement.reason,
        causes=judgement.causes,
        planes=judgement.planes,
        findings=findings,
        attempts=len(attempts),
        flapping=_flaps(judgements),
        seen=tuple(each.verdict for each in judgements),
        evidence=tuple(dict.fromkeys(_evidence(measurement))),
        expect=case.expect,
        known=case.known.verdict if case.known else None,
        known_causes=case.known.causes if case.known else (),
        known_note=case.known.note if case.known else "",
        scenario=case.scenario,
    )


def wants_more(attempts: tuple[Measurement, ...], repeat: int = 3) -> int:
    """How many further attempts the cell needs; 0 where its verdict stands.

    A finding needs `repeat` attempts that agree, and a suspected delay at least five. Attempts that could not be
    judged are made up for, up to as many again; attempts that contradict each other need no third opinion. Where
    nothing but our own failures came of the cell, it is tried again, `repeat` times in all.
    """
    judgements = _judged(attempts)
    spoken = [each for each in judgements if _speaks(each)]
    if not spoken:
        return int(len(attempts) < repeat and all(map(_failed_on_our_side, attempts)))
    if _flaps(judgements):
        return 0
    wanted = 1
    if spoken[0].verdict.is_finding:
        wanted = repeat
    elif repeat > 1 and suspected(_in_doubt(attempts)):
        wanted = LEAST
    silent = len(judgements) - len(spoken)
    return max(0, wanted - len(spoken)) if silent < repeat else 0


def accuses(attempts: tuple[Measurement, ...]) -> bool:
    """Whether a browser has seen a finding so far, with all its controls: what comes now confirms it, or does not."""
    seen = (judge_scene(scene_of(attempt)) for attempt in attempts if _by_browser(attempt))
    return any(judgement.verdict.is_finding for judgement in seen)


def _by_browser(attempt: Measurement) -> bool:
    visit = attempt.subject.visit
    return visit is not None and visit.executor is Executor.BROWSER


def _failed_on_our_side(attempt: Measurement) -> bool:
    """Whether proxy or browser broke down, which another attempt may not meet."""
    look = scene_of(attempt).subject
    return look is not None and look.blamed_on_probe


def timings(attempts: tuple[Measurement, ...]) -> tuple[Timing, ...]:
    """Seconds of each attempt in which both the link and its control opened, taken by the same means."""
    return tuple(_timings([scene_of(attempt) for attempt in attempts]))


def _in_doubt(attempts: tuple[Measurement, ...]) -> tuple[Timing, ...]:
    """The timings to suspect a delay by. The first control may have stalled; the neutral link vouches for it."""
    found = timings(attempts)
    neutral = attempts[0].neutral.visit if attempts[0].neutral is not None else None
    if len(found) != 1 or neutral is None or neutral.failure is not None:
        return found
    return (Timing(found[0].subject, min(found[0].control, neutral.seconds)),)


def _judged(attempts: tuple[Measurement, ...]) -> list[Judgement]:
    """Each attempt judged; once there are enough, each knows the timings of all."""
    scenes = [scene_of(attempt) for attempt in attempts]
    if len(scenes) >= LEAST:
        ours = tuple(_timings(scenes))
        theirs = tuple(_timings([scene.other for scene in scenes if scene.other is not None]))
        scenes = [_timed(scene, ours, theirs) for scene in scenes]
    return [judge_scene(scene) for scene in scenes]


def _timed(scene: Scene, ours: tuple[Timing, ...], theirs: tuple[Timing, ...]) -> Scene:
    other = msgspec.structs.replace(scene.other, timings=theirs) if scene.other is not None else None
    return msgspec.structs.replace(scene, timings=ours, other=other)


def _timings(scenes: list[Scene]) -> Iterator[Timing]:
    for scene in scenes:
        look, control = scene.subject, scene.without[0] if scene.without else None
        if look is None or control is None or not scene.there or scene.footings[0] is Footing.DOWN or scene.recalled:
            continue
        if look.visit.executor is control.visit.executor and control.page is not None:
            yield Timing(_waited_for(look), _waited_for(control))


def _waited_for(look: Look) -> float:
    """Seconds until the landed document, but for those in which pages on the way were drawn and left again.

    A browser with much else to do takes a second for that, and nobody holds the link back; a page that stands long
    enough to be read has a rule of its own.
    """
    drawn = sum(max(0.0, there.at - here.at - here.took) for here, there in look.moves)
    return max(0.0, look.visit.seconds - drawn)


def _speaks(judgement: Judgement) -> bool:
    return judgement.verdict not in (Verdict.INCONCLUSIVE, Verdict.SKIPPED)


def _stance(judgement: Judgement) -> tuple[Verdict, Cause | None]:
    """What attempts must agree on: the verdict, and for a finding its main cause."""
    grave = [cause for cause in judgement.causes if cause.facts.severity >= NOTED]
    return (judgement.verdict, grave[0] if judgement.verdict.is_finding and grave else None)


def _flaps(judgements: list[Judgement]) -> bool:
    return len({_stance(each) for each in judgements if _speaks(each)}) > 1


def _agreed(judgements: list[Judgement]) -> tuple[int, Verdict, str]:
    """The deciding attempt, the verdict, and a reason where that is not the attempt's own."""
    spoken = [index for index, each in enumerate(judgements) if _speaks(each)]
    if not spoken:
        return len(judgements) - 1, judgements[-1].verdict, ""
    if _flaps(judgements):
        gravest = max(spoken, key=lambda index: _gravity(judgements[index]))
        seen = ", ".join(each.verdict.value for each in judgements)
        return gravest, Verdict.INCONCLUSIVE, f"The attempts contradict each other: {seen}."
    first = judgements[spoken[0]]
    unheard = len(judgements) - len(spoken)
    if first.verdict.is_finding and unheard and len(spoken) < ENOUGH:
        why = f"Only {len(spoken)} of {len(judgements)} attempts could be judged, too few for a finding."
        return spoken[0], Verdict.INCONCLUSIVE, why
    return spoken[0], first.verdict, ""


def _gravity(judgement: Judgement) -> int:
    return max((cause.facts.severity for cause in judgement.causes), default=0)


def _evidence(measurement: Measurement) -> Iterator[str]:
    """Digests of what the deciding attempt kept, subject first."""
    arms = (
        measurement.subject,
        *measurement.direct,
        measurement.as_app,
        measurement.as_crawler,
        measurement.neutral,
        measurement.neutral_direct,
        *measurement.again,
    )
    for observation in arms:
        yield from _digests(observation)


def _digests(observation: Observation | None) -> Iterator[str]:
    visit: Visit | None = observation.visit if observation is not None else None
    while visit is not None:
        if visit.page is not None and visit.page.digest:
            yield visit.page.digest
        if visit.screenshot is not None:
            yield visit.screenshot.digest
        visit = visit.clicked
