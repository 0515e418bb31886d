"""Squid on loopback as a network that blocks: by a page, a gate, a reset, a throttle, each for a host of its own."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

from linkprobe.network import Entry
from tests.servers.serving import closed_port, needs, serving, takes_connections
from tests.servers.sites import GATE, GO, LIBRARY, PASSED, SECURE, SHOP, Sites

BLOCKED = "blocked.example"
GATED = "gated.example"
CUT = "cut.example"
SLOW = "slow.example"
LOST = "lost.example"
"""A name that Squid cannot resolve."""
TREATED = (BLOCKED, GATED, CUT, SLOW, LOST)
USER = "proxy"
"""Whom Squid becomes when root starts it; its folder must be his."""


class Squid(NamedTuple):
    """A running proxy."""

    url: str
    entries: tuple[Entry, ...]
    """Where the names lead without it: the treated ones to the shop, plain and secure."""


def _configuration(folder: Path, port: int, pages: Sites) -> str:
    return f"""
http_port 127.0.0.1:{port}
visible_hostname network.example
pid_filename {folder}/squid.pid
access_log stdio:{folder}/access.log
cache_log {folder}/cache.log
coredump_dir {folder}
hosts_file {folder}/hosts
dns_nameservers 127.0.0.1
dns_timeout 100 milliseconds
dns_retransmit_interval 100 milliseconds
pinger_enable off
cache deny all
cache_mem 8 MB
shutdown_lifetime 0 seconds
{f"cache_effective_user {USER}" if os.geteuid() == 0 else ""}
acl blocked dstdomain {BLOCKED}
acl gated dstdomain {GATED}
acl cut dstdomain {CUT}
acl slow dstdomain {SLOW}
acl passed url_regex {PASSED}$
deny_info 302:{pages.url(GATE)}?target=%u gated
deny_info TCP_RESET cut
http_access deny blocked
http_access allow gated passed
http_access deny gated
http_access deny cut
http_access allow localhost
http_access deny all
delay_pools 1
delay_class 1 1
delay_access 1 allow slow
delay_access 1 deny all
delay_parameters 1 500/500
delay_initial_bucket_level 1
"""


@asynccontextmanager
async def squid(pages: Sites) -> AsyncIterator[Squid]:
    """A Squid between a probe and `pages`; skips where it is not installed."""
    program = needs("squid", "squid")
    port = closed_port()
    with _folder() as folder:
        (folder / "squid.conf").write_text(_configuration(folder, port, pages), "utf-8")
        names = (SHOP, LIBRARY, GATE, GO, SECURE, BLOCKED, GATED, CUT, SLOW)
        (folder / "hosts").write_text("".join(f"127.0.0.1 {name}\n" for name in names), "utf-8")
        command = [program, "-N", "-f", str(folder / "squid.conf")]
        async with serving(command, folder, takes_connections(port)):
            ways = [Entry(host, door, "127.0.0.1", door) for host in TREATED for door in (pages.shop, pages.secure)]
            yield Squid(f"http://127.0.0.1:{port}", (*pages.entries, *ways))


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that Squid may enter and write to; those of pytest are closed to other users."""
    folder = Path(tempfile.mkdtemp(prefix="squid-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
