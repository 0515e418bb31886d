"""What a round saw, taken from the store in one go and looked up by task."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, TypeVar

from linkprobe.model import Capture, Observation, Visit
from linkprobe.page import Facts, read
from linkprobe.store import Store, StoreError, Task

T = TypeVar("T")
_KEPT = 4096
"""Pieces of pages made of shared controls that are kept in memory."""
_PAGES = 512
"""Pages whose facts are kept in memory; the controls of a round are shared by many cells."""
_IMAGES = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


class Shelf:
    """The observations of a round without their bodies; bodies come when they are asked for."""

    def __init__(self, store: Store, round_id: str) -> None:
        self._store = store
        self._tasks: dict[str, Task] = {}
        self._seen: dict[str, Observation] = {}
        for task, observation in store.observations(round_id, bodies=False):
            self._tasks[task.key] = task
            self._seen[task.key] = observation
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._kinds: dict[str, str] = {}
        self.facts = lru_cache(_PAGES)(self._facts)

    def find(self, task: Task) -> Observation | None:
        """What was seen when `task` was done, without bodies; None where it was not."""
        return self._seen.get(task.key)

    def all(self) -> tuple[tuple[Task, Observation], ...]:
        """Everything that was seen, in the order it was stored."""
        return tuple((self._tasks[key], seen) for key, seen in self._seen.items())

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for this key before, if it is still kept; else what it gives now."""
        if key in self._kept:
            self._kept.move_to_end(key)
        else:
            self._kept[key] = make()
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        found: T = self._kept[key]
        return found

    def body(self, digest: str) -> bytes | None:
        """The body or image with this digest; None where the evidence is missing or damaged."""
        try:
            return self._store.body(digest)
        except StoreError:
            return None

    def image_kind(self, digest: str) -> str:
        """The file ending of an image by its first bytes; empty for anything else, which is not shown."""
        if digest not in self._kinds:
            body = self.body(digest) or b""
            self._kinds[digest] = next((kind for magic, kind in _IMAGES.items() if body.startswith(magic)), "")
        return self._kinds[digest]

    def page(self, visit: Visit) -> Facts | None:
        """The facts of the page a visit ended on; None without a page or where its body is gone."""
        page = visit.page
        return self.facts(page.digest, page.content_type, page.url) if page and page.digest else None

    def _facts(self, digest: str, content_type: str, url: str) -> Facts | None:
        body = self.body(digest)
        if body is None:
            return None
        return read(Capture(url=url, status=200, content_type=content_type, body=body, digest=digest))
