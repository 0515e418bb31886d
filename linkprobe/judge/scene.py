"""A measurement laid open for the rules: who answered each arm, what came of the link, and what it compares with."""

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property

import msgspec

from linkprobe.judge.compare import Comparison, compare
from linkprobe.judge.delay import Timing
from linkprobe.judge.footing import Footing, footing
from linkprobe.judge.hosts import Answerer, Hosts, hosts_of
from linkprobe.judge.kind import Kind
from linkprobe.judge.landmark import holds
from linkprobe.judge.look import Look
from linkprobe.model import Case, Hop, Measurement, Observation, Target, Visit

FIRM = (Footing.STANDS, Footing.WALLED)
"""Controls one can compare with."""
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


class Scene(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One link on one surface with its controls. The neutral link is a scene of its own.

    `timings` are those of all attempts so far, the neutral link's in `other`; empty while one attempt is judged.
    """

    case: Case
    target: Target
    observation: Observation
    directs: tuple[Observation, ...] = ()
    app: Observation | None = None
    other: "Scene | None" = None
    timings: tuple[Timing, ...] = ()

    @property
    def is_yardstick(self) -> bool:
        """Whether this is the neutral link itself, than which nothing can be treated worse or better."""
        return self.case.neutral is not None and self.case.neutral.id == self.target.id

    @cached_property
    def hosts(self) -> Hosts:
        """Whose host is whose; where the target landed without the platform counts as the target's."""
        visits = [take.visit for take in self.directs if take.visit is not None]
        return hosts_of(self.case, self.target, tuple(visit.landed for visit in visits if visit.landed))

    @cached_property
    def without(self) -> tuple[Look, ...]:
        """The direct takes, read."""
        return tuple(self._read(take.visit) for take in self.directs if take.visit is not None)

    @cached_property
    def footings(self) -> tuple[Footing, ...]:
        """The state of the target in each direct take."""
        return tuple(footing(look) for look in self.without)

    @cached_property
    def direct(self) -> Look | None:
        """The direct take to compare with: the first that stands, else the first that shows the target's own wall."""
        for wanted in FIRM:
            for look, state in zip(self.without, self.footings, strict=True):
                if state is wanted:
                    return look
        return None

    @cached_property
    def as_app(self) -> Look | None:
        """The target opened by the app's client without the platform."""
        return self._look(self.app)

    @cached_property
    def app_footing(self) -> Footing | None:
        """How the target receives the app's client without the platform; None where that was not tried."""
        if self.as_app is None:
            return None
        state = footing(self.as_app)
        if state is Footing.WALLED and Footing.STANDS in self.footings:
            return Footing.REFUSES
        if self.target.landmark is not None or state is not Footing.STANDS or self.direct is None:
            return state
        return state if self._takes_in() else Footing.REFUSES

    @cached_property
    def receives_app(self) -> bool:
        """Whether the target is known to receive this surface's client, so that what differs is the platform's."""
        client = self.case.client
        return client is None or self.app_footing in FIRM

    @cached_property
    def subject(self) -> Look | None:
        """The visit through the platform."""
        return self._look(self.observation)

    @cached_property
    def clicked(self) -> Look | None:
        """The visit that followed when a continue button was pressed."""
        visit = self.subject.visit.clicked if self.subject else None
        return self._read(visit) if visit else None

    @cached_property
    def control(self) -> Look | None:
        """What the subject is compared with: the same client without the platform, else the direct take."""
        return self.as_app if self.as_app and self.app_footing in FIRM else self.direct

    @cached_property
    def comparison(self) -> Comparison | None:
        """The subject's page against its control."""
        return self._compared(self.subject) if self.subject else None

    @cached_property
    def arrival(self) -> Arrival:
        """What became of the subject's visit."""
        return self._arrival(self.subject, self.comparison) if self.subject else Arrival.UNKNOWN

    @cached_property
    def arrival_by_click(self) -> Arrival:
        """What became of the visit after the continue button."""
        return self._arrival(self.clicked, self._compared(self.clicked)) if self.clicked else Arrival.UNKNOWN

    @cached_property
    def moves(self) -> tuple[tuple[Hop, Hop], ...]:
        """Moves by script or meta refresh that the target does not make of its own."""
        if self.subject is None:
            return ()
        own = any(look.moves for look in self.without)
        return tuple(
            pair for pair in self.subject.moves if self.hosts.who(pair[0].url) is not Answerer.TARGET or not own
        )

    @property
    def stood(self) -> float:
        """Seconds for which the longest-standing page was shown before it moved on by itself."""
        return max((there.at - here.at - here.took for here, there in self.moves), default=0.0)

    @property
    def there(self) -> bool:
        """Whether the link led to its target without a click."""
        return self.arrival in THERE

    @property
    def there_by_click(self) -> bool:
        """Whether it led there after a click."""
        return not self.there and self.arrival_by_click in THERE

    def _look(self, observation: Observation | None) -> Look | None:
        return self._read(observation.visit) if observation and observation.visit else None

    def _read(self, visit: Visit) -> Look:
        return Look(visit, self.hosts, self.target)

    def _takes_in(self) -> bool:
        """Whether the page shown to the app's client, which bears no landmark, is the target's and no refusal."""
        assert self.as_app is not None
        if not self.as_app.is_full and self.as_app.kind in (Kind.BLOCK, Kind.COPY, Kind.OPEN_IN_BROWSER):
            same = _compare(self.as_app, self.direct, ())
            return same is not None and same.same_page is True
        return True

    def _compared(self, look: Look) -> Comparison | None:
        """Against the first control of whose page it is another take, else against the nearest control."""
        first = None
        for control in self._controls():
            made = _compare(look, control, self._takes_of(control))
            if made is not None and made.same_page:
                return made
            first = first or made
        return first

    def _controls(self) -> tuple[Look, ...]:
        """All controls one can compare with, nearest first, those of one body once."""
        found = {
            control.page.digest: control
            for control in reversed((*((self.control,) if self.control else ()), *self._firm()))
            if control.page is not None
        }
        return tuple(reversed(found.values()))

    def _takes_of(self, control: Look) -> tuple[Look, ...]:
        """Other takes of the same client, by which what changes of itself is learnt."""
        firm = self._firm()
        return firm if control in firm else ()

    def _firm(self) -> tuple[Look, ...]:
        return tuple(look for look, state in zip(self.without, self.footings, strict=True) if state in FIRM)

    def _arrival(self, look: Look, made: Comparison | None) -> Arrival:
        if look.page is None:
            return self._without_page(look)
        if look.answerer is Answerer.PLATFORM:
            return Arrival.ELSEWHERE
        if self._meets_gate(look):
            return Arrival.GATE
        return self._with_landmark(look, made) or self._by_likeness(look, made)

    def _without_page(self, look: Look) -> Arrival:
        if look.downloaded:
            return Arrival.ARRIVED if self.direct is not None and self.direct.downloaded else Arrival.UNKNOWN
        return Arrival.NOWHERE if look.failed else Arrival.UNKNOWN

    def _meets_gate(self, look: Look) -> bool:
        """Whether this is the refusal that the app's client meets without the platform."""
        gate = self.as_app
        if gate is None or gate.page is None or self.direct is None or self.app_footing in FIRM:
            return False
        made = _compare(look, gate, ())
        alike = made is not None and made.same_page is True
        return alike or (look.kind is gate.kind and look.kind is not Kind.CONTENT)

    def _with_landmark(self, look: Look, made: Comparison | None) -> Arrival | None:
        """The landmark decides, except on a page that refuses and has nothing else of the target's."""
        landmark, page = self.target.landmark, look.page
        if landmark is None or page is None or not holds(landmark, page):
            return None
        if made is not None and made.replaced and look.kind is not Kind.CONTENT:
            return Arrival.ELSEWHERE
        if look.answerer is Answerer.TARGET or (made is not None and made.same_page is True):
            return Arrival.ARRIVED
        return None

    def _by_likeness(self, look: Look, made: Comparison | None) -> Arrival:
        if made is None:
            return Arrival.UNKNOWN
        if made.same_page:
            return Arrival.ARRIVED if self._bears_as_much(look) else Arrival.VARIANT
        if made.replaced is None:
            return self._by_form(look)
        if made.replaced:
            return Arrival.ELSEWHERE
        if look.answerer is Answerer.TARGET:
            return Arrival.VARIANT
        # On a third party's host a likeness of build alone makes no variant of the target's page.
        in_common = max(made.kept or 0.0, made.title or 0.0, made.card or 0.0)
        return Arrival.UNKNOWN if in_common >= LIKE else Arrival.ELSEWHERE

    def _bears_as_much(self, look: Look) -> bool:
        """Whether no landmark is missing that the control shows."""
        landmark, control = self.target.landmark, self.control
        if landmark is None or control is None or control.page is None or look.page is None:
            return True
        return holds(landmark, look.page) or not holds(landmark, control.page)

    def _by_form(self, look: Look) -> Arrival:
        """Pages that cannot be compared by content: one host, one status and one type of file that is no page."""
        control = self.control.page if self.control else None
        page = look.page
        if page is None or control is None or look.answerer is not Answerer.TARGET:
            return Arrival.UNKNOWN
        alike = (page.status, page.content_type) == (control.status, control.content_type)
        return Arrival.ARRIVED if alike and not page.is_html else Arrival.UNKNOWN


def scene_of(measurement: Measurement) -> Scene:
    """The scene of one attempt. A neutral link that is the subject itself is no control."""
    case = measurement.case
    other = None
    if measurement.neutral is not None and case.neutral is not None and case.neutral.id != case.target.id:
        other = Scene(
            case=case,
            target=case.neutral,
            observation=measurement.neutral,
            directs=_present((measurement.neutral_direct,)),
        )
    return Scene(
        case=case,
        target=case.target,
        observation=measurement.subject,
        directs=measurement.direct,
        app=measurement.as_app,
        other=other,
    )


def _present(observations: Iterable[Observation | None]) -> tuple[Observation, ...]:
    return tuple(one for one in observations if one is not None)


def _compare(look: Look, control: Look | None, takes: tuple[Look, ...]) -> Comparison | None:
    """The two pages compared, with another take of the control, of another body, to tell noise by."""
    if control is None or look.page is None or control.page is None:
        return None
    second = next(
        (take.page for take in takes if take.page is not None and take.page.digest != control.page.digest), None
    )
    return compare(look.page, control.page, second)
