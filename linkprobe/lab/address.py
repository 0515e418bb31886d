"""Where a running lab answers: the one line it prints when it is ready."""

import msgspec


class LabAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a probe needs in order to stand inside the lab's internet.

    `table` maps `host:port` to `address:port`; an empty string means that the name does not resolve, and what is not
    in the table does not exist. `vantages` holds the entries that differ at a vantage. `insides` maps
    `platform/surface` to the SOCKS5 proxy that stands inside that app. `environ` holds a value for every `${NAME}`
    of the catalogue's platforms: the lab's accounts.
    """

    world: str
    table: dict[str, str]
    ca: str
    """Path of the throwaway authority's certificate, in PEM."""
    insides: dict[str, str] = {}
    vantages: dict[str, dict[str, str]] = {}
    environ: dict[str, str] = {}
    pid: int = 0
