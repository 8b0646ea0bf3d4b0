"""What is held true of a provider: one credential an item, with the document that proves it."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.rows import document_record, select_records
from credmate_pipeline.ledger.queries.transaction import act_as
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import credentials, documents, extracted_fields, extracted_items

_APPROVABLE = frozenset({DocumentStatus.COMPLETED, DocumentStatus.REVIEW_APPROVED})


def create_credentials(connection: Connection, document_id: DocumentId, *, actor: str, now: datetime) -> int:
    row = connection.execute(select_records().where(among([document_id])).with_for_update()).mappings().one_or_none()
    if row is None or DocumentStatus(row["status"]) not in _APPROVABLE:
        raise LedgerRefusal(f"Document {document_id} is not completed or approved; it proves no credential yet.")
    document = document_record(row)
    extraction_id = connection.execute(
        select(documents.c.extraction_id).where(documents.c.document_id == document_id)
    ).scalar_one()
    items = connection.execute(
        select(extracted_items.c.item_position, extracted_items.c.document_type).where(
            extracted_items.c.extraction_id == extraction_id
        )
    )
    rows = [
        {
            "document_id": document_id,
            "extraction_id": extraction_id,
            "item_position": item.item_position,
            "provider_id": document.provider_id,
            "credential_type": item.document_type or document.document_type,
            "expires_on": _expiry(connection, extraction_id, item.item_position),
            "created_by": actor,
            "created_at": now,
        }
        for item in items
    ]
    connection.execute(insert(credentials), rows)
    act_as(connection, actor, now=now, reason="Its credential is on file.")
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(status=DocumentStatus.APPROVED, settled_at=now)
    )
    return len(rows)


def _expiry(connection: Connection, extraction_id: int, position: int) -> date | None:
    """The printed day of expiry; None where none, or only a month, is printed."""
    value = connection.execute(
        select(extracted_fields.c.value).where(
            extracted_fields.c.extraction_id == extraction_id,
            extracted_fields.c.item_position == position,
            extracted_fields.c.field_name == "expiration_date",
        )
    ).scalar()
    full_day = len("YYYY-MM-DD")
    return date.fromisoformat(value) if isinstance(value, str) and len(value) == full_day else None
