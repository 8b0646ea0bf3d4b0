"""Lists and counts of documents. Canaries are left out of everything that speaks of real documents."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal, not_, or_, select, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.rows import RECORD_COLUMNS, document_event, document_record, select_events
from credmate_pipeline.ledger.records import DocumentEvent, DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    classifications,
    document_events,
    documents,
    extracted_fields,
    extraction_results,
    recalls,
)
from credmate_pipeline.live_window import RETIRABLE
from credmate_pipeline.run_plan import DueDocument

_UUID_DIGITS = 32
_FIRST_RETRY = timedelta(seconds=30)
"""Wait after a first failed attempt; it doubles with each further one."""


def documents_by_id(connection: Connection, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
    rows = connection.execute(select(*RECORD_COLUMNS).where(among(document_ids))).mappings()
    return tuple(map(document_record, rows))


def documents_by_prefix(connection: Connection, prefix: str, at_most: int) -> tuple[DocumentRecord, ...]:
    digits = prefix.lower().replace("-", "")
    if len(digits) > _UUID_DIGITS or not all(digit in "0123456789abcdef" for digit in digits):
        return ()
    lowest, highest = digits.ljust(_UUID_DIGITS, "0"), digits.ljust(_UUID_DIGITS, "f")
    rows = connection.execute(
        select(*RECORD_COLUMNS)
        .where(documents.c.document_id.between(str(UUID(lowest)), str(UUID(highest))))
        .order_by(documents.c.document_id)
        .limit(at_most)
    ).mappings()
    return tuple(map(document_record, rows))


def newest_documents(
    connection: Connection, status: DocumentStatus | None, at_most: int | None
) -> tuple[DocumentRecord, ...]:
    chosen = select(*RECORD_COLUMNS).where(not_(documents.c.is_canary))
    if status is not None:
        chosen = chosen.where(documents.c.status == status)
    chosen = chosen.order_by(documents.c.registered_at.desc(), documents.c.document_id).limit(at_most)
    return tuple(map(document_record, connection.execute(chosen).mappings()))


def history(connection: Connection, document_id: DocumentId) -> tuple[DocumentEvent, ...]:
    rows = connection.execute(
        select_events().where(document_events.c.document_id == document_id).order_by(document_events.c.event_id)
    ).mappings()
    return tuple(map(document_event, rows))


def counts_by_status(connection: Connection) -> dict[DocumentStatus, int]:
    rows = connection.execute(
        select(documents.c.status, func.count()).where(not_(documents.c.is_canary)).group_by(documents.c.status)
    )
    return {DocumentStatus(status): count for status, count in rows}


def due(connection: Connection, *, now: datetime, patience: timedelta, at_most: int) -> tuple[DueDocument, ...]:
    failed_attempts = documents.c.attempt_count
    wait = literal(_FIRST_RETRY) * func.power(2, failed_attempts - 1)
    is_rested = or_(failed_attempts == 0, documents.c.waiting_since_at + wait <= now)
    is_unasked = or_(
        documents.c.requested_at.is_(None),
        documents.c.requested_at < documents.c.waiting_since_at,
        documents.c.requested_at < now - patience,
    )
    rows = connection.execute(
        select(documents.c.document_id, documents.c.request_count)
        .where(documents.c.status == DocumentStatus.UPLOADED, _is_free(now), is_rested, is_unasked)
        .order_by(documents.c.registered_at, documents.c.document_id)
        .limit(at_most)
    )
    return tuple(DueDocument(DocumentId(row.document_id), row.request_count) for row in rows)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(documents.c.claim_run_id.is_(None), documents.c.claim_until_at <= now)


def mark_requested(connection: Connection, document_ids: Iterable[str], *, now: datetime) -> None:
    connection.execute(
        update(documents)
        .where(among(document_ids))
        .values(requested_at=now, request_count=documents.c.request_count + 1)
    )


def forget_request(connection: Connection, document_ids: Iterable[str]) -> int:
    """Makes unsettled, unclaimed documents due at once."""
    freed = connection.execute(
        update(documents)
        .where(among(document_ids), documents.c.status == DocumentStatus.UPLOADED, documents.c.claim_run_id.is_(None))
        .values(requested_at=None)
    )
    return freed.rowcount


def latest_request(connection: Connection) -> datetime | None:
    is_waiting = (documents.c.status == DocumentStatus.UPLOADED) & documents.c.claim_run_id.is_(None)
    return connection.scalar(select(func.max(documents.c.requested_at)).where(is_waiting))


def forget_requests_of(connection: Connection, requested_at: datetime, *, asked_at_most: int) -> int:
    freed = connection.execute(
        update(documents)
        .where(
            documents.c.status == DocumentStatus.UPLOADED,
            documents.c.claim_run_id.is_(None),
            documents.c.requested_at == requested_at,
            documents.c.request_count - documents.c.attempt_count <= asked_at_most,
        )
        .values(requested_at=None)
    )
    return freed.rowcount


def retirable(
    connection: Connection, document_ids: Iterable[str], *, settled_before: datetime, at_most: int
) -> tuple[DocumentId, ...]:
    is_to_be_recalled = exists().where(
        recalls.c.document_id == documents.c.document_id, recalls.c.requested_at.is_(None)
    )
    rows = connection.execute(
        select(documents.c.document_id)
        .where(
            among(document_ids),
            documents.c.status.in_(RETIRABLE),
            documents.c.settled_at < settled_before,
            documents.c.claim_run_id.is_(None),
            not_(is_to_be_recalled),
        )
        .order_by(documents.c.settled_at, documents.c.document_id)
        .limit(at_most)
    ).scalars()
    return tuple(DocumentId(found) for found in rows)


def open_documents(connection: Connection) -> tuple[DocumentRecord, ...]:
    rows = connection.execute(
        select(*RECORD_COLUMNS).where(
            or_(documents.c.status == DocumentStatus.UPLOADED, documents.c.claim_run_id.is_not(None))
        )
    ).mappings()
    return tuple(map(document_record, rows))


def statuses(connection: Connection, document_ids: Iterable[str]) -> dict[DocumentId, DocumentStatus]:
    rows = connection.execute(select(documents.c.document_id, documents.c.status).where(among(document_ids)))
    return {DocumentId(row.document_id): DocumentStatus(row.status) for row in rows}


def with_a_result(connection: Connection, document_ids: Iterable[str]) -> frozenset[str]:
    """Those that have an evidenced extraction, or were read and found to be of no known type."""
    field = exists().where(
        extraction_results.c.document_id == documents.c.document_id,
        extracted_fields.c.extraction_id == extraction_results.c.extraction_id,
    )
    other_type = exists().where(classifications.c.document_id == documents.c.document_id)
    is_unsupported = and_(documents.c.status == DocumentStatus.UNSUPPORTED, other_type)
    rows = connection.execute(
        select(documents.c.document_id).where(among(document_ids), or_(field, is_unsupported))
    ).scalars()
    return frozenset(str(found) for found in rows)


def has_evidenced_extraction(connection: Connection, document_id: DocumentId) -> bool:
    """Whether the document's current extraction has fields, each with a place and the text printed there."""
    return bool(
        connection.execute(
            select(func.count() > 0)
            .select_from(extracted_fields)
            .join(documents, documents.c.extraction_id == extracted_fields.c.extraction_id)
            .where(
                documents.c.document_id == document_id,
                extracted_fields.c.page >= 1,
                extracted_fields.c.printed_text != "",
            )
        ).scalar_one()
    )
