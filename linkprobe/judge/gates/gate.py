"""What a gate is: a reason for having no verdict."""

from collections.abc import Callable
from typing import NamedTuple

from linkprobe.judge.scene import Scene
from linkprobe.model import Cause, Verdict


class Gate(NamedTuple):
    """A reason for having no verdict. `shut` gives it in words for a scene it holds for, else an empty string."""

    id: str
    verdict: Verdict
    cause: Cause | None
    sentence: str
    shut: Callable[[Scene], str]
