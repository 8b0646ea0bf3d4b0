"""Canaries: what was sent, what became of it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, exists, func, insert, select, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import canary_documents, canary_results, documents
from credmate_pipeline.reconciliation.canary import CANARY_OWNER, Canary, SentCanary, Verdict


def is_ours(connection: Connection, upload_key: str) -> bool:
    """Whether the upload is a canary that was sent."""
    if not upload_key.startswith(f"documents/{CANARY_OWNER}/"):
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


def _as_json(value: str | tuple[str, ...]) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def _as_value(value: str | list[str]) -> str | tuple[str, ...]:
    return value if isinstance(value, str) else tuple(value)
