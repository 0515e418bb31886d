"""Who answered: the platform, the target, a third party or nobody, told by the host alone."""

from enum import StrEnum

import msgspec

from linkprobe.model import Case, Target
from linkprobe.page.address import domain_of, host_of


class Answerer(StrEnum):
    """Whose host a page came from. The same sentence means a block from one and a gate from another."""

    PLATFORM = "platform"
    TARGET = "target"
    THIRD = "third"
    NOBODY = "nobody"


class Hosts(msgspec.Struct, frozen=True):
    """The hosts of both sides. `domains` are the target's registrable domains, the weakest of the three claims."""

    platform: tuple[str, ...]
    target: tuple[str, ...]
    domains: frozenset[str]

    def who(self, url: str | None) -> Answerer:
        """Whose address `url` is. The longer pattern wins, and the target where both claim a host alike.

        A product of the platform's own lives under the platform's domain, and a gateway may live under a target's.
        """
        host = host_of(url) if url else ""
        if not host:
            return Answerer.NOBODY
        ours, theirs = _claim(self.platform, host), _claim(self.target, host)
        if theirs and theirs >= ours:
            return Answerer.TARGET
        if ours:
            return Answerer.PLATFORM
        return Answerer.TARGET if domain_of(f"https://{host}/") in self.domains else Answerer.THIRD


def hosts_of(case: Case, target: Target, landed: tuple[str, ...] = ()) -> Hosts:
    """The hosts of a case; `landed` is where the target led without the platform, which is the target's as well.

    Landing on a host of the platform's makes that host the target's only where the target is the platform's own:
    else a target that redirects to the platform would pass off the platform's pages as its own.
    """
    platform = (*case.platform.hosts, *case.own_hosts)
    own = bool(_claim(platform, host_of(target.url)))
    theirs = tuple(url for url in landed if own or not _claim(platform, host_of(url)))
    return Hosts(
        platform=platform,
        target=(host_of(target.url), *target.hosts, *(host_of(url) for url in theirs)),
        domains=frozenset(domain_of(url) for url in (target.url, *theirs)) - {""},
    )


def _claim(patterns: tuple[str, ...], host: str) -> int:
    """Length of the longest pattern that covers the host, without its `=`; 0 for none."""
    return max((len(pattern.removeprefix("=")) for pattern in patterns if _covers(pattern, host)), default=0)


def _covers(pattern: str, host: str) -> bool:
    pattern = pattern.lower()
    if pattern.startswith("="):
        return host == pattern[1:]
    return bool(pattern) and (host == pattern or host.endswith(f".{pattern}"))
