"""The closed vocabularies: planes, verdicts, causes, roles, arms. Nothing here decides anything."""

from enum import StrEnum
from typing import NamedTuple


class Plane(StrEnum):
    """Where in a link's life something happened to it."""

    SEND = "send"
    DISPLAY = "display"
    OPEN = "open"


class Verdict(StrEnum):
    """What an honest tester would conclude about one cell; the last four say nothing against the platform."""

    OPEN = "open"
    DEGRADED = "degraded"
    SHIELDED = "shielded"
    DOWN = "down"
    GATED = "gated"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"

    @property
    def is_finding(self) -> bool:
        """Whether the cell accuses the platform of something."""
        return self in (Verdict.DEGRADED, Verdict.SHIELDED)

    @property
    def says_something(self) -> bool:
        """Whether the cell says anything about how the platform treats the link."""
        return self in (Verdict.OPEN, Verdict.DEGRADED, Verdict.SHIELDED)


class Fairness(StrEnum):
    """How a finding compares with the treatment of other links on the same surface."""

    UNIFORM = "uniform"
    DISCRIMINATORY = "discriminatory"
    JUSTIFIED = "justified"
    UNSAFE = "unsafe"


class Role(StrEnum):
    """What a target is to the platform under test."""

    RIVAL = "rival"
    OWN = "own"
    NEUTRAL = "neutral"
    CANARY = "canary-malicious"


class Arm(StrEnum):
    """One observation's part in a comparison."""

    SUBJECT = "subject"
    DIRECT = "direct"
    DIRECT_AS_APP = "direct-as-app"
    NEUTRAL = "neutral"
    DIRECT_AS_CRAWLER = "direct-as-crawler"


class Executor(StrEnum):
    """What carried out a visit."""

    HTTP = "http"
    BROWSER = "browser"


class CauseFacts(NamedTuple):
    """The plane a cause belongs to, its place on the severity ladder, the verdict it names, and its sentence."""

    plane: Plane
    severity: int
    verdict: Verdict
    sentence: str


class Cause(StrEnum):
    """Everything that can have happened to a link; closed, so that a matrix can be compared with another."""

    SEND_REFUSED = "send-refused"
    SILENTLY_DROPPED = "silently-dropped"
    REMOVED_LATER = "removed-later"
    CONTENT_REPLACED = "content-replaced"
    PLAIN_TEXT = "plain-text"
    NO_CARD = "no-card"
    STRIPPED_CARD = "stripped-card"
    DEAD_CLICK = "dead-click"
    BLOCK_PAGE = "block-page"
    COPY_ONLY = "copy-only"
    INTERSTITIAL_CLICK = "interstitial-click"
    INTERSTITIAL_AUTO = "interstitial-auto"
    APP_WALL = "app-wall"
    LOGIN_WALL = "login-wall"
    REWRITTEN_TO_SELF = "rewritten-to-self"
    DELAYED = "delayed"
    STRIPPED_PARAMETERS = "stripped-parameters"
    ADDED_PARAMETERS = "added-parameters"
    ALTERED_CONTENT = "altered-content"
    NEVER_ARRIVED = "never-arrived"
    SCRIPT_ONLY = "script-only"
    BOT_DIVERGENCE = "bot-divergence"
    CHALLENGE = "challenge"
    TARGET_DOWN = "target-down"
    TARGET_CHANGED = "target-changed"
    TARGET_GATE = "target-gate"
    HARNESS_BLIND = "harness-blind"

    @property
    def facts(self) -> CauseFacts:
        """The cause's plane, severity, verdict and sentence."""
        return CAUSES[self]


_S, _D, _O = Plane.SEND, Plane.DISPLAY, Plane.OPEN

