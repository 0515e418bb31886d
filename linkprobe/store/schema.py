"""The store's tables. Every table only ever grows; what is newer is a new row."""

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, MetaData, String, Table, func, insert, select

from linkprobe.store.failure import StoreError

SCHEMA_VERSION = 1

tables = MetaData()

version = Table("schema_version", tables, Column("version", Integer, primary_key=True))

rounds = Table(
    "round",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("started", String, nullable=False),
    Column("record", String, nullable=False),
)

round_ends = Table(
    "round_end",
    tables,
    Column("round_id", String, primary_key=True),
    Column("at", String, nullable=False),
)

case_sets = Table(
    "case_set",
    tables,
    Column("round_id", String, primary_key=True),
    Column("cases", LargeBinary, nullable=False),
)
"""A round's cases as they were when it began: zstd of a JSON list."""

beginnings = Table(
    "beginning",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("task_key", String, nullable=False, index=True),
    Column("round_id", String, nullable=False),
    Column("at", String, nullable=False),
    Column("task", String, nullable=False),
)
"""The write-ahead journal: one row each time a probe is about to begin."""

observations = Table(
    "observation",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("task_key", String, nullable=False, unique=True),
    Column("round_id", String, nullable=False),
    Column("at", String, nullable=False),
    Column("task", String, nullable=False),
    Column("body", String, nullable=False),
    Index("observation_by_round", "round_id", "seq"),
)

late = Table(
    "late",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("task_key", String, nullable=False, index=True),
    Column("round_id", String, nullable=False),
    Column("at", String, nullable=False),
    Column("task", String, nullable=False),
    Column("body", String, nullable=False),
)
"""Second results of a task, kept beside the first, which stands."""

judgements = Table(
    "judgement",
    tables,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("round_id", String, nullable=False, index=True),
    Column("rules", Integer, nullable=False),
    Column("at", String, nullable=False),
)

cells = Table(
    "cell",
    tables,
    Column("judgement", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    Column("surface", String, nullable=False),
    Column("target", String, nullable=False),
    Column("vantage", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("cell", String, nullable=False),
    Index("cell_by_name", "platform", "surface", "target", "vantage"),
)


def prepare(connection: Connection) -> None:
    """Creates what is missing. Raises `StoreError` where a newer linkprobe wrote the store."""
    version.create(connection, checkfirst=True)
    found = connection.scalar(select(func.max(version.c.version)))
    if found is not None and found > SCHEMA_VERSION:
        raise StoreError(
            f"this store has schema {found}, written by a newer linkprobe; this one knows {SCHEMA_VERSION}: "
            "upgrade linkprobe, or choose another --results"
        )
    tables.create_all(connection)
    if found is None:
        connection.execute(insert(version).values(version=SCHEMA_VERSION))
