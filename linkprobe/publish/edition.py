"""Everything one publication is made from: a round, its cells, its evidence, and the rounds before it."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from linkprobe.audit.measure import Measurements
from linkprobe.model import Case, Cell, Measurement, Observation, Platform, Policy, Target
from linkprobe.publish.folder import PublishError
from linkprobe.publish.names import round_folder
from linkprobe.publish.shelf import Shelf
from linkprobe.store import RoundRecord, Store

Key = tuple[str, str, str, str]
STRIP = 30
"""Rounds that a cell's history shows; the rest stand in the data."""

LONGEST_NAME = 120
"""Characters of a name; a longer one is no name, and headings are made of names."""


class Past(NamedTuple):
    """A cell as an earlier round had it."""

    record: RoundRecord
    cell: Cell


class Frame(NamedTuple):
    """What the frame of a page says of its round."""

    mode: str
    world: str
    rules: int


class Edition:
    """One round as it is published. `rounds` are all judged rounds up to this one, oldest first."""

    def __init__(self, store: Store, record: RoundRecord, policies: tuple[Policy, ...] = (), day: str = "") -> None:
        self._store = store
        self.record = record
        self.policies = policies
        """What platforms are held against on their pages."""
        self.day = day or record.started[:10]
        """The day the round speaks of, ISO 8601."""
        self.cells = _ordered(store.cells(record.id))
        self.cases: dict[Key, Case] = {case.key: case for case in store.cases(record.id)}
        self.rounds = _until(store.rounds(), record)

    @cached_property
    def shelf(self) -> Shelf:
        """What was seen."""
        return Shelf(self._store, self.record.id)

    @cached_property
    def _measurements(self) -> Measurements:
        return Measurements(self.shelf, self.record.id)

    @property
    def observed(self) -> int:
        """How many observations the round has by now."""
        return self._store.stored(self.record.id)

    def prepare(self) -> None:
        """Works out what all cells need, so that processes forked from this one need the store's evidence only."""
        _ = (self._measurements, self.history, self.platforms, self.targets)

    @cached_property
    def cells_of(self) -> dict[str, tuple[Cell, ...]]:
        """The cells of each round, by its id."""
        earlier = {record.id: _ordered(self._store.cells(record.id)) for record in self.rounds[:-1]}
        return earlier | {self.record.id: self.cells}

    @cached_property
    def history(self) -> dict[Key, tuple[Past, ...]]:
        """Each cell through the rounds, oldest first, this one last."""
        found: dict[Key, list[Past]] = {}
        for record in self.rounds:
            for cell in self.cells_of[record.id]:
                found.setdefault(cell.key, []).append(Past(record, cell))
        return {key: tuple(pasts[-STRIP:]) for key, pasts in found.items()}

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        """The platforms of the round's cells as its cases describe them, in the cells' order."""
        return {cell.platform: self.cases[cell.key].platform for cell in self.cells if cell.key in self.cases}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The targets of the round's cells as its cases describe them, in the cells' order."""
        return {cell.target: self.cases[cell.key].target for cell in self.cells if cell.key in self.cases}

    @property
    def frame(self) -> Frame:
        """What every page says of the round."""
        return Frame(self.record.mode, self.world, self.record.rules or 0)

    @property
    def folder(self) -> str:
        """Where the round stands for good."""
        return round_folder(self.record.id)

    @property
    def when(self) -> str:
        """When the round was over; its beginning where it was not finished. UTC, ISO 8601."""
        return self.record.finished or self.record.started

    @property
    def simulated(self) -> bool:
        """Whether all this happened in the lab."""
        return self.record.mode == "lab"

    @property
    def world(self) -> str:
        """The lab's world by its name; a file of one's own is not told by where it lies."""
        return self.record.world.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".yaml").removesuffix(".yml")

    def measurement(self, cell: Cell) -> Measurement | None:
        """The attempt whose evidence the cell rests on; None where nothing of it is kept."""
        case = self.cases.get(cell.key)
        attempts = self._measurements.of(case) if case else ()
        return max(attempts, key=lambda attempt: _support(attempt, cell), default=None)

    @cached_property
    def _earlier(self) -> tuple[dict[str, Platform], dict[str, Target]]:
        """Platforms and targets as earlier rounds knew them, the last word counting."""
        cases = [case for record in self.rounds[:-1] for case in self._store.cases(record.id)]
        return {case.platform.id: case.platform for case in cases}, {case.target.id: case.target for case in cases}

    def _platform(self, platform_id: str) -> Platform | None:
        return self.platforms.get(platform_id) or self._earlier[0].get(platform_id)

    def platform_name(self, platform_id: str) -> str:
        """What people call the platform."""
        platform = self._platform(platform_id)
        return _name(platform.name if platform else "", platform_id)

    def surface_name(self, platform_id: str, surface_id: str) -> str:
        """What people call the surface."""
        platform = self._platform(platform_id)
        surface = platform.places.get(surface_id) if platform else None
        return _name(surface.title if surface else "", surface_id)

    def target_name(self, target_id: str) -> str:
        """What people call the target."""
        target = self.targets.get(target_id) or self._earlier[1].get(target_id)
        return _name(target.name if target else "", target_id)


def _name(given: str, id: str) -> str:
    name = given or id
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def chosen(store: Store, round_id: str) -> RoundRecord:
    """The round of this id, or the last one that is finished and judged. Raises `PublishError` without one."""
    if round_id:
        record = store.round(round_id)
        if record.rules is None:
            raise PublishError(f"round {record.id} is not judged yet: linkprobe judge {record.id} does that")
        return record
    found = newest(store)
    if found is None:
        raise PublishError(f"there is no judged round in {store.results}: linkprobe audit makes one")
    return found


def newest(store: Store) -> RoundRecord | None:
    """The last round that is judged, a finished one before any other."""
    judged = [record for record in store.rounds() if record.rules is not None]
    finished = [record for record in judged if record.finished]
    return (finished or judged)[-1] if judged else None


def _until(records: tuple[RoundRecord, ...], last: RoundRecord) -> tuple[RoundRecord, ...]:
    earlier = [r for r in records if r.rules is not None and (r.started, r.id) < (last.started, last.id)]
    return (*earlier, last)


def _ordered(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(sorted(cells, key=lambda cell: cell.key))


def _support(attempt: Measurement, cell: Cell) -> tuple[bool, int, int]:
    """How well the attempt bears the cell out: by its verdict, by its evidence, the earlier the better."""
    number = attempt.attempt - 1
    agrees = number < len(cell.seen) and cell.seen[number] is cell.verdict
    held = sum(digest in cell.evidence for digest in _digests(attempt.subject))
    return (agrees, held, -attempt.attempt)


def _digests(observation: Observation) -> Iterator[str]:
    visit = observation.visit
    while visit is not None:
        yield from (page.digest for page in (visit.page,) if page)
        visit = visit.clicked