CAUSES: dict[Cause, CauseFacts] = {
    Cause.SEND_REFUSED: CauseFacts(_S, 90, Verdict.SHIELDED, "The platform refuses to take the message with the link."),
    Cause.SILENTLY_DROPPED: CauseFacts(
        _S, 92, Verdict.SHIELDED, "The platform says it sent the message, and the recipient never gets it."
    ),
    Cause.REMOVED_LATER: CauseFacts(
        _S, 88, Verdict.SHIELDED, "The message arrives and is deleted by the platform afterwards."
    ),
    Cause.CONTENT_REPLACED: CauseFacts(_D, 86, Verdict.SHIELDED, "The recipient gets another text where the link was."),
    Cause.PLAIN_TEXT: CauseFacts(_D, 30, Verdict.DEGRADED, "The link arrives as dead text and cannot be clicked."),
    Cause.NO_CARD: CauseFacts(
        _D,
        20,
        Verdict.DEGRADED,
        "The link has no preview card although the target offers one and others get theirs.",
    ),
    Cause.STRIPPED_CARD: CauseFacts(
        _D, 18, Verdict.DEGRADED, "The preview card lacks what the target offers and others keep."
    ),
    Cause.DEAD_CLICK: CauseFacts(_O, 84, Verdict.SHIELDED, "The link looks clickable and a click does nothing."),
    Cause.BLOCK_PAGE: CauseFacts(
        _O, 80, Verdict.SHIELDED, "A page of the platform's takes the target's place, with no way on."
    ),
    Cause.COPY_ONLY: CauseFacts(
        _O, 60, Verdict.DEGRADED, "The platform offers only to copy the address and open it elsewhere."
    ),
    Cause.INTERSTITIAL_CLICK: CauseFacts(
        _O, 50, Verdict.DEGRADED, "A warning page stands before the target and must be clicked away."
    ),
    Cause.INTERSTITIAL_AUTO: CauseFacts(
        _O, 40, Verdict.DEGRADED, "A warning page stands before the target and continues by itself."
    ),
    Cause.APP_WALL: CauseFacts(_O, 58, Verdict.DEGRADED, "The platform asks for an app before it opens this link."),
    Cause.LOGIN_WALL: CauseFacts(_O, 56, Verdict.DEGRADED, "The platform asks for a login before it opens this link."),
    Cause.REWRITTEN_TO_SELF: CauseFacts(
        _O, 70, Verdict.DEGRADED, "The link leads to a product of the platform's owner instead of the target."
    ),
    Cause.DELAYED: CauseFacts(_O, 35, Verdict.DEGRADED, "The platform holds this link back for longer than others."),
    Cause.STRIPPED_PARAMETERS: CauseFacts(
        _O, 25, Verdict.DEGRADED, "The link arrives without parameters or the deep path it was shared with."
    ),
    Cause.ADDED_PARAMETERS: CauseFacts(_O, 5, Verdict.OPEN, "The platform adds parameters of its own to the link."),
    Cause.ALTERED_CONTENT: CauseFacts(
        _O, 65, Verdict.DEGRADED, "The target opens with other content than without the platform."
    ),
    Cause.NEVER_ARRIVED: CauseFacts(
        _O, 82, Verdict.SHIELDED, "The link never reaches the target, which answers without the platform."
    ),
    Cause.SCRIPT_ONLY: CauseFacts(_O, 4, Verdict.OPEN, "The link reaches the target only where scripts run."),
    Cause.BOT_DIVERGENCE: CauseFacts(_O, 6, Verdict.OPEN, "Crawlers are led elsewhere than people."),
    Cause.CHALLENGE: CauseFacts(_O, 45, Verdict.DEGRADED, "A proof of being human is asked for this link only."),
    Cause.TARGET_DOWN: CauseFacts(_O, 0, Verdict.DOWN, "The target fails without the platform as well."),
    Cause.TARGET_CHANGED: CauseFacts(
        _O,
        0,
        Verdict.INCONCLUSIVE,
        "The target no longer shows what it is known by, with or without the platform.",
    ),
    Cause.TARGET_GATE: CauseFacts(_O, 0, Verdict.GATED, "The target itself turns this app's visitors away."),
    Cause.HARNESS_BLIND: CauseFacts(_O, 0, Verdict.INCONCLUSIVE, "The harness could not see what happened."),
}
