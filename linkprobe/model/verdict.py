"""What is concluded: findings, judgements of one attempt, and the cells of the matrix."""

import msgspec

from linkprobe.model.catalogue import Case
from linkprobe.model.observation import Observation
from linkprobe.model.words import Cause, Fairness, Plane, Role, Verdict


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt at a cell: the subject and the controls it is compared with.

    `direct` holds one or more takes of the target without the platform; `as_crawler` is the target asked, without the
    platform, by what fetches its previews; `neutral` is the harmless link through the
    same surface and `neutral_direct` the same link without it. `again` holds what HTTP found of the target in this
    attempt where `direct` or `as_app` is of an earlier one. Controls that were not taken are empty or None.
    """

    case: Case
    subject: Observation
    direct: tuple[Observation, ...] = ()
    as_app: Observation | None = None
    as_crawler: Observation | None = None
    neutral: Observation | None = None
    neutral_direct: Observation | None = None
    again: tuple[Observation, ...] = ()
    attempt: int = 1


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What happened to the link, on which plane, by which rule, on what evidence.

    `uniform`: the neutral link is treated so too; None where there is no usable neutral control.
    """

    plane: Plane
    cause: Cause
    rule: str
    evidence: str
    uniform: bool | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The verdict on one attempt. `reason` says in words why, above all where there is no verdict.

    `planes` holds what is known of each plane; a plane the surface lacks or that was not reached is absent.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    planes: dict[Plane, Verdict] = {}

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The findings' causes, gravest first, each once."""
        ordered = sorted(self.findings, key=lambda finding: -finding.cause.facts.severity)
        return tuple(dict.fromkeys(finding.cause for finding in ordered))


class Cell(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One cell of the matrix: what all attempts at it add up to.

    `attempts` counts the judged attempts; `flapping` says that they disagree, and then there is no verdict.
    `evidence` lists the digests of bodies and screenshots of the deciding attempt, subject first.
    """

    platform: str
    surface: str
    target: str
    url: str
    vantage: str
    category: str
    role: Role
    verdict: Verdict
    owner: str = ""
    """The target's owner."""
    reason: str = ""
    causes: tuple[Cause, ...] = ()
    planes: dict[Plane, Verdict] = {}
    fairness: tuple[Fairness, ...] = ()
    findings: tuple[Finding, ...] = ()
    attempts: int = 1
    flapping: bool = False
    seen: tuple[Verdict, ...] = ()
    """The verdict of each attempt, in order."""
    evidence: tuple[str, ...] = ()
    expect: Verdict | None = None
    known: Verdict | None = None
    known_causes: tuple[Cause, ...] = ()
    known_note: str = ""
    scenario: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Platform, surface, target and vantage ids."""
        return (self.platform, self.surface, self.target, self.vantage)
