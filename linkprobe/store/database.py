"""The SQLite file: how it is opened, and transactions that take the write lock at their start."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

FILE = "linkprobe.sqlite"
_PATIENCE = 20.0
"""Seconds to wait for another process's write lock; a write here takes milliseconds."""


def connect(results: Path) -> Engine:
    """An engine on the store's file: write-ahead log, every commit synced to the disk."""
    url = URL.create("sqlite", database=str(results / FILE))
    engine = create_engine(url, connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Connection:
    """A connection whose transactions take the write lock first, so that none fails half way for want of it."""
    return engine.connect().execution_options(writes=True)


def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transaction control would begin too late
    if connection.execute("pragma journal_mode").fetchone()[0] != "wal":
        connection.execute("pragma journal_mode=wal")
    connection.execute("pragma synchronous=full")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("begin immediate" if writes else "begin")
