"""What is known of connections that did not come about, for executors that only see that a proxy refused them."""

from collections import OrderedDict

from linkprobe.model import FailureKind

KEPT = 4096
"""Hosts and ports remembered; the oldest are forgotten."""


class Journal:
    """The latest failure of each host and port. A success wipes it out."""

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, int], FailureKind] = OrderedDict()

    def failed(self, host: str, port: int, kind: FailureKind) -> None:
        """Remember why `host` could not be reached."""
        key = (host.lower(), port)
        self._failures[key] = kind
        self._failures.move_to_end(key)
        if len(self._failures) > KEPT:
            self._failures.popitem(last=False)

    def reached(self, host: str, port: int) -> None:
        """Forget the failure of a host that now answers."""
        self._failures.pop((host.lower(), port), None)

    def why(self, host: str, port: int) -> FailureKind | None:
        """The failure last seen at `host`, or None."""
        return self._failures.get((host.lower(), port))
