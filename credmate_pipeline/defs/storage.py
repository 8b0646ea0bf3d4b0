"""Dagster's storage in the pipeline's own PostgreSQL: the schema `dagster` beside the ledger's tables.

`dagster.yaml` names this class, so that plain `dagster dev` and the supervised system find the same server:
the one `DATABASE_URL` names, or the embedded one, started where it is not running and stopped by its last user.
"""

import atexit
import os
from pathlib import Path

import sqlalchemy
from dagster._core.storage.config import PostgresStorageConfig
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage

from credmate_pipeline.defs.kept_connections import PLUGIN
from credmate_pipeline.gateways import database_url
from credmate_pipeline.ledger.connection import CREATION_LOCK, translated_errors
from credmate_pipeline.ledger.embedded import is_embedded_running, stop_unused
from credmate_pipeline.settings import Settings

DAGSTER_SCHEMA = "dagster"
_LAST_SECONDS = 5.0
"""How long whoever started the embedded server waits at its end for the others to end."""


class PipelineStorage(DagsterPostgresStorage):
    """PostgreSQL storage whose address comes from the pipeline's settings."""

    @classmethod
    def config_type(cls) -> dict[str, object]:
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: PostgresStorageConfig
    ) -> "PipelineStorage":
        settings = Settings()
        if settings.database_url is None:
            has_started = not is_embedded_running(settings.home)
            _stop_at_exit(settings.home, wait_seconds=_LAST_SECONDS if has_started else 0)
        return cls(postgres_url=dagster_url(database_url(settings)), inst_data=inst_data)

    @property
    def event_storage_data(self) -> None:
        """None: the parts cannot be opened without the whole."""

    @property
    def run_storage_data(self) -> None:
        """None: the parts cannot be opened without the whole."""

    @property
    def schedule_storage_data(self) -> None:
        """None: the parts cannot be opened without the whole."""


def _stop_at_exit(home: Path, *, wait_seconds: float) -> None:
    """Has this process, not one forked from it, stop the embedded server at its end where it is the last to use it."""
    caller = os.getpid()

    def stop() -> None:
        if os.getpid() == caller:
            stop_unused(home, wait_seconds=wait_seconds)

    atexit.register(stop)


def dagster_url(url: str) -> str:
    """`url` with Dagster's schema as its search path, for engines that keep a connection (`defs.kept_connections`).

    The schema is created where it is missing.
    """
    address = sqlalchemy.make_url(url)
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool)
    with translated_errors(engine), engine.begin() as connection:
        # Processes that start together would all find nothing, and all but one fail.
        connection.execute(sqlalchemy.text("SELECT pg_advisory_xact_lock(:key)"), {"key": CREATION_LOCK})
        # Asking for what is there already takes a right that the pipeline's own role need not have.
        if connection.execute(sqlalchemy.text(f"SELECT to_regnamespace('{DAGSTER_SCHEMA}')")).scalar() is None:
            connection.execute(sqlalchemy.text(f"CREATE SCHEMA {DAGSTER_SCHEMA}"))
    engine.dispose()
    options = {**address.query, "options": f"-csearch_path={DAGSTER_SCHEMA}", "plugin": PLUGIN}
    return address.set(query=options).render_as_string(hide_password=False)
