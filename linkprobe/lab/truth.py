"""What an honest tester would conclude about a cell, derived from the world file alone. Pure."""

from collections.abc import Iterable

import msgspec

from linkprobe.lab.directory import calls
from linkprobe.lab.treating import DOWN, ORDINARY_AGENT, condition, gates, treats
from linkprobe.model import (
    Case,
    Cause,
    Condition,
    Fairness,
    Gateway,
    MessageApi,
    PreviewApi,
    Role,
    ShareDialog,
    Target,
    Treatment,
    Treats,
    Verdict,
    Viewer,
    World,
)
from linkprobe.probe.message.accounts import variables, viewer_of

PERCEPTIBLE = 1.0
"""Seconds of delay below which the lab does not claim that a tester would notice."""


class Truth(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The verdict owed to a cell, the causes that must be named, those that may be, and the fairness of it."""

    verdict: Verdict
    causes: tuple[Cause, ...] = ()
    may: tuple[Cause, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    flapping: bool = False

    @property
    def severity(self) -> int:
        """Place on the ladder: 0 is open, worse is higher; compares only verdicts that say something."""
        return max((cause.facts.severity for cause in self.causes), default=0)


OPEN = Truth(verdict=Verdict.OPEN)
_BY_CAUSE: dict[Treatment, Cause] = {
    Treatment.STRIP_PARAMETERS: Cause.STRIPPED_PARAMETERS,
    Treatment.DELAY: Cause.DELAYED,
    Treatment.NO_CARD: Cause.NO_CARD,
    Treatment.STRIPPED_CARD: Cause.STRIPPED_CARD,
    Treatment.PLAIN_TEXT: Cause.PLAIN_TEXT,
    Treatment.INTERSTITIAL_AUTO: Cause.INTERSTITIAL_AUTO,
    Treatment.INTERSTITIAL_CLICK: Cause.INTERSTITIAL_CLICK,
    Treatment.COPY_ONLY: Cause.COPY_ONLY,
    Treatment.LOGIN_WALL: Cause.LOGIN_WALL,
    Treatment.APP_WALL: Cause.APP_WALL,
    Treatment.CHALLENGE: Cause.CHALLENGE,
    Treatment.REWRITE_TO_SELF: Cause.REWRITTEN_TO_SELF,
    Treatment.ALTER: Cause.ALTERED_CONTENT,
    Treatment.BLOCK_PAGE: Cause.BLOCK_PAGE,
    Treatment.SEND_REFUSED: Cause.SEND_REFUSED,
    Treatment.SILENT_DROP: Cause.SILENTLY_DROPPED,
    Treatment.REPLACE_CONTENT: Cause.CONTENT_REPLACED,
    Treatment.REMOVE_LATER: Cause.REMOVED_LATER,
    Treatment.DEAD_CLICK: Cause.DEAD_CLICK,
    Treatment.RESET: Cause.NEVER_ARRIVED,
    Treatment.ADD_PARAMETERS: Cause.ADDED_PARAMETERS,
}
_IN_DIALOG: dict[Treatment, Cause] = {
    Treatment.BLOCK_PAGE: Cause.SEND_REFUSED,
    Treatment.SEND_REFUSED: Cause.SEND_REFUSED,
    Treatment.RESET: Cause.SEND_REFUSED,
    Treatment.REPLACE_CONTENT: Cause.CONTENT_REPLACED,
    Treatment.REWRITE_TO_SELF: Cause.CONTENT_REPLACED,
    Treatment.STRIP_PARAMETERS: Cause.STRIPPED_PARAMETERS,
}
_MAY: dict[Treatment, tuple[Cause, ...]] = {
    Treatment.SHIM_SCRIPT: (Cause.SCRIPT_ONLY,),
    Treatment.SHIM_META: (Cause.SCRIPT_ONLY,),
    Treatment.INTERSTITIAL_AUTO: (Cause.SCRIPT_ONLY,),
    Treatment.PLAIN_TEXT: (Cause.NO_CARD,),
    Treatment.REPLACE_CONTENT: (Cause.NO_CARD, Cause.PLAIN_TEXT),
    Treatment.DEAD_CLICK: (Cause.NEVER_ARRIVED,),
}
_UNIFORM_SAYS_NOTHING = frozenset({Treatment.LOGIN_WALL, Treatment.CHALLENGE, Treatment.RESET})
"""Where the harmless link meets the same, the probe is logged out, challenged or cut off; nothing is about the link."""
_ONLY_BY_COMPARISON = frozenset({Treatment.DELAY, Treatment.NO_CARD, Treatment.STRIPPED_CARD})
"""No finding where the harmless link meets the same: these are worse than others, or nothing."""


def truth(world: World, case: Case, cases: Iterable[Case] = ()) -> Truth:
    """The truth about `case` in `world`; `cases` are those of the round, whose targets are its peers."""
    concluded = _concluded(world, case)
    return msgspec.structs.replace(concluded, fairness=_fairness(world, case, concluded, tuple(cases)))


def _concluded(world: World, case: Case) -> Truth:
    return _unusable(world, case) or _settled(world, case)


def _unusable(world: World, case: Case) -> Truth | None:
    """The state of the target that leaves nothing to compare with, if it is in one."""
    state = condition(world, case.target, case.vantage.id)
    if state.condition in DOWN:
        return Truth(verdict=Verdict.DOWN, causes=(Cause.TARGET_DOWN,))
    if state.condition is Condition.CHANGED and case.target.landmark:
        return _nothing(Cause.TARGET_CHANGED)
    if state.condition is Condition.CHALLENGE and not isinstance(case.surface, PreviewApi):
        return _nothing(Cause.CHALLENGE)
    if gates(state, ORDINARY_AGENT) and not isinstance(case.surface, PreviewApi):
        return Truth(verdict=Verdict.GATED, causes=(Cause.TARGET_GATE,))
    return None


def _settled(world: World, case: Case) -> Truth:
    """One verdict of the two that a flapping line may give."""
    seen = [_towards(world, case, _outcome(world, case, case.target, odd=odd)) for odd in (True, False)]
    if seen[0] == seen[1]:
        return seen[0]
    return Truth(verdict=Verdict.INCONCLUSIVE, flapping=True, may=tuple({*seen[0].causes, *seen[1].causes}))


def _outcome(world: World, case: Case, target: Target, *, odd: bool) -> Truth:
    line = treats(world, case.platform, case.surface_id, target, case.vantage.id, odd=odd)
    if line.treatment is Treatment.PLATFORM_DOWN or _blind(case, line):
        return _nothing(Cause.HARNESS_BLIND)
    if line.treatment is Treatment.SEND_REFUSED and isinstance(case.surface, PreviewApi):
        line = msgspec.structs.replace(line, treatment=Treatment.NO_CARD)
    if isinstance(case.surface, ShareDialog):
        return _of_dialog(world, case, line, odd=odd)
    if not _noticed(case, line):
        return _nothing(Cause.HARNESS_BLIND) if _own_view(case) else OPEN
    found = _weighed(world, case, line, odd=odd)
    return _nothing(Cause.HARNESS_BLIND) if found.verdict is Verdict.OPEN and _own_view(case) else found


def _of_dialog(world: World, case: Case, line: Treats, *, odd: bool) -> Truth:
    """A login or a challenge before a composer says nothing; the rest is about what the composer holds, beside the
    harmless link's."""
    if line.treatment in (Treatment.LOGIN_WALL, Treatment.CHALLENGE):
        return _nothing(_BY_CAUSE[line.treatment])
    cause = _IN_DIALOG.get(line.treatment)
    if cause is None:
        return OPEN
    if _neutral_too(world, case, line, odd=odd) is not False:
        return _nothing(Cause.HARNESS_BLIND)
    return Truth(verdict=cause.facts.verdict, causes=(cause,))


def _own_view(case: Case) -> bool:
    """Whether the sender alone looks at the message, by its declaration or because the accounts are one."""
    surface = case.surface
    if not isinstance(surface, MessageApi):
        return False
    # Every variable has a value of its own; one that an address begins with is a server's.
    servers = tuple(call.url for call in calls(surface))
    values = {
        name: f"https://{name}.example" if any(url.startswith(f"${{{name}}}") for url in servers) else name
        for name in variables(surface)
    }
    return viewer_of(surface, values) is Viewer.SENDER


def _weighed(world: World, case: Case, line: Treats, *, odd: bool) -> Truth:
    alike = _neutral_too(world, case, line, odd=odd)
    if line.treatment in _ONLY_BY_COMPARISON and alike:
        return OPEN
    if line.treatment in _UNIFORM_SAYS_NOTHING and alike is not False:
        return _nothing(_BY_CAUSE[line.treatment])
    if line.treatment is Treatment.SILENT_DROP and alike is not False:
        return _nothing(Cause.HARNESS_BLIND)
    cause = _BY_CAUSE.get(line.treatment)
    may = _MAY.get(line.treatment, ()) + ((Cause.ADDED_PARAMETERS,) if line.parameters else ())
    if cause is None:
        return Truth(verdict=Verdict.OPEN, may=may)
    return Truth(verdict=cause.facts.verdict, causes=(cause,), may=may)


def _neutral_too(world: World, case: Case, line: Treats, *, odd: bool) -> bool | None:
    """Whether the harmless link meets the same treatment; None where there is no harmless link."""
    if case.neutral is None:
        return None
    there = treats(world, case.platform, case.surface_id, case.neutral, case.vantage.id, odd=odd)
    return there.treatment is line.treatment and _noticed(case, there)


def _blind(case: Case, line: Treats) -> bool:
    """Whether there is no way to look: a link only the platform mints, or a message nobody can read back."""
    surface = case.surface
    if isinstance(surface, Gateway):
        return surface.signed
    return isinstance(surface, MessageApi) and surface.read is None and line.treatment is not Treatment.SEND_REFUSED


def _noticed(case: Case, line: Treats) -> bool:
    """Whether this surface shows the treatment to anybody who looks."""
    if line.treatment is Treatment.DELAY:
        return line.seconds >= PERCEPTIBLE
    if not isinstance(case.surface, MessageApi) or case.surface.read is None:
        return True
    if line.treatment in (Treatment.NO_CARD, Treatment.STRIPPED_CARD):
        return case.surface.read.card is not None
    return line.treatment is not Treatment.REMOVE_LATER or case.surface.read.later > 0


def _towards(world: World, case: Case, outcome: Truth) -> Truth:
    """The outcome, given whom the target itself turns away."""
    return _withheld(world, case, _gated(world, case, outcome))


def _withheld(world: World, case: Case, outcome: Truth) -> Truth:
    """A target that refuses the platform's fetcher of previews is why there is no card."""
    state = condition(world, case.target, case.vantage.id)
    if case.crawler is None or not gates(state, case.crawler.user_agent):
        return outcome
    causes = tuple(cause for cause in outcome.causes if cause not in (Cause.NO_CARD, Cause.STRIPPED_CARD))
    if causes:
        return msgspec.structs.replace(outcome, may=(*outcome.may, Cause.BOT_DIVERGENCE))
    return Truth(verdict=Verdict.OPEN, causes=(Cause.BOT_DIVERGENCE,), may=outcome.may)


def _gated(world: World, case: Case, outcome: Truth) -> Truth:
    """A target that refuses this app's visitors is gated, once the platform has let them through."""
    state = condition(world, case.target, case.vantage.id)
    agent = case.client.user_agent if case.client else ORDINARY_AGENT
    if outcome.verdict is Verdict.OPEN and gates(state, agent) and not isinstance(case.surface, PreviewApi):
        return Truth(verdict=Verdict.GATED, causes=(Cause.TARGET_GATE,))
    return outcome


def _fairness(world: World, case: Case, concluded: Truth, cases: tuple[Case, ...]) -> tuple[Fairness, ...]:
    if case.target.canary:
        return _of_canary(concluded)
    if not concluded.verdict.is_finding:
        return ()
    found = []
    if _uniform(world, case, concluded):
        found.append(Fairness.UNIFORM)
    if any(_better(_concluded(world, peer), concluded) for peer in _peers(case, cases)):
        found.append(Fairness.DISCRIMINATORY)
    return tuple(found)


def _of_canary(concluded: Truth) -> tuple[Fairness, ...]:
    if concluded.verdict is Verdict.OPEN:
        return (Fairness.UNSAFE,)
    return (Fairness.JUSTIFIED,) if concluded.verdict.is_finding else ()


def _uniform(world: World, case: Case, concluded: Truth) -> bool:
    if case.neutral is None or case.neutral.id == case.target.id:
        return False
    return _outcome(world, case, case.neutral, odd=True).causes == concluded.causes


def _peers(case: Case, cases: tuple[Case, ...]) -> list[Case]:
    """The cells this one is compared with: same surface and vantage, same category or the platform's own product."""
    return [
        other
        for other in cases
        if (other.platform.id, other.surface_id, other.vantage.id)
        == (case.platform.id, case.surface_id, case.vantage.id)
        and other.target.id != case.target.id
        and (
            other.target.role(other.platform) is Role.OWN
            or (other.target.role(other.platform) is Role.RIVAL and other.target.category == case.target.category)
        )
    ]


def _better(peer: Truth, concluded: Truth) -> bool:
    return peer.verdict.says_something and peer.severity < concluded.severity


def _nothing(cause: Cause) -> Truth:
    return Truth(verdict=Verdict.INCONCLUSIVE, may=(cause,))
