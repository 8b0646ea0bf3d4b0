"""Dagster's storage lies in a schema of the ledger's database, whoever makes it first, and keeps its connections."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import sqlalchemy
from sqlalchemy import Engine, NullPool

from credmate_pipeline.defs.storage import DAGSTER_SCHEMA, PipelineStorage, dagster_url

BACKEND = sqlalchemy.text("SELECT pg_backend_pid()")
OTHERS = sqlalchemy.text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def test_processes_that_start_together_share_one_schema(database_url: str) -> None:
    for _ in range(10):
        with ThreadPoolExecutor(8) as starters:
            addresses = set(starters.map(dagster_url, [database_url] * 8))
        assert len(addresses) == 1
        engine = sqlalchemy.create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(f"DROP SCHEMA {DAGSTER_SCHEMA} CASCADE"))
        engine.dispose()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """As Dagster makes its engines."""
    made = sqlalchemy.create_engine(dagster_url(database_url), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    yield made
    made.dispose()


def backend(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(BACKEND).scalar_one())


def test_one_connection_serves_many_questions(engine: Engine) -> None:
    assert len({backend(engine) for _ in range(5)}) == 1


def test_questions_at_the_same_time_do_not_wait_for_each_other(engine: Engine) -> None:
    with ExitStack() as stack:
        open_at_once = [stack.enter_context(engine.connect()) for _ in range(12)]
        assert len({connection.execute(BACKEND).scalar_one() for connection in open_at_once}) == 12


def test_a_connection_that_the_server_closed_is_replaced_unnoticed(engine: Engine, database_url: str) -> None:
    closed = backend(engine)
    other = sqlalchemy.create_engine(database_url, poolclass=NullPool)
    with other.connect() as connection:
        assert connection.execute(sqlalchemy.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": closed}).scalar()
    assert backend(engine) != closed


def test_dagsters_own_storage_keeps_its_connection(database_url: str) -> None:
    storage = PipelineStorage(postgres_url=dagster_url(database_url))
    storage.run_storage.get_run_ids()
    watching = sqlalchemy.create_engine(database_url, poolclass=NullPool)
    with watching.connect() as connection:
        kept = set(connection.execute(OTHERS).scalars())
        assert kept
        for _ in range(5):
            storage.run_storage.get_run_ids()
            assert set(connection.execute(OTHERS).scalars()) == kept
