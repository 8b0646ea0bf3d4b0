"""Brings a database to the code's revision, and says which revision either is at."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from credmate_pipeline.errors import ConfigurationError
from credmate_pipeline.ledger.connection import ledger_engine, translated_errors
from credmate_pipeline.ledger.roles import Roles, are_created, grant

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
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if roles is not None and are_created(connection, roles):
                grant(connection, roles)
    finally:
        engine.dispose()


def database_revision(engine: Engine) -> str | None:
    """The revision the database is at; None where it was never migrated."""
    with translated_errors(engine), engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "credmate_version"})
        return context.get_current_revision()


def code_revision() -> str:
    """The newest revision the code knows."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _check_server(version: int) -> None:
    if version < _LOWEST_SERVER:
        raise ConfigurationError(
            f"DATABASE_URL names PostgreSQL {version // 10000}; the ledger needs PostgreSQL 15 or newer."
        )
