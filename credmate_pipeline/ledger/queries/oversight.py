"""What waits, what a day brought, what expires. Canaries are no real documents and count nowhere here."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, not_, select

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.records import EventKind, ProviderId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import credentials, document_events, documents
from credmate_pipeline.oversight.activity import DayActivity
from credmate_pipeline.oversight.expiring import ExpiringCredential
from credmate_pipeline.oversight.review_queue import ReasonCount, ReviewQueue, WaitingDocument

_IS_REAL = not_(documents.c.is_canary)
_FIRST_REASON = func.coalesce(documents.c.reasons[1], "")
_EVENTS, _EARLIER = document_events.c, document_events.alias().c
_IS_SETTLING = and_(
    _EVENTS.kind == EventKind.MOVED,
    _EVENTS.from_status == DocumentStatus.UPLOADED,
    _EVENTS.to_status.not_in((DocumentStatus.UPLOADED, DocumentStatus.PURGED)),
)
_IS_FIRST = not_(
    exists().where(
        _EARLIER.document_id == _EVENTS.document_id,
        _EARLIER.event_id < _EVENTS.event_id,
        _EARLIER.kind == EventKind.MOVED,
    )
)
_TOOK = func.extract("epoch", _EVENTS.occurred_at - documents.c.registered_at)
_REVIEWED = (DocumentStatus.REVIEW_APPROVED, DocumentStatus.REVIEW_REJECTED)
_TYPE = func.coalesce(documents.c.document_type, "unknown")


def review_queue(connection: Connection, *, at_most: int) -> ReviewQueue:
    waits = and_(documents.c.status == DocumentStatus.REVIEW_PENDING, _IS_REAL)
    counts = connection.execute(select(_TYPE, _FIRST_REASON, func.count()).where(waits).group_by(_TYPE, _FIRST_REASON))
    oldest = connection.execute(
        select(documents.c.document_id, _TYPE, _FIRST_REASON, documents.c.settled_at)
        .where(waits)
        .order_by(documents.c.settled_at, documents.c.document_id)
        .limit(at_most)
    )
    return ReviewQueue(
        tuple(ReasonCount(*row) for row in counts),
        tuple(WaitingDocument(DocumentId(row[0]), row[1], row[2], row[3]) for row in oldest),
    )


def day_activity(connection: Connection, day: date) -> DayActivity:
    half, most = connection.execute(
        _of_day(
            day, func.percentile_cont(0.5).within_group(_TOOK), func.percentile_cont(0.95).within_group(_TOOK)
        ).where(_IS_SETTLING, _IS_FIRST)
    ).one()
    return DayActivity(
        day=day,
        uploaded=sum(_by_status(connection, day, _EVENTS.kind == EventKind.REGISTERED).values()),
        settled=_by_status(connection, day, _IS_SETTLING, _IS_FIRST),
        read_again=sum(_by_status(connection, day, _IS_SETTLING, not_(_IS_FIRST)).values()),
        reviewed=_by_status(connection, day, _EVENTS.kind == EventKind.MOVED, _EVENTS.to_status.in_(_REVIEWED)),
        seconds_p50=None if half is None else float(half),
        seconds_p95=None if most is None else float(most),
    )


def _by_status(connection: Connection, day: date, *conditions: ColumnElement[bool]) -> dict[DocumentStatus, int]:
    """Events of the day by the status they lead to."""
    rows = connection.execute(
        _of_day(day, _EVENTS.to_status, func.count()).where(*conditions).group_by(_EVENTS.to_status)
    )
    return {DocumentStatus(status): count for status, count in rows}


def _of_day(day: date, *columns: ColumnElement[Any]) -> Select[Any]:
    began = datetime.combine(day, time(), UTC)
    return (
        select(*columns)
        .select_from(document_events.join(documents, documents.c.document_id == _EVENTS.document_id))
        .where(_EVENTS.occurred_at >= began, _EVENTS.occurred_at < began + timedelta(days=1), _IS_REAL)
    )


def expiring_credentials(connection: Connection, *, until: date) -> tuple[ExpiringCredential, ...]:
    """Live credentials that expire by `until` or have expired, and that no later one renews; the soonest first."""
    later = credentials.alias()
    is_renewed = exists().where(later.c.renews == credentials.c.credential_id, later.c.withdrawn_at.is_(None))
    rows = connection.execute(
        select(
            credentials.c.credential_id,
            credentials.c.credential_type,
            credentials.c.provider_id,
            credentials.c.document_id,
            credentials.c.expires_on,
        )
        .join(documents, documents.c.document_id == credentials.c.document_id)
        .where(credentials.c.expires_on <= until, credentials.c.withdrawn_at.is_(None), not_(is_renewed), _IS_REAL)
        .order_by(credentials.c.expires_on, credentials.c.credential_id)
    )
    return tuple(
        ExpiringCredential(
            row.credential_id,
            row.credential_type,
            ProviderId(row.provider_id) if row.provider_id is not None else None,
            DocumentId(row.document_id),
            row.expires_on,
        )
        for row in rows
    )
