"""Runs a task once a round: from the store when it was done before, else probed and recorded before anyone waits on."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import msgspec

from linkprobe.accounts import Redaction
from linkprobe.audit.lanes import Lanes
from linkprobe.model import Observation, SendOutcome, Sent
from linkprobe.store import Begun, Store
from linkprobe.store.task import Task

Probe = Callable[[], Awaitable[Observation]]


class Journal:
    """The round's memory: every task is probed at most once, whoever asks for it."""

    def __init__(self, store: Store, lanes: Lanes, redaction: Redaction) -> None:
        self._store = store
        self._lanes = lanes
        self._redaction = redaction
        self._running: dict[str, asyncio.Task[Observation]] = {}

    async def once(self, task: Task, url: str, probe: Probe) -> Observation:
        """The task's observation, shared by everybody who needs it, without any secret of the round's accounts.

        A task that sends and had begun before a crash is not repeated: its outcome is `indeterminate`.
        """
        running = self._running.get(task.key)
        if running is None:
            running = asyncio.create_task(self._observe(task, url, probe), name=task.label)
            self._running[task.key] = running
            running.add_done_callback(lambda done: self._forget(task, done))
        return await asyncio.shield(running)

    def _forget(self, task: Task, done: asyncio.Task[Observation]) -> None:
        # What is done is read from the store again: a round's pages do not all fit in memory.
        self._running.pop(task.key, None)
        if not done.cancelled():
            done.exception()  # seen; whoever waited has it, and nobody may wait any more where another failed first

    async def _observe(self, task: Task, url: str, probe: Probe) -> Observation:
        known = self._store.find(task)
        if known is not None:
            return known
        async with self._lanes.start(task.lane, task.executor, sends=task.sends):
            begun = self._store.begin(task)
            started = datetime.now(UTC).isoformat(timespec="milliseconds")
            if begun is Begun.INDETERMINATE:
                observation = Observation(arm=task.arm, url=url, sent=Sent(outcome=SendOutcome.INDETERMINATE))
            else:
                observation = await self._clean(probe)
        observation = msgspec.structs.replace(observation, at=started)
        self._store.append(task, observation)
        return observation

    async def _clean(self, probe: Probe) -> Observation:
        """What the probe sees. Neither that nor what it raises tells a secret."""
        try:
            return self._redaction.observation(await probe())
        except Exception as error:
            raise self._redaction.error(error) from None

    async def stop(self) -> None:
        """Cancels what is still running and waits until it has let go."""
        running = tuple(self._running.values())
        for probe in running:
            probe.cancel()
        await asyncio.gather(*running, return_exceptions=True)
