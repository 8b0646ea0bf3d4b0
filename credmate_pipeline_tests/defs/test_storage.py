"""Dagster's storage lies in a schema of the ledger's database, whoever makes it first."""

from concurrent.futures import ThreadPoolExecutor

import sqlalchemy

from credmate_pipeline.defs.storage import DAGSTER_SCHEMA, dagster_url


def test_processes_that_start_together_share_one_schema(database_url: str) -> None:
    for _ in range(10):
        with ThreadPoolExecutor(8) as starters:
            addresses = set(starters.map(dagster_url, [database_url] * 8))
        assert len(addresses) == 1
        engine = sqlalchemy.create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text(f"DROP SCHEMA {DAGSTER_SCHEMA} CASCADE"))
        engine.dispose()
