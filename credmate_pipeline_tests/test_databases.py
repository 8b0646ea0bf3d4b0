"""A database that a test has used is empty for the next one, or gone."""

import pytest
from sqlalchemy import create_engine, text

from credmate_pipeline.ledger.connection import with_database
from credmate_pipeline_tests.databases import Databases


def used(databases: Databases, *statements: str) -> str:
    """The name of a database in which all of this was done, given back."""
    name = databases.take()
    engine = create_engine(with_database(databases.server_url, name))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()
    databases.give_back(name)
    return name


def names(databases: Databases) -> set[str]:
    engine = create_engine(databases.server_url)
    with engine.connect() as connection:
        found = set(connection.scalars(text("SELECT datname FROM pg_database")))
    engine.dispose()
    return found


def test_rows_are_gone_and_numbers_begin_again(databases: Databases) -> None:
    insert = "INSERT INTO heartbeats (name, beat_at) VALUES ('a', now())"
    name = used(databases, insert, "SELECT nextval('document_events_event_id_seq')")
    assert databases.take() == name
    engine = create_engine(with_database(databases.server_url, name))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM heartbeats")).scalar_one() == 0
        assert connection.execute(text("SELECT nextval('document_events_event_id_seq')")).scalar_one() == 1
    engine.dispose()
    databases.give_back(name)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (a int)",
        "ALTER TABLE documents DISABLE TRIGGER ALL",
        "GRANT SELECT ON documents TO PUBLIC",
        "ALTER TABLE heartbeats ALTER COLUMN beat_at DROP NOT NULL",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = 1', current_database()); END $$",
        "SET LOCAL session_replication_role = replica; DELETE FROM allowed_moves",
    ],
)
def test_one_whose_schema_rights_settings_or_given_rows_were_changed_is_dropped(
    databases: Databases, statement: str
) -> None:
    assert used(databases, statement) not in names(databases)
