"""What the network says went wrong: one-line mistakes of ours, and names or doors of the world that stay shut."""

import httpcore

from linkprobe.model import FailureKind


class NetworkError(Exception):
    """A setting of the network is wrong or something it needs is missing; one line that says what and the remedy."""


class TrustMissing(NetworkError):
    """Chromium cannot be made to trust a CA here, because a tool for it is missing."""


class Unreachable(httpcore.ConnectError):
    """No connection came about, and the network itself knows why: `kind` needs no guessing from the cause chain."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
