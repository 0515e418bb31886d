"""Plain HTTP through an HTTP proxy: requests go to it whole, in absolute form (RFC 9112 §3.2.2), as browsers send
them. A proxy that blocks shows its block page only to these; to CONNECT it can but say no."""

from typing import NamedTuple

from linkprobe.network.dial import Dial


class Forward(NamedTuple):
    """The way of plain requests: `dial` connects to the proxy, and `authorization` is what it is shown, if anything."""

    dial: Dial
    authorization: str = ""

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """What a request carries for the proxy alone."""
        return [(b"proxy-authorization", self.authorization.encode())] if self.authorization else []


def absolute_form(scheme: bytes, host: bytes, port: int | None, target: bytes) -> bytes:
    """The whole URL as it stands in a request line."""
    name = b"[%b]" % host if b":" in host else host
    return b"%b://%b%b%b" % (scheme, name, b":%d" % port if port else b"", target)
