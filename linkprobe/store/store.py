"""The store: one SQLite file and a folder of evidence. It is the truth about what is done, and it only grows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import zstandard
from sqlalchemy import Connection, Engine, Row, Select, func, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from linkprobe.model import Case, Cell, Observation
from linkprobe.store import database, schema
from linkprobe.store.evidence import Evidence
from linkprobe.store.failure import StoreError, explained
from linkprobe.store.packing import refill_bodies, unpack_bodies
from linkprobe.store.record import Begun, RoundRecord
from linkprobe.store.task import Task

_PAGE = 200
"""Observations read at a time; bounds memory, and lets others write in between."""


class Store:
    """A results folder, opened. Several processes may have it open; within one it serves one thread.

    Every method raises `StoreError` where the folder cannot be read or written.
    """

    def __init__(self, results: Path, engine: Engine) -> None:
        self.results = results
        self._engine = engine
        self._evidence = Evidence(results / "evidence")

    @classmethod
    def open(cls, results: Path, *, create: bool = True) -> Self:
        """Opens the store in `results`; with `create` makes it where there is none yet."""
        with explained(results):
            if create:
                results.mkdir(parents=True, exist_ok=True)
            elif not (results / database.FILE).exists():
                raise StoreError(
                    f"there are no results in {results}: run linkprobe audit first, or name their --results"
                )
            store = cls(results, database.connect(results))
        store._prepare()
        return store

    def _prepare(self) -> None:
        try:
            with self._write() as connection:
                schema.prepare(connection)
        except StoreError:
            self.close()
            raise

    def close(self) -> None:
        """Gives the file back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Rounds

    def begin_round(self, record: RoundRecord) -> None:
        """Enters a new round. Raises `StoreError` where its id is taken."""
        text = _text(msgspec.structs.replace(record, finished=None, rules=None))
        row = {"id": record.id, "started": record.started, "record": text}
        with self._write() as connection:
            if not connection.execute(insert_or(schema.rounds).values(row).on_conflict_do_nothing()).rowcount:
                raise StoreError(f"round {record.id} is already in {self.results}: go on with linkprobe audit --resume")

    def finish_round(self, round_id: str, when: str) -> None:
        """Marks the round as finished at `when` (UTC, ISO 8601); the first mark stands."""
        row = {"round_id": round_id, "at": when}
        with self._write() as connection:
            connection.execute(insert_or(schema.round_ends).values(row).on_conflict_do_nothing())

    def round(self, round_id: str) -> RoundRecord:
        """The round of this id. Raises `StoreError` where there is none."""
        found = self._records(_ROUNDS.where(schema.rounds.c.id == round_id))
        if not found:
            raise StoreError(f"there is no round {round_id!r} in {self.results}: linkprobe status lists the rounds")
        return found[0]

    def rounds(self) -> tuple[RoundRecord, ...]:
        """All rounds, oldest first."""
        return self._records(_ROUNDS)

    def latest(self, *, finished: bool | None = None) -> RoundRecord | None:
        """The round begun last, among all or only the finished or unfinished ones."""
        records = [r for r in self.rounds() if finished is None or finished == (r.finished is not None)]
        return records[-1] if records else None

    def keep_cases(self, round_id: str, cases: tuple[Case, ...]) -> None:
        """Freezes the round's cases as they are now; the first set kept stands."""
        row = {"round_id": round_id, "cases": zstandard.compress(msgspec.json.encode(cases), 6)}
        with self._write() as connection:
            connection.execute(insert_or(schema.case_sets).values(row).on_conflict_do_nothing())

    def cases(self, round_id: str) -> tuple[Case, ...]:
        """The round's cases as they were when it began; empty where none were kept."""
        query = select(schema.case_sets.c.cases).where(schema.case_sets.c.round_id == round_id)
        with self._read() as connection:
            packed = connection.scalar(query)
        if packed is None:
            return ()
        return msgspec.json.decode(zstandard.decompress(packed), type=tuple[Case, ...])

    # Probes

    def begin(self, task: Task) -> Begun:
        """Writes down that the probe begins, durably before this returns, and says whether it is the first time.

        A task that sends and began before is not entered again, for it must not begin again.
        """
        earlier = select(func.count()).where(schema.beginnings.c.task_key == task.key)
        with self._write() as connection:
            again = bool(connection.scalar(earlier))
            if again and task.sends:
                return Begun.INDETERMINATE
            connection.execute(insert(schema.beginnings).values(_row(task)))
        return Begun.REPEATED if again else Begun.FRESH

    def append(self, task: Task, observation: Observation) -> None:
        """Stores what was seen, durably before this returns. A second result is kept beside the first, which stands."""
        with explained(self.results):
            light = unpack_bodies(observation, self._evidence.keep)
        row = _row(task) | {"body": _text(light)}
        with self._write() as connection:
            if not connection.execute(insert_or(schema.observations).values(row).on_conflict_do_nothing()).rowcount:
                connection.execute(insert(schema.late).values(row))

    def find(self, task: Task, *, bodies: bool = True) -> Observation | None:
        """What was seen when `task` was done; None where it was not done to its end."""
        query = select(schema.observations.c.body).where(schema.observations.c.task_key == task.key)
        with self._read() as connection:
            text = connection.scalar(query)
        return None if text is None else self._observation(text, bodies)

    def observed(self, round_id: str) -> frozenset[str]:
        """The keys of the round's tasks that were done to their end."""
        table = schema.observations
        with self._read() as connection:
            return frozenset(connection.scalars(select(table.c.task_key).where(table.c.round_id == round_id)))

    def observations(self, round_id: str, *, bodies: bool = True) -> Iterator[tuple[Task, Observation]]:
        """Everything seen in the round, in the order it was stored."""
        table, after = schema.observations, 0
        while rows := self._rows(
            select(table.c.seq, table.c.task, table.c.body)
            .where(table.c.round_id == round_id, table.c.seq > after)
            .order_by(table.c.seq)
            .limit(_PAGE)
        ):
            for row in rows:
                yield msgspec.json.decode(row.task, type=Task), self._observation(row.body, bodies)
            after = rows[-1].seq

    def begun(self, round_id: str) -> int:
        """How many different probes of the round have begun."""
        table = schema.beginnings
        return self._count(select(func.count(table.c.task_key.distinct())).where(table.c.round_id == round_id))

    def stored(self, round_id: str) -> int:
        """How many probes of the round have their result stored."""
        table = schema.observations
        return self._count(select(func.count()).where(table.c.round_id == round_id))

    def body(self, digest: str) -> bytes:
        """The body or image with this SHA-256. Raises `StoreError` where it is missing or damaged."""
        with explained(self.results):
            return self._evidence.body(digest)

    # Judgements

    def save_cells(self, round_id: str, rules: int, cells: Iterable[Cell]) -> None:
        """Adds a judgement of the round by rule set `rules`; earlier ones stay."""
        with self._write() as connection:
            entered = insert(schema.judgements).values(round_id=round_id, rules=rules, at=_now())
            judgement = connection.scalar(entered.returning(schema.judgements.c.seq))
            rows = [_cell_row(cell) | {"judgement": judgement, "position": n} for n, cell in enumerate(cells)]
            if rows:
                connection.execute(insert(schema.cells), rows)

    def cells(self, round_id: str, rules: int | None = None) -> tuple[Cell, ...]:
        """The round's cells by its latest judgement, or by the latest with rule set `rules`; empty without one."""
        made = schema.judgements
        latest = select(func.max(made.c.seq)).where(made.c.round_id == round_id)
        if rules is not None:
            latest = latest.where(made.c.rules == rules)
        query = select(schema.cells.c.cell).where(schema.cells.c.judgement == latest.scalar_subquery())
        rows = self._rows(query.order_by(schema.cells.c.position))
        return tuple(msgspec.json.decode(row.cell, type=Cell) for row in rows)

    # The database

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with explained(self.results), database.writing(self._engine) as connection, connection.begin():
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with explained(self.results), self._engine.connect() as connection:
            yield connection

    def _rows(self, query: Select[*tuple[object, ...]]) -> list[Row[*tuple[object, ...]]]:
        with self._read() as connection:
            return list(connection.execute(query))

    def _count(self, query: Select[int]) -> int:
        with self._read() as connection:
            return connection.scalar(query) or 0

    def _records(self, query: Select[*tuple[object, ...]]) -> tuple[RoundRecord, ...]:
        return tuple(
            msgspec.structs.replace(msgspec.json.decode(row.record, type=RoundRecord), finished=row.at, rules=row.rules)
            for row in self._rows(query.order_by(schema.rounds.c.seq))
        )

    def _observation(self, text: str, bodies: bool) -> Observation:
        light = msgspec.json.decode(text, type=Observation)
        return refill_bodies(light, self.body) if bodies else light


_LATEST_RULES = (
    select(schema.judgements.c.rules)
    .where(schema.judgements.c.round_id == schema.rounds.c.id)
    .order_by(schema.judgements.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_ROUNDS = select(schema.rounds.c.record, schema.round_ends.c.at, _LATEST_RULES.label("rules")).outerjoin(
    schema.round_ends, schema.round_ends.c.round_id == schema.rounds.c.id
)


def _row(task: Task) -> dict[str, str]:
    return {"task_key": task.key, "round_id": task.round_id, "at": _now(), "task": _text(task)}


def _cell_row(cell: Cell) -> dict[str, object]:
    names: dict[str, object] = {
        "platform": cell.platform,
        "surface": cell.surface,
        "target": cell.target,
        "vantage": cell.vantage,
    }
    return names | {"verdict": str(cell.verdict), "cell": _text(cell)}


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
