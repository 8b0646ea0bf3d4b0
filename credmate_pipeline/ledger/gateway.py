"""What every part of the ledger's gateway builds on: the engine, and one transaction a method."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select

from credmate_pipeline.ledger.connection import translated_errors


class Gateway:
    """An engine whose errors become the pipeline's own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def engine(self) -> Engine:
        """The engine, for schema checks; queries belong in this folder."""
        return self._engine

    def now(self) -> datetime:
        """The database's clock: the one clock all processes and machines of the pipeline share."""
        with self._transaction() as connection:
            return connection.execute(select(func.clock_timestamp())).scalar_one().astimezone(UTC)

    def close(self) -> None:
        """Closes the pooled connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            yield connection
