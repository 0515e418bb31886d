"""One line of a name map, written as curl's `--connect-to` writes it."""

import re
from typing import NamedTuple

from linkprobe.network.failure import NetworkError

_FORM = re.compile(r"(\[[^\]]*\]|[^:\[\]]*):([^:]*):(\[[^\]]*\]|[^:\[\]]*):([^:]*)")


class Entry(NamedTuple):
    """Connections to `host` and `port` go to `to_host` and `to_port`. Empty and 0 mean any, or unchanged."""

    host: str
    port: int
    to_host: str
    to_port: int
    nowhere: bool = False
    """The name does not exist."""

    def fits(self, host: str, port: int) -> bool:
        """Whether this entry speaks for `host` (lower case, no brackets) and `port`."""
        return self.host in ("", host) and self.port in (0, port)

    @property
    def resolver_rule(self) -> str:
        """The same as one of Chromium's host resolver rules."""
        pattern = _bracketed(self.host) or "*"
        source = f"{pattern}:{self.port}" if self.port else pattern
        if self.nowhere:
            return f"MAP {source} ~NOTFOUND"
        target = _bracketed(self.to_host or self.host)
        return f"MAP {source} {target}:{self.to_port}" if self.to_port else f"MAP {source} {target}"


def read_entry(text: str) -> Entry:
    """Read `HOST:PORT:ADDR:PORT`; each part may be empty, an IPv6 address stands in brackets. Raises `NetworkError`."""
    found = _FORM.fullmatch(text.strip())
    if not found:
        raise NetworkError(f"--connect-to {text!r}: expected HOST:PORT:ADDR:PORT, as curl takes it")
    host, port, to_host, to_port = found.groups()
    if not (to_host or to_port):
        raise NetworkError(f"--connect-to {text!r}: it leads nowhere; give an address or a port after the second colon")
    if not (host or to_host):
        raise NetworkError(f"--connect-to {text!r}: a map of any host needs an address to lead to")
    return Entry(_bare(host), _port(port, text), _bare(to_host), _port(to_port, text))


def table_entry(source: str, destination: str) -> Entry:
    """Read a row of a lab's table: `host:port` to `address:port`, or to nothing where the name does not exist."""
    host, _, port = source.rpartition(":")
    if not destination:
        return Entry(_bare(host), _port(port, source), "", 0, nowhere=True)
    address, _, to_port = destination.rpartition(":")
    return Entry(_bare(host), _port(port, source), _bare(address), _port(to_port, destination))


def _bare(host: str) -> str:
    return host.strip("[]").lower()


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _port(text: str, whole: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise NetworkError(f"{whole!r}: {text!r} is not a port (1 to 65535)")
    return int(text)
