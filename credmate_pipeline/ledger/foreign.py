"""Tables of an earlier installation's PostgreSQL, read in one read-only snapshot."""

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, inspect, select
from sqlalchemy.pool import NullPool

from credmate_pipeline.adoption.installation import SourceTable
from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import masked_url, normalize_url, translated_errors

_OWN_MARK = "credmate_version"


def read_tables(url: str, documents: str, extractions: str) -> tuple[SourceTable, SourceTable | None]:
    """The table of documents, and that of extractions where there is one; each may be given as `schema.table`.

    Raises ConfigurationError where the table of documents is missing, or where the database is a ledger of this
    pipeline, in which nothing needs to be adopted.
    """
    engine = create_engine(
        normalize_url(url),
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={"connect_timeout": 10, "options": "-c default_transaction_read_only=on"},
    )
    with translated_errors(engine), engine.connect() as connection:
        if inspect(connection).has_table(_OWN_MARK):
            raise ConfigurationError(f"{_where(engine)} is a ledger of this pipeline: nothing is to be adopted.")
        found = _read(connection, documents)
        if found is None:
            raise ConfigurationError(f"{_where(engine)} has no table {documents}; name it with --documents-table.")
        return found, _read(connection, extractions)


def _read(connection: Connection, name: str) -> SourceTable | None:
    schema, _, table_name = name.rpartition(".")
    if not inspect(connection).has_table(table_name, schema=schema or None):
        return None
    table = Table(table_name, MetaData(), schema=schema or None, autoload_with=connection, resolve_fks=False)
    rows = connection.execute(select(table)).mappings()
    return SourceTable(name, tuple(table.c.keys()), tuple(dict(row) for row in rows))


def _where(engine: Engine) -> str:
    return f"The database {masked_url(engine.url)}"
