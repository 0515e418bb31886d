"""A measurement laid open for the rules: who answered each arm, what came of the link, and what it compares with."""

from collections.abc import Iterable
from functools import cached_property

import msgspec

from linkprobe.judge.arrival import THERE, Arrival, arrival_of, compared
from linkprobe.judge.compare import Comparison
from linkprobe.judge.delay import Timing
from linkprobe.judge.footing import FIRM, Footing, footing
from linkprobe.judge.hosts import Answerer, Hosts, hosts_of
from linkprobe.judge.kind import Kind
from linkprobe.judge.look import Look
from linkprobe.model import Arm, Case, Hop, Measurement, Observation, ShareDialog, Target, Viewer, Visit


class Scene(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One link on one surface with its controls. The neutral link is a scene of its own.

    `timings` are those of all attempts so far, the neutral link's in `other`; empty while one attempt is judged.
    """

    case: Case
    target: Target
    observation: Observation
    directs: tuple[Observation, ...] = ()
    app: Observation | None = None
    crawler: Observation | None = None
    other: "Scene | None" = None
    recalled: bool = False
    """Whether a control is of an earlier attempt, so that its seconds measure nothing now."""
    timings: tuple[Timing, ...] = ()

    @property
    def is_yardstick(self) -> bool:
        """Whether this is the neutral link itself, than which nothing can be treated worse or better."""
        return self.case.neutral is not None and self.case.neutral.id == self.target.id

    @property
    def is_dialog(self) -> bool:
        """Whether a share dialog was opened, which never leads to the target."""
        return isinstance(self.case.surface, ShareDialog)

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
        """The target opened by the app's client without the platform; a surface without one needs none."""
        return self._look(self.app) if self.case.client is not None else None

    @cached_property
    def as_crawler(self) -> Look | None:
        """The target asked by what fetches this platform's previews, without the platform."""
        return self._look(self.crawler)

    @cached_property
    def crawler_footing(self) -> Footing | None:
        """How the target receives that fetcher; None where it was not tried."""
        return footing(self.as_crawler) if self.as_crawler is not None else None

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
        return arrival_of(self, self.subject, lambda: self.comparison) if self.subject else Arrival.UNKNOWN

    @cached_property
    def arrival_by_click(self) -> Arrival:
        """What became of the visit after the continue button."""
        clicked = self.clicked
        return arrival_of(self, clicked, lambda: self._compared(clicked)) if clicked else Arrival.UNKNOWN

    @cached_property
    def moves(self) -> tuple[tuple[Hop, Hop], ...]:
        """Moves by script or meta refresh that the target does not make of its own."""
        own = any(look.moves for look in self.without)
        moves = self.subject.moves if self.subject else ()
        return tuple(pair for pair in moves if not own or self.hosts.who(pair[0].url) is not Answerer.TARGET)

    @property
    def stood(self) -> float:
        """Seconds for which the longest-standing page was shown before it moved on by itself."""
        return max((there.at - here.at - here.took for here, there in self.moves), default=0.0)

    @property
    def seen_by_sender(self) -> bool:
        """Whether the message was looked at by its own sender, whose view proves nothing about the recipient's."""
        shown = self.observation.shown
        return shown is not None and shown.viewer is Viewer.SENDER

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
            # One take that anybody got is enough: a take that is lost must never make an accusation.
            made = (compared(self.as_app, take, ()) for take in self.firm)
            return any(same is not None and same.same_page is True for same in made)
        return True

    def _compared(self, look: Look) -> Comparison | None:
        """Against the control that is most like it, nearest first: one capture may have failed where another stood."""
        best: Comparison | None = None
        for control in self._controls():
            made = compared(look, control, self._takes_of(control))
            if made is not None and (best is None or _nearness(made) > _nearness(best)):
                best = made
            if best is not None and best.same_page:
                break
        return best

    def _controls(self) -> tuple[Look, ...]:
        """All controls one can compare with, nearest first, those of one body once."""
        found = {
            control.page.digest: control
            for control in reversed((*((self.control,) if self.control else ()), *self.firm))
            if control.page is not None
        }
        return tuple(reversed(found.values()))

    def _takes_of(self, control: Look) -> tuple[Look, ...]:
        """Other takes of the same client, by which what changes of itself is learnt."""
        firm = self.firm
        return firm if control in firm else ()

    @cached_property
    def firm(self) -> tuple[Look, ...]:
        """The direct takes one can compare with."""
        return tuple(look for look, state in zip(self.without, self.footings, strict=True) if state in FIRM)


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
    directs, app = _controls(measurement)
    return Scene(
        case=case,
        target=case.target,
        observation=measurement.subject,
        directs=directs,
        app=app,
        crawler=measurement.as_crawler,
        other=other,
        recalled=bool(measurement.again),
    )


def _controls(measurement: Measurement) -> tuple[tuple[Observation, ...], Observation | None]:
    """The direct takes and the one by the app's client; only those of the moment where the target no longer stands."""
    again = measurement.again
    if stands_still(measurement.case, again):
        return measurement.direct, measurement.as_app
    directs = tuple(take for take in again if take.arm is Arm.DIRECT)
    app = next((take for take in again if take.arm is Arm.DIRECT_AS_APP), measurement.as_app)
    return directs or measurement.direct, app


def stands_still(case: Case, again: Iterable[Observation]) -> bool:
    """Whether each of these visits without the platform found the case's target standing."""
    visits = (take.visit for take in again)
    return all(visit is not None and _stands(case, visit) for visit in visits)


def _stands(case: Case, visit: Visit) -> bool:
    hosts = hosts_of(case, case.target, (visit.landed,) if visit.landed else ())
    return footing(Look(visit, hosts, case.target)) is Footing.STANDS


def _present(observations: Iterable[Observation | None]) -> tuple[Observation, ...]:
    return tuple(one for one in observations if one is not None)


def _nearness(made: Comparison) -> int:
    """How much of the control is there: the same page, a variant, another page; last what cannot be compared."""
    if made.same_page:
        return 3
    return {False: 2, True: 1, None: 0}[made.replaced]
