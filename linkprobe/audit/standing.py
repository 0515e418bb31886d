"""Which verdicts stand while a round still runs, so that nobody has to wait for its end."""

from collections import Counter
from collections.abc import Callable, Iterable

from linkprobe.audit.arms import case_of_neutral
from linkprobe.model import Case

Key = tuple[str, str, str, str]


class Standing:
    """Tells of each case once, as soon as nothing that is still to be probed can change its verdict.

    A harmless link's cell is also the control of others: each of their attempts is one more of its own.
    """

    def __init__(self, cases: Iterable[Case], tell: Callable[[Case], None]) -> None:
        self._tell = tell
        self._needed = Counter(key for case in cases if (key := _control(case)))
        self._waiting: dict[Key, Case] = {}

    def settled(self, case: Case) -> None:
        """The case needs no attempts for its own sake."""
        self._waiting[case.key] = case
        control = _control(case)
        if control:
            self._needed[control] -= 1
            self._tell_if_free(control)
        self._tell_if_free(case.key)

    def rest(self) -> None:
        """The passes are over: what still waits stands too."""
        for key in tuple(self._waiting):
            self._tell(self._waiting.pop(key))

    def _tell_if_free(self, key: Key) -> None:
        if not self._needed[key] and key in self._waiting:
            self._tell(self._waiting.pop(key))


def _control(case: Case) -> Key | None:
    neutral = case_of_neutral(case)
    return neutral.key if neutral is not None and neutral.key != case.key else None
