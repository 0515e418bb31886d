"""Under pytest-xdist one process measures for all: workers hand in their cases and are told each cell as it stands."""

import secrets
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from linkprobe.pytest_plugin.state import choices_of

if TYPE_CHECKING:
    from linkprobe.model import Cell
    from linkprobe.pytest_plugin.engine import Engine
    from linkprobe.pytest_plugin.outcome import Key, Outcome, Wanted

_HOST = "127.0.0.1"


class Exchange:
    """The controller's side. The engine starts with the first worker that asks."""

    def __init__(self, config: pytest.Config) -> None:
        self.engine: Engine | None = None
        self._config = config
        self._key = secrets.token_bytes(32)
        self._listener = Listener((_HOST, 0), authkey=self._key)
        self._closed = False
        self._beginning = Lock()
        Thread(target=self._accept, name="linkprobe-exchange", daemon=True).start()

    @property
    def address(self) -> dict[str, str | int]:
        """What a worker needs to ask here."""
        return {"port": int(self._listener.address[1]), "key": self._key.hex()}

    def close(self, *, stop: bool) -> None:
        """Ends the round, and with it the wait of every worker."""
        self._closed = True
        with suppress(OSError, EOFError, AuthenticationError):
            Client((_HOST, self._listener.address[1]), authkey=self._key).close()  # wakes the one that accepts
        with self._beginning:
            if self.engine is not None:
                self.engine.close(stop=stop or not self.engine.told_all)

    def _accept(self) -> None:
        with self._listener:
            while not self._closed:
                with suppress(OSError, EOFError, AuthenticationError):
                    Thread(target=self._serve, args=(self._listener.accept(),), daemon=True).start()

    def _serve(self, worker: Connection) -> None:
        from linkprobe.pytest_plugin.outcome import Broken, Wanted

        with suppress(OSError, EOFError):
            wanted = msgspec.json.decode(worker.recv_bytes(), type=Wanted)
            try:
                engine = self._engine_for(wanted)
            except Exception as error:
                worker.send_bytes(msgspec.json.encode(Broken(why=str(error))))
                return
            lock = Lock()
            for case in wanted.cases:
                engine.promise(case.key).add_done_callback(partial(_send, worker, lock))
            engine.closed.add_done_callback(partial(_send, worker, lock))

    def _engine_for(self, wanted: "Wanted") -> "Engine":
        from linkprobe.pytest_plugin.rounds import engine_for

        with self._beginning:
            if self.engine is None:
                self.engine = engine_for(wanted, choices_of(self._config))
            return self.engine


def _send(worker: Connection, lock: Lock, kept: "Future[Any]") -> None:
    from linkprobe.pytest_plugin.outcome import Broken, Closed

    failed = kept.exception()
    word = Broken(why=str(failed)) if failed else kept.result()
    word = Closed(cells=word) if isinstance(word, tuple) else word
    # A worker that is gone asked for nothing.
    with lock, suppress(OSError):
        worker.send_bytes(msgspec.json.encode(word))


class RemoteRound:
    """A worker's side: the round is the controller's."""

    engine = None
    announced = "measured once for all workers"

    def __init__(self, wanted: "Wanted", address: Mapping[str, str | int]) -> None:
        self._promises: dict[Key, Future[Outcome]] = {case.key: Future() for case in wanted.cases}
        self._closed: Future[tuple[Cell, ...]] = Future()
        self._controller = Client((_HOST, int(address["port"])), authkey=bytes.fromhex(str(address["key"])))
        self._controller.send_bytes(msgspec.json.encode(wanted))
        Thread(target=self._listen, name="linkprobe-worker", daemon=True).start()

    def outcome(self, key: "Key") -> "Outcome":
        """Blocks until the cell stands."""
        return self._promises[key].result()

    def cells(self) -> "tuple[Cell, ...]":
        """Blocks until the round is closed."""
        return self._closed.result()

    def close(self, *, stop: bool) -> None:
        """The controller's round ends without us."""

    def _listen(self) -> None:
        why = "the process that measures is gone"
        with suppress(OSError, EOFError):
            while not self._closed.done():
                why = self._hear(self._controller.recv_bytes()) or why
        self._give_up(why)

    def _hear(self, said: bytes) -> str:
        """Keeps the promise that is meant; answers why there will be no more where that is said."""
        from linkprobe.pytest_plugin.outcome import Broken, Closed, Outcome

        match msgspec.json.decode(said, type=Outcome | Closed | Broken):
            case Broken(why=why):
                self._give_up(why)
                return why
            case Closed(cells=cells):
                self._closed.set_result(cells)
            case told:
                self._promises[told.cell.key].set_result(told)
        return ""

    def _give_up(self, why: str) -> None:
        from linkprobe.pytest_plugin.outcome import NotMeasured

        waiting: list[Future[Any]] = [*self._promises.values(), self._closed]
        for promise in waiting:
            if not promise.done():
                promise.set_exception(NotMeasured(why))
