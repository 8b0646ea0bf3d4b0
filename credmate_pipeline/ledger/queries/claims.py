"""Leases on documents: taking, renewing, giving back; what happens after a failed attempt."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, any_, case, cast, delete, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal, ReasonCode
from credmate_pipeline.ledger.queries.rows import RECORD_COLUMNS, document_record, select_records
from credmate_pipeline.ledger.queries.transaction import PIPELINE, act_as, note_event, storable
from credmate_pipeline.ledger.records import DocumentRecord, EventKind, canonical_ids
from credmate_pipeline.ledger.states import ALLOWED_MOVES, DECIDED_BY_A_PERSON, DocumentStatus
from credmate_pipeline.ledger.tables import UUID, documents, replay_requests

REOPENABLE = frozenset(status for status, targets in ALLOWED_MOVES.items() if DocumentStatus.UPLOADED in targets)
"""Statuses an automatic reading may leave to be read again."""


def among(document_ids: Iterable[str]) -> ColumnElement[bool]:
    """Whether a document is one of these; ids that are no UUIDs match nothing."""
    return documents.c.document_id == any_(cast(literal(canonical_ids(document_ids), ARRAY(UUID)), ARRAY(UUID)))


def claim(
    connection: Connection, document_ids: Iterable[str], *, run_id: str, lease: timedelta, now: datetime, reopen: bool
) -> tuple[DocumentRecord, ...]:
    wanted = tuple(document_ids)
    claimable = frozenset({DocumentStatus.UPLOADED})
    if reopen:
        reopen_documents(connection, wanted, actor=PIPELINE, run_id=run_id, reason="Read again on request.", now=now)
        claimable |= DECIDED_BY_A_PERSON
    free = (
        select(documents.c.document_id)
        .where(among(wanted), documents.c.status.in_(claimable), _is_free_for(run_id, now))
        .order_by(documents.c.document_id)
        .with_for_update(skip_locked=True)
    )
    is_new = or_(documents.c.claim_run_id.is_distinct_from(run_id), documents.c.claim_until_at <= now)
    rows = connection.execute(
        update(documents)
        .where(documents.c.document_id.in_(free))
        .values(
            claim_run_id=run_id,
            claim_until_at=now + lease,
            attempt_count=documents.c.attempt_count + case((is_new, 1), else_=0),
        )
        .returning(*RECORD_COLUMNS)
    ).mappings()
    claimed = {record.document_id: record for record in map(document_record, rows)}
    return tuple(claimed[DocumentId(one)] for one in dict.fromkeys(wanted) if one in claimed)


def _is_free_for(run_id: str, now: datetime) -> ColumnElement[bool]:
    return or_(
        documents.c.claim_run_id.is_(None), documents.c.claim_run_id == run_id, documents.c.claim_until_at <= now
    )


def reopen_documents(
    connection: Connection,
    document_ids: Iterable[str],
    *,
    actor: str,
    reason: str,
    now: datetime,
    run_id: str | None = None,
) -> tuple[DocumentId, ...]:
    act_as(connection, actor, now=now, run_id=run_id, reason=reason)
    settled = (
        select(documents.c.document_id)
        .where(among(document_ids), documents.c.status.in_(REOPENABLE))
        .order_by(documents.c.document_id)
        .with_for_update(skip_locked=True)
    )
    rows = connection.execute(
        update(documents)
        .where(documents.c.document_id.in_(settled))
        .values(
            status=DocumentStatus.UPLOADED,
            reason_code=None,
            reasons=[],
            attempt_count=0,
            settled_at=None,
            waiting_since_at=now,
            claim_run_id=None,
            claim_until_at=None,
        )
        .returning(documents.c.document_id)
    )
    return tuple(DocumentId(row.document_id) for row in rows)


def renew_claims(connection: Connection, run_id: str, until: datetime) -> int:
    renewed = connection.execute(
        update(documents).where(documents.c.claim_run_id == run_id).values(claim_until_at=until)
    )
    return renewed.rowcount


def release(connection: Connection, run_id: str) -> int:
    released = connection.execute(
        update(documents)
        .where(documents.c.claim_run_id == run_id)
        .values(claim_run_id=None, claim_until_at=None, attempt_count=func.greatest(documents.c.attempt_count - 1, 0))
    )
    return released.rowcount


def held_document(connection: Connection, document_id: DocumentId, run_id: str) -> DocumentRecord:
    """The document, locked until the transaction ends. Raises LedgerRefusal where another or no run holds it."""
    row = connection.execute(select_records().where(among([document_id])).with_for_update()).mappings().one_or_none()
    if row is None:
        raise LedgerRefusal(f"Document {document_id} is not in the ledger.")
    if row["claim_run_id"] != run_id:
        raise LedgerRefusal(f"Document {document_id} is not claimed by run {run_id}; its result was not stored.")
    return document_record(row)


def record_failure(
    connection: Connection,
    document_id: DocumentId,
    *,
    run_id: str,
    reason: ReasonCode,
    message: str,
    attempts_allowed: int,
    now: datetime,
) -> DocumentStatus:
    document = held_document(connection, document_id, run_id)
    told = storable(f"{reason}: {message}")
    act_as(connection, PIPELINE, now=now, run_id=run_id, reason=told)
    note_event(connection, document_id, EventKind.ATTEMPT_FAILED, reason=told)
    is_spent = document.status is DocumentStatus.UPLOADED and document.attempt_count >= attempts_allowed
    status = DocumentStatus.FAILED if is_spent else document.status
    if is_spent:
        connection.execute(delete(replay_requests).where(replay_requests.c.document_id == document_id))
    outcome = {"status": status, "reason_code": reason, "reasons": [storable(message)], "settled_at": now}
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(claim_run_id=None, claim_until_at=None, waiting_since_at=now, **(outcome if is_spent else {}))
    )
    return status
