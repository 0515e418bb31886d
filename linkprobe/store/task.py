"""One probe of one arm, and the key by which a round knows it again after any crash."""

import hashlib

import msgspec

from linkprobe.model import Arm, Case, Executor

_FORMAT = "lp1"


class Task(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be probed: the arm, the link, the executor and the attempt.

    Control arms leave `platform` and `surface` empty, which is how cells share them. `executor` is None for what
    speaks to an API instead of opening a page. `sends` marks side effects: such a task is never silently repeated.
    """

    round_id: str
    arm: Arm
    target: str
    vantage: str
    lane: str = ""
    platform: str = ""
    surface: str = ""
    client: str = ""
    executor: Executor | None = None
    attempt: int = 1
    salt: str = ""
    sends: bool = False

    @property
    def key(self) -> str:
        """A digest of the task's identity; lane and `sends` follow from the rest and do not count."""
        identity = [
            _FORMAT, self.round_id, self.arm, self.target, self.vantage, self.platform, self.surface, self.client,
            self.executor or "", self.attempt, self.salt,
        ]  # fmt: skip
        return hashlib.blake2b(msgspec.json.encode(identity), digest_size=16).hexdigest()

    @property
    def label(self) -> str:
        """The task in words, for progress and error lines."""
        where = f"{self.platform}/{self.surface}" if self.platform else self.arm.value
        return f"{self.target} via {where}" + (f" #{self.attempt}" if self.attempt > 1 else "")


def subject_task(round_id: str, case: Case, executor: Executor | None, attempt: int, *, sends: bool = False) -> Task:
    """The link through the platform."""
    return Task(
        round_id=round_id,
        arm=Arm.SUBJECT,
        target=case.target.id,
        vantage=case.vantage.id,
        lane=case.lane,
        platform=case.platform.id,
        surface=case.surface_id,
        executor=executor,
        attempt=attempt,
        salt=_salt(case.surface, case.client, case.target, case.vantage, *([case.account] if case.account else ())),
        sends=sends,
    )


def direct_task(round_id: str, case: Case, executor: Executor, attempt: int) -> Task:
    """The same link without the platform, in an ordinary browser; shared by every cell of the target."""
    return _control(Arm.DIRECT, round_id, case, executor, attempt, _salt(case.target, case.vantage))


def as_app_task(round_id: str, case: Case, executor: Executor, attempt: int) -> Task:
    """The same link without the platform, posing as the platform's app; shared by the app's surfaces."""
    salt, client = _salt(case.client, case.target, case.vantage), f"{case.platform.id}/{case.surface.client}"
    return _control(Arm.DIRECT_AS_APP, round_id, case, executor, attempt, salt, client)


def as_crawler_task(round_id: str, case: Case, attempt: int) -> Task:
    """The same link without the platform, asked by what fetches its previews; shared by the platform's surfaces."""
    salt, client = _salt(case.crawler, case.target, case.vantage), f"{case.platform.id}/crawler"
    return _control(Arm.DIRECT_AS_CRAWLER, round_id, case, Executor.HTTP, attempt, salt, client)


def _control(
    arm: Arm, round_id: str, case: Case, executor: Executor, attempt: int, salt: str, client: str = ""
) -> Task:
    """The case's link without its platform, by whichever client."""
    return Task(
        round_id=round_id,
        arm=arm,
        target=case.target.id,
        vantage=case.vantage.id,
        lane=f"direct@{case.vantage.id}",
        client=client,
        executor=executor,
        attempt=attempt,
        salt=salt,
    )


def _salt(*parts: msgspec.Struct | str | None) -> str:
    # An edited surface or target is another probe, as is another account; the neutral link of two cells is the same.
    return hashlib.blake2b(msgspec.json.encode(parts), digest_size=8).hexdigest()
