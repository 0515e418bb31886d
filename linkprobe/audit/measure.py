"""Puts the stored observations of a round together again as measurements; the same for a fresh round and an old one."""

from collections.abc import Iterator
from typing import Protocol

import msgspec

from linkprobe.audit.arms import case_of_neutral
from linkprobe.model import Arm, Case, Executor, Measurement, Observation
from linkprobe.store.task import Task, as_app_task, as_crawler_task, direct_task, subject_task

MOST_ATTEMPTS = 20
"""More attempts than any rule asks for; bounds the search for them in the store."""


class Kept(Protocol):
    """Where observations are found by their task: the store, or what was read from it before."""

    def find(self, task: Task) -> Observation | None:
        """What was seen when `task` was done; None where it was not done to its end."""


class Measurements:
    """Reads the measurements of one round."""

    def __init__(self, store: Kept, round_id: str) -> None:
        self._store = store
        self._round = round_id

    def of(self, case: Case) -> tuple[Measurement, ...]:
        """The case's attempts, first to last."""
        return tuple(self._attempts(case))

    def _attempts(self, case: Case) -> Iterator[Measurement]:
        for attempt in range(1, MOST_ATTEMPTS + 1):
            measurement = self.attempt(case, attempt)
            if measurement is None:
                return
            yield measurement

    def attempt(self, case: Case, attempt: int) -> Measurement | None:
        """One attempt with its controls, or None where the subject was not observed."""
        subject = self._through(case, attempt)
        if subject is None:
            return None
        executor = subject.visit.executor if subject.visit else None
        neutral_case = case_of_neutral(case)
        neutral = self._through(neutral_case, attempt) if neutral_case else None
        return Measurement(
            case=case,
            subject=subject,
            direct=tuple(self._directs(case, executor, attempt)),
            as_app=self._as_app(case, executor, attempt),
            as_crawler=self._find(as_crawler_task(self._round, case, attempt)) if case.crawler else None,
            neutral=msgspec.structs.replace(neutral, arm=Arm.NEUTRAL) if neutral else None,
            neutral_direct=self._neutral_direct(neutral_case, neutral, attempt),
            again=tuple(self._again(case, executor, attempt)),
            attempt=attempt,
        )

    def _directs(self, case: Case, executor: Executor | None, attempt: int) -> Iterator[Observation]:
        # The take of this attempt first, then older ones: two takes of one page show what changes by itself.
        for take in range(attempt, 0, -1):
            for how in (executor,) if executor else (Executor.BROWSER, Executor.HTTP):
                if found := self._find(direct_task(self._round, case, how, take)):
                    yield found
                    break

    def _as_app(self, case: Case, executor: Executor | None, attempt: int) -> Observation | None:
        if executor is None or case.client is None:
            return None
        if found := self._find(as_app_task(self._round, case, executor, attempt)):
            return found
        if executor is Executor.HTTP or self._find(as_app_task(self._round, case, Executor.HTTP, attempt)) is None:
            return None
        older = (self._find(as_app_task(self._round, case, executor, take)) for take in range(attempt - 1, 0, -1))
        return next(filter(None, older), None)

    def _again(self, case: Case, executor: Executor | None, attempt: int) -> Iterator[Observation]:
        """What HTTP found in this attempt where the browser's controls are those of an earlier one."""
        if executor is not Executor.BROWSER:
            return
        for control in (direct_task, *((as_app_task,) if case.client else ())):
            fresh = self._find(control(self._round, case, executor, attempt))
            by_http = self._find(control(self._round, case, Executor.HTTP, attempt))
            if fresh is None and by_http is not None:
                yield by_http

    def _neutral_direct(self, case: Case | None, neutral: Observation | None, attempt: int) -> Observation | None:
        if case is None or neutral is None or neutral.visit is None:
            return None
        return self._find(direct_task(self._round, case, neutral.visit.executor, attempt))

    def _through(self, case: Case, attempt: int) -> Observation | None:
        """What sending, looking and opening gave, as one observation."""
        spoken = self._find(subject_task(self._round, case, None, attempt))
        opened = self._find(subject_task(self._round, case, Executor.BROWSER, attempt)) or self._find(
            subject_task(self._round, case, Executor.HTTP, attempt)
        )
        if spoken is None:
            return opened
        return msgspec.structs.replace(spoken, visit=opened.visit) if opened else spoken

    def _find(self, task: Task) -> Observation | None:
        return self._store.find(task)
