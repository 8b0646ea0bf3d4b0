"""Brings a database to the code's revision, and says which revision either is at."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, text

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import ledger_engine, translated_errors
from credmate_pipeline.ledger.roles import Roles, are_created, grant

if TYPE_CHECKING:
    from alembic.config import Config

CODE_REVISION = "0017"
"""The newest revision the code knows: the last of the migrations. Written here because each process of an installation
asks for it, and finding it out would have each of them load alembic first."""
_LOWEST_SERVER = 150000
_MIGRATING = 7411


def migrate(url: str, roles: Roles | None = None) -> None:
    """Brings the database at `url` to the code's revision; two at once wait for each other. Where the installation
    has separate `roles`, new tables are granted to them.

    Raises ConfigurationError for a server older than PostgreSQL 15, LedgerUnavailable where it does not answer.
    """
    engine = ledger_engine(url)
    try:
        with translated_errors(engine), engine.begin() as connection:
            _check_server(int(connection.execute(text("SHOW server_version_num")).scalar_one()))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
            if _revision(connection) != CODE_REVISION:
                _upgrade(connection)
            if roles is not None and are_created(connection, roles):
                grant(connection, roles)
    finally:
        engine.dispose()


def database_revision(engine: Engine) -> str | None:
    """The revision the database is at; None where it was never migrated."""
    with translated_errors(engine), engine.connect() as connection:
        return _revision(connection)


def migrations() -> "Config":
    """What alembic is told of the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command

    config = migrations()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    if connection.execute(text("SELECT to_regclass('credmate_version')")).scalar_one() is None:
        return None
    return connection.execute(text("SELECT version_num FROM credmate_version")).scalar_one_or_none()


def _check_server(version: int) -> None:
    if version < _LOWEST_SERVER:
        raise ConfigurationError(
            f"DATABASE_URL names PostgreSQL {version // 10000}; the ledger needs PostgreSQL 15 or newer."
        )
