"""The lab's table: which loopback endpoint answers for which host and port. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linkprobe.lab.directory import Directory
from linkprobe.lab.treating import condition
from linkprobe.model import Condition

HTTP, HTTPS = 80, 443
NOWHERE = ""
"""In place of an endpoint: the name does not resolve."""


class Endpoints(NamedTuple):
    """Ports on loopback: the two listeners, and the three ways of failing."""

    https: int
    http: int
    refusing: int
    resetting: int
    silent: int


def table(directory: Directory, ends: Endpoints, vantage: str) -> dict[str, str]:
    """`host:port` to `address:port` for every host of the lab, as seen from a vantage."""
    rows: dict[str, str] = {}
    for host in sorted(directory.hosts):
        failing = _failing(directory, ends, host, vantage)
        rows[f"{host}:{HTTPS}"] = _endpoint(ends.https) if failing is None else failing
        rows[f"{host}:{HTTP}"] = _endpoint(ends.http) if failing is None else failing
    return rows


def differing(
    directory: Directory, ends: Endpoints, vantages: Iterable[str], default: str
) -> dict[str, dict[str, str]]:
    """For each vantage the rows that differ from the default one's."""
    usual = table(directory, ends, default)
    found = {vantage: _difference(usual, table(directory, ends, vantage)) for vantage in vantages}
    return {vantage: rows for vantage, rows in found.items() if rows}


def _difference(usual: Mapping[str, str], here: Mapping[str, str]) -> dict[str, str]:
    return {row: end for row, end in here.items() if usual[row] != end}


def _failing(directory: Directory, ends: Endpoints, host: str, vantage: str) -> str | None:
    """Where a host leads that fails below HTTP; only a host all of whose targets fail alike can."""
    world = directory.setting.world
    states = {condition(world, target, vantage).condition for target in directory.targets_at(host)}
    if len(states) != 1 or directory.platform_at(host):
        return None
    match states.pop():
        case Condition.DOWN_DNS:
            return NOWHERE
        case Condition.DOWN_REFUSED:
            return _endpoint(ends.refusing)
        case Condition.DOWN_RESET:
            return _endpoint(ends.resetting)
        case Condition.DOWN_TIMEOUT:
            return _endpoint(ends.silent)
        case _:
            return None


def _endpoint(port: int) -> str:
    return f"127.0.0.1:{port}"
