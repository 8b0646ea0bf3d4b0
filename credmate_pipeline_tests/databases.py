"""Databases for tests: copies of a migrated template that are emptied and used again.

Copying one costs ten times as much as emptying it. One whose schema, rights, settings or given rows a test has changed
is dropped.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, NullPool, create_engine, text

from credmate_pipeline.ledger.connection import with_database

_CATALOGS = (
    "pg_attribute",
    "pg_class",
    "pg_constraint",
    "pg_default_acl",
    "pg_event_trigger",
    "pg_extension",
    "pg_namespace",
    "pg_policy",
    "pg_proc",
    "pg_rewrite",
    "pg_sequence",
    "pg_trigger",
    "pg_type",
)
"""Whatever changes a schema writes a row of these."""
_SCHEMA = "SELECT " + ", ".join(
    f"(SELECT (count(*), max(xmin::text::bigint))::text FROM pg_catalog.{name})" for name in _CATALOGS
)
_SETTINGS = """
    SELECT datacl::text, (SELECT array_agg(setconfig)::text FROM pg_db_role_setting WHERE setdatabase = oid)
    FROM pg_database WHERE datname = current_database()
"""
_TABLES = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
"""
_END_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_RESET_SEQUENCES = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""


@dataclass
class Databases:
    """Copies of one template, on one server."""

    server_url: str
    template: str
    _server: Engine = field(init=False)
    _spare: list[str] = field(default_factory=list)
    _schema: tuple[Any, ...] = field(init=False)
    _given: dict[str, str | None] = field(init=False)
    """Of each table that the template fills, a digest of its rows; None for each that it leaves empty."""

    def __post_init__(self) -> None:
        self._server = create_engine(self.server_url, isolation_level="AUTOCOMMIT")
        with self._engine(self.template).connect() as connection:
            self._schema = _schema(connection)
            self._given = {table: _digest(connection, table) for table in connection.scalars(text(_TABLES))}

    def take(self) -> str:
        """The name of a database that is as the template is, and that nobody else uses."""
        if self._spare:
            return self._spare.pop()
        name = f"ledger_{uuid4().hex[:12]}"
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {self.template} STRATEGY FILE_COPY"))
        return name

    def give_back(self, name: str) -> None:
        """Ends whoever is still connected, and makes the database as it was; drops it where that cannot be."""
        with self._engine(name).begin() as connection:
            connection.execute(text(_END_OTHERS))
            is_as_before = self._is_emptied(connection)
        if is_as_before:
            self._spare.append(name)
            return
        with self._server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def close(self) -> None:
        self._server.dispose()

    def _engine(self, name: str) -> Engine:
        return create_engine(with_database(self.server_url, name), poolclass=NullPool)

    def _is_emptied(self, connection: Connection) -> bool:
        if _schema(connection) != self._schema:
            return False
        # Past the triggers that keep rows from being deleted.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        empty = [table for table, digest in self._given.items() if digest is None]
        connection.execute(text("; ".join(f"DELETE FROM {table}" for table in empty)))
        connection.execute(text(_RESET_SEQUENCES))
        filled = {table: digest for table, digest in self._given.items() if digest is not None}
        return all(_digest(connection, table) == digest for table, digest in filled.items())


def _schema(connection: Connection) -> tuple[Any, ...]:
    return (*connection.execute(text(_SCHEMA)).one(), *connection.execute(text(_SETTINGS)).one())


def _digest(connection: Connection, table: str) -> str | None:
    rows = f"SELECT md5(string_agg(rows::text, ' ' ORDER BY rows::text)) FROM {table} AS rows"
    return connection.execute(text(rows)).scalar_one()
