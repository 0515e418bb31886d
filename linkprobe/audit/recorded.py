"""A round that is over, read for judging: controls are read once for all the cells that share them."""

from functools import lru_cache

from linkprobe.model import Observation
from linkprobe.store import Store
from linkprobe.store.task import Task

IN_MEMORY = 200
"""Observations kept with their pages; at 100 KB a page this bounds memory at some 20 MB however long the round."""


class Recorded:
    """Finds a finished round's observations. What the round does not hold is known without asking the database."""

    def __init__(self, store: Store, round_id: str) -> None:
        self._keys = store.observed(round_id)
        self._read = lru_cache(IN_MEMORY)(store.find)

    def find(self, task: Task) -> Observation | None:
        """What was seen when `task` was done; None where it was not done to its end."""
        return self._read(task) if task.key in self._keys else None
