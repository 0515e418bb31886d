"""One round in a thread of its own: pytest's thread waits for cells, the loop beside it probes all of them at once."""

import asyncio
import traceback
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from linkprobe.audit import Silent
from linkprobe.audit.measure import Measurements
from linkprobe.audit.missing import Missing, what_is_missing
from linkprobe.cli.exits import ended_by
from linkprobe.cli.invocation import Invocation
from linkprobe.cli.networks import Opened, opened
from linkprobe.cli.opening import new_record
from linkprobe.cli.planning import Plan
from linkprobe.judge import cell, fair
from linkprobe.model import Case, Cell
from linkprobe.pytest_plugin.keeping import Keeping
from linkprobe.pytest_plugin.measuring import measured
from linkprobe.pytest_plugin.outcome import Key, NotMeasured, Outcome, outcome
from linkprobe.store import Store

STOPPED = "the round was stopped"


class Engine:
    """Measures the cases of a run in the background and keeps a promise of an outcome for each."""

    def __init__(self, plan: Plan, invocation: Invocation, results: Path, keeping: Keeping) -> None:
        self.plan = plan
        self.invocation = invocation
        self.results = results
        self.cells: tuple[Cell, ...] = ()
        """All cells with their fairness, once the round is closed."""
        self.missing: Missing | None = None
        """What was skipped for want of an account, once the round is closed."""
        self.record = new_record(plan, invocation)
        self.closed: Future[tuple[Cell, ...]] = Future()
        """All cells, when the books are closed. Its exception is `NotMeasured`."""
        self._keeping = keeping
        self._promises: dict[Key, Future[Outcome]] = {case.key: Future() for case in plan.cases}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Task[None] | None = None
        self._begun = Event()
        self._thread = Thread(target=self._run, name="linkprobe", daemon=True)

    def start(self) -> None:
        """Begins to probe."""
        self._thread.start()
        self._begun.wait()

    def promise(self, key: Key) -> "Future[Outcome]":
        """The outcome as soon as it stands. Its exception is `NotMeasured` where none will come."""
        return self._promises[key]

    @property
    def traces(self) -> Path:
        """Where traces of the round are, if there are any."""
        return self._keeping.traces / self.record.id

    @property
    def told_all(self) -> bool:
        """Whether nobody waits any more, and only the books are to be closed."""
        return all(promise.done() for promise in self._promises.values())

    @property
    def told(self) -> tuple[Cell, ...]:
        """The cells whose verdict stands so far, with the fairness that can be said among them."""
        done = (p.result() for p in self._promises.values() if p.done() and p.exception() is None)
        return self.cells or fair(tuple(one.cell for one in done))

    def close(self, *, stop: bool) -> None:
        """Waits for the end of the round; with `stop` it is cut short first, and can be resumed."""
        if stop and self._loop is not None and self._work is not None:
            with suppress(RuntimeError):  # the loop ended by itself in the meantime
                self._loop.call_soon_threadsafe(self._work.cancel)
        self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self._until_stopped())
        except Exception as error:
            told = str(error) if ended_by(error) is not None else "".join(traceback.format_exception(error))
            self._give_up(f"nothing could be measured: {told}")
        finally:
            self._begun.set()
            self._give_up(STOPPED)

    async def _until_stopped(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._work = asyncio.ensure_future(self._measured())
        self._begun.set()
        try:
            await self._work
        except asyncio.CancelledError:
            return

    async def _measured(self) -> None:
        asked = self.invocation
        network = opened(asked, self.plan)
        await measured(
            self.record, self.plan, asked, self.results, network, lambda store: _Listener(self, store), self._closed
        )

    async def _closed(self, cells: tuple[Cell, ...], there: Opened) -> None:
        """Tells the whole, and does what had to wait until then."""
        self.cells = cells
        self.missing = what_is_missing(self.plan.cases, there.accounts)
        self.closed.set_result(cells)
        if self.invocation.browser:
            cases = {case.key: case for case in self.plan.cases}
            pairs = [(cell, cases[cell.key]) for cell in cells]
            await self._keeping.trace(self.record.id, pairs, there.network, there.accounts)

    def stands(self, store: Store, case: Case) -> None:
        """Keeps the promise of this case."""
        measurements = Measurements(store, self.record.id).of(case)
        judged = fair((cell(measurements),))[0]
        made = self._keeping.kept(outcome(self.record.id, judged, measurements), case, store)
        self._promises[case.key].set_result(made)

    def _give_up(self, why: str) -> None:
        waiting: list[Future[Any]] = [*self._promises.values(), self.closed]
        for promise in waiting:
            if not promise.done():
                promise.set_exception(NotMeasured(why))


class _Listener(Silent):
    """Hears which verdicts stand."""

    def __init__(self, engine: Engine, store: Store) -> None:
        self._engine = engine
        self._store = store

    def stands(self, case: Case) -> None:
        self._engine.stands(self._store, case)
