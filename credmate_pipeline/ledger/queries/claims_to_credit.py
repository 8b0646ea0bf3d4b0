"""A provider's claims to CME credit: credentials on file, settled documents, and those a person must look at."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, not_, or_, select

from credmate_pipeline.credentials.claim import Claim, Surety, claim_of
from credmate_pipeline.credentials.identity import CME
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import FieldValue
from credmate_pipeline.ledger.records import ProviderId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import (
    credentials,
    documents,
    extracted_fields,
    extracted_items,
    extraction_results,
)

_READ = (DocumentStatus.COMPLETED, DocumentStatus.REVIEW_APPROVED, DocumentStatus.REVIEW_PENDING)


def load_claims(connection: Connection, provider_id: ProviderId) -> tuple[Claim, ...]:
    """Every claim of the provider, the documents registered first before others; canaries claim nothing."""
    on_file = connection.execute(_credentials_of(provider_id)).all()
    read = connection.execute(_items_of(provider_id)).all()
    return (
        *(
            claim_of(DocumentId(row.document_id), row.item_position, Surety.ON_FILE, _values(row.field_values.items()))
            for row in on_file
        ),
        *_read_claims(read),
    )


def _credentials_of(provider_id: ProviderId) -> Select[Any]:
    whose = or_(
        credentials.c.provider_id == provider_id,
        and_(credentials.c.provider_id.is_(None), documents.c.provider_id == provider_id),
    )
    return (
        select(credentials.c.document_id, credentials.c.item_position, credentials.c.field_values)
        .join(documents, documents.c.document_id == credentials.c.document_id)
        .where(
            whose,
            credentials.c.credential_type == CME,
            credentials.c.withdrawn_at.is_(None),
            not_(documents.c.is_canary),
        )
        .order_by(credentials.c.credential_id)
    )


def _items_of(provider_id: ProviderId) -> Select[Any]:
    """A row a field of every CME item that is not on file."""
    kind = func.coalesce(extracted_items.c.document_type, extraction_results.c.document_type)
    of_item = and_(
        extracted_items.c.extraction_id == extracted_fields.c.extraction_id,
        extracted_items.c.item_position == extracted_fields.c.item_position,
    )
    return (
        select(
            documents.c.document_id,
            documents.c.status,
            extracted_fields.c.item_position,
            extracted_fields.c.field_name,
            extracted_fields.c.value,
        )
        .join(extraction_results, extraction_results.c.extraction_id == documents.c.extraction_id)
        .join(extracted_fields, extracted_fields.c.extraction_id == documents.c.extraction_id)
        .join(extracted_items, of_item)
        .where(
            documents.c.provider_id == provider_id,
            documents.c.status.in_(_READ),
            kind == CME,
            not_(documents.c.is_canary),
        )
        .order_by(documents.c.registered_at, documents.c.document_id, extracted_fields.c.item_position)
    )


def _read_claims(rows: Iterable[Row[Any]]) -> Iterator[Claim]:
    for (document_id, status, position), fields in groupby(
        rows, key=lambda row: (row.document_id, row.status, row.item_position)
    ):
        surety = Surety.IN_REVIEW if status == DocumentStatus.REVIEW_PENDING else Surety.SETTLED
        values = _values((row.field_name, row.value) for row in fields)
        yield claim_of(DocumentId(document_id), position, surety, values)


def _values(pairs: Iterable[tuple[str, Any]]) -> dict[str, FieldValue]:
    return {name: value if isinstance(value, str) else tuple(value) for name, value in pairs}
