"""The gateway to what a paid model has cost, and whether it may be asked once more.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine

from credmate_pipeline.errors import SpendLimitReached
from credmate_pipeline.ledger.connection import translated_errors
from credmate_pipeline.ledger.queries import spending


@dataclass(frozen=True, slots=True)
class SpendLimits:
    """In US dollars."""

    daily: Decimal
    """Of a UTC day."""
    document: Decimal
    """Of all calls for one document."""


class SpendBook:
    """Calls and their cost. Over a ledger's engine, which its owner closes."""

    def __init__(self, engine: Engine, limits: SpendLimits) -> None:
        self._engine = engine
        self._limits = limits

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated_errors(self._engine), self._engine.begin() as connection:
            yield connection

    def reserve(self, subject: str, model_id: str, usd: Decimal, *, now: datetime) -> int:
        """Counts a call before it is made, at the most it can cost; returns its id. `subject` is a document's id.

        Raises `SpendLimitReached` where a limit would be passed. Of several that reserve at once each sees the others.
        """
        with self._transaction() as connection:
            spending.lock(connection)
            if spending.spent_on_day(connection, now) + usd > self._limits.daily:
                raise SpendLimitReached(
                    "The day's spend limit (CREDMATE_BEDROCK_DAILY_USD) does not allow another call."
                )
            if spending.spent_on(connection, subject) + usd > self._limits.document:
                raise SpendLimitReached(
                    "The document's spend limit (CREDMATE_BEDROCK_DOCUMENT_USD) allows no call more."
                )
            return spending.reserve(connection, subject, model_id, usd, now)

    def end(self, call_id: int, usd: Decimal, *, input_tokens: int, output_tokens: int, now: datetime) -> None:
        """Replaces what was reserved by what was spent. A call that never ends stays counted as reserved."""
        with self._transaction() as connection:
            spending.end(connection, call_id, usd, input_tokens=input_tokens, output_tokens=output_tokens, now=now)

    def spent_on_day(self, *, now: datetime) -> Decimal:
        """Dollars of the UTC day of `now`, what is reserved among them."""
        with self._transaction() as connection:
            return spending.spent_on_day(connection, now)
