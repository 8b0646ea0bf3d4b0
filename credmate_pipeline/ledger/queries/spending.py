"""What calls to a paid model cost, counted before they are made."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, and_, func, insert, select, text, update

from credmate_pipeline.ledger.tables import model_calls

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('credmate spending'))")
_COUNTED = func.coalesce(model_calls.c.spent_usd, model_calls.c.reserved_usd)
"""A call whose end nobody noted counts as what was reserved: it may have been paid for."""


def lock(connection: Connection) -> None:
    """Waits until nobody else reserves."""
    connection.execute(_LOCK)


def spent_on_day(connection: Connection, now: datetime) -> Decimal:
    """Dollars of the UTC day of `now`."""
    begin = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    at = model_calls.c.reserved_at
    return _sum(connection, and_(at >= begin, at < begin + timedelta(days=1)))


def spent_on(connection: Connection, subject: str) -> Decimal:
    """Dollars of all calls for a subject."""
    return _sum(connection, model_calls.c.subject == subject)


def reserve(connection: Connection, subject: str, model_id: str, usd: Decimal, now: datetime) -> int:
    statement = insert(model_calls).values(subject=subject, model_id=model_id, reserved_usd=usd, reserved_at=now)
    return connection.execute(statement.returning(model_calls.c.model_call_id)).scalar_one()


def end(
    connection: Connection, call_id: int, usd: Decimal, *, input_tokens: int, output_tokens: int, now: datetime
) -> None:
    connection.execute(
        update(model_calls)
        .where(model_calls.c.model_call_id == call_id)
        .values(spent_usd=usd, input_tokens=input_tokens, output_tokens=output_tokens, ended_at=now)
    )


def _sum(connection: Connection, chosen: ColumnElement[bool]) -> Decimal:
    return connection.execute(select(func.coalesce(func.sum(_COUNTED), 0)).where(chosen)).scalar_one()
