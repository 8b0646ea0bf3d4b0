"""Canaries: what was sent, what became of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.rows import RECORD_COLUMNS, document_record
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import canary_documents, canary_results, documents
from credmate_pipeline.reconciliation.canary import CANARY_OWNER, Canary, SentCanary, Verdict

_RETIRED_AT_MOST = 20
_IS_OPEN = canary_documents.c.judged_at.is_(None)


def may_be_ours(upload_key: str) -> bool:
    """Whether it lies where canaries do."""
    return upload_key.startswith(f"documents/{CANARY_OWNER}/")


def is_ours(connection: Connection, upload_key: str) -> bool:
    """Whether the upload is a canary that was sent."""
    if not may_be_ours(upload_key):
        return False
    return bool(connection.execute(select(exists().where(canary_documents.c.upload_key == upload_key))).scalar())


def note_sent(connection: Connection, canary: Canary, *, sent_at: datetime, due_at: datetime) -> None:
    connection.execute(
        insert(canary_documents).values(
            upload_key=canary.upload_key,
            document_type=canary.document_type,
            fields={name: _as_json(value) for name, value in canary.fields.items()},
            sent_at=sent_at,
            due_at=due_at,
        )
    )


def last_sent_at(connection: Connection) -> datetime | None:
    return connection.execute(select(func.max(canary_documents.c.sent_at))).scalar()


def on_their_way(connection: Connection) -> tuple[SentCanary, ...]:
    rows = connection.execute(
        select(
            canary_documents.c.upload_key,
            canary_documents.c.document_type,
            canary_documents.c.fields,
            canary_documents.c.sent_at,
            canary_documents.c.due_at,
            documents.c.document_id,
            documents.c.status,
            documents.c.document_type.label("found_type"),
        )
        .outerjoin(documents, (documents.c.upload_key == canary_documents.c.upload_key) & documents.c.is_canary)
        .where(canary_documents.c.judged_at.is_(None))
        .order_by(canary_documents.c.sent_at)
        .with_for_update(of=canary_documents, skip_locked=True)
    )
    return tuple(
        SentCanary(
            upload_key=row.upload_key,
            document_type=row.document_type,
            fields={name: _as_value(value) for name, value in row.fields.items()},
            sent_at=row.sent_at,
            due_at=row.due_at,
            document_id=DocumentId(row.document_id) if row.document_id else None,
            status=DocumentStatus(row.status) if row.status else None,
            found_type=row.found_type,
        )
        for row in rows
    )


def store_verdicts(connection: Connection, verdicts: Iterable[Verdict], now: datetime) -> None:
    for verdict in verdicts:
        connection.execute(
            insert(canary_results).values(
                document_id=verdict.document_id,
                is_passed=verdict.is_passed,
                differences=list(verdict.differences),
                started_at=verdict.sent_at,
                finished_at=now,
            )
        )
        connection.execute(
            update(canary_documents).where(canary_documents.c.upload_key == verdict.upload_key).values(judged_at=now)
        )


def to_retire(connection: Connection, judged_before: datetime) -> tuple[DocumentRecord, ...]:
    rows = connection.execute(
        select(*RECORD_COLUMNS)
        .join(canary_documents, canary_documents.c.upload_key == documents.c.upload_key)
        .where(
            documents.c.is_canary,
            documents.c.status == DocumentStatus.COMPLETED,
            canary_documents.c.judged_at < judged_before,
            canary_documents.c.retired_at.is_(None),
            exists().where(canary_results.c.document_id == documents.c.document_id, canary_results.c.is_passed),
        )
        .order_by(canary_documents.c.judged_at)
        .limit(_RETIRED_AT_MOST)
    ).mappings()
    return tuple(map(document_record, rows))


def note_retired(connection: Connection, document_ids: Iterable[DocumentId], now: datetime) -> None:
    keys = select(documents.c.upload_key).where(among(document_ids), documents.c.is_canary)
    connection.execute(update(canary_documents).where(canary_documents.c.upload_key.in_(keys)).values(retired_at=now))


def last_good_round(connection: Connection) -> tuple[datetime, datetime] | None:
    """When the newest round of which every canary came through was sent, and when it was through."""
    row = connection.execute(
        select(canary_results.c.started_at, func.max(canary_results.c.finished_at))
        .where(~exists().where(canary_documents.c.sent_at == canary_results.c.started_at, _IS_OPEN))
        .group_by(canary_results.c.started_at)
        .having(func.bool_and(canary_results.c.is_passed))
        .order_by(canary_results.c.started_at.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def _as_json(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _as_value(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)
