"""A person's decision on a document, with corrections kept beside what was read; and what waits for one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, RowMapping, func, insert, not_, null, or_, select, update

from credmate_pipeline.credentials.correction import Correction, corrected, errors_of_corrections, missing_fields
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.credentials import create_credentials, withdraw_own
from credmate_pipeline.ledger.queries.filings import note_untold
from credmate_pipeline.ledger.queries.reading_back import load_extraction
from credmate_pipeline.ledger.queries.rows import RECORD_COLUMNS, document_record
from credmate_pipeline.ledger.queries.transaction import act_as, storable
from credmate_pipeline.ledger.records import DocumentRecord, Filed, RelationRecord, ReviewRecord
from credmate_pipeline.ledger.states import DECIDED_BY_A_PERSON, DocumentStatus
from credmate_pipeline.ledger.tables import corrections, document_relations, documents, providers, reviews
from credmate_pipeline.providers.provider import LinkedBy

# A reviewer's own words stay in the review and the trail: they may name people, and reasons are shown in Dagster.
REJECTED = "A person rejected it; its review says why."
REOPENED = "A person opened it again; its trail says why."
REVIEWABLE = frozenset({DocumentStatus.REVIEW_PENDING, DocumentStatus.COMPLETED})


def approve(
    connection: Connection,
    document_id: DocumentId,
    *,
    reviewer: str,
    reason: str | None,
    said: Sequence[Correction],
    owner: str | None,
    extraction_id: int | None,
    may_be_incomplete: bool,
    now: datetime,
) -> Filed:
    document, extraction = _reviewable(connection, document_id, extraction_id)
    items = corrected(extraction, said)
    wrong = errors_of_corrections(extraction, items, said, now.date())
    if wrong:
        raise LedgerRefusal(f"The correction is refused: {' '.join(wrong)}")
    missing = missing_fields(extraction, items)
    if missing and not may_be_incomplete:
        told = ", ".join(f"{number + 1}.{name}" for number, name in missing)
        raise LedgerRefusal(f"Required fields are missing: {told}. Give them, or approve the document as incomplete.")
    if owner is not None:
        _link_by_a_person(connection, document_id, owner)
    review_id = _insert_review(connection, document, "approved", reviewer=reviewer, reason=reason, now=now)
    _insert_corrections(connection, review_id, extraction, said)
    _move(connection, document_id, DocumentStatus.REVIEW_APPROVED, reviewer=reviewer, reason=reason, now=now)
    note_untold(connection, document_id, now=now)
    return create_credentials(connection, document_id, actor=reviewer, now=now)


def reject(
    connection: Connection,
    document_id: DocumentId,
    *,
    reviewer: str,
    reason: str,
    extraction_id: int | None,
    now: datetime,
) -> None:
    if not reason.strip():
        raise LedgerRefusal("A rejection needs a reason that the uploader can act on.")
    document, _ = _reviewable(connection, document_id, extraction_id)
    _insert_review(connection, document, "rejected", reviewer=reviewer, reason=reason, now=now)
    withdraw_own(connection, document_id, now=now)
    note_untold(connection, document_id, now=now)
    _move(connection, document_id, DocumentStatus.REVIEW_REJECTED, reviewer=reviewer, reason=reason, now=now)


def reopen(connection: Connection, document_id: DocumentId, *, reviewer: str, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise LedgerRefusal("Opening a decided document again needs a reason.")
    document = _locked(connection, document_id)
    if DocumentStatus(document["status"]) not in DECIDED_BY_A_PERSON:
        raise LedgerRefusal(f"Document {document_id} is {document['status']}; nobody has decided on it.")
    _move(connection, document_id, DocumentStatus.REVIEW_PENDING, reviewer=reviewer, reason=reason, now=now)


def _reviewable(
    connection: Connection, document_id: DocumentId, extraction_id: int | None
) -> tuple[RowMapping, Extraction]:
    """The document, locked, with its extraction; refuses one that is decided or was read again meanwhile."""
    document = _locked(connection, document_id)
    status = DocumentStatus(document["status"])
    if status in DECIDED_BY_A_PERSON:
        raise LedgerRefusal(
            f"Document {document_id} is already {status}; open it again with `credmate review reopen` to decide anew."
        )
    extraction = load_extraction(connection, document_id) if status in REVIEWABLE else None
    if extraction is None:
        raise LedgerRefusal(f"Document {document_id} is {status}; there is nothing to review.")
    if extraction_id is not None and extraction_id != document["extraction_id"]:
        raise LedgerRefusal(f"Document {document_id} was read again since extraction {extraction_id}; look again.")
    return document, extraction


def _locked(connection: Connection, document_id: DocumentId) -> RowMapping:
    row = connection.execute(select(documents).where(among([document_id])).with_for_update()).mappings().one_or_none()
    if row is None:
        raise LedgerRefusal(f"Document {document_id} is not in the ledger.")
    return row


def _insert_review(
    connection: Connection,
    document: RowMapping,
    decision: Literal["approved", "rejected"],
    *,
    reviewer: str,
    reason: str | None,
    now: datetime,
) -> int:
    if not reviewer.strip():
        raise LedgerRefusal("A review needs the reviewer's name or id.")
    row = insert(reviews).values(
        document_id=document["document_id"],
        extraction_id=document["extraction_id"],
        decision=decision,
        reviewer=storable(reviewer),
        reason=storable(reason) if reason else None,
        reviewed_at=now,
    )
    return connection.execute(row.returning(reviews.c.review_id)).scalar_one()


def _insert_corrections(
    connection: Connection, review_id: int, extraction: Extraction, said: Sequence[Correction]
) -> None:
    rows = []
    for correction in {(one.item, one.field): one for one in said}.values():
        read = extraction.items[correction.item].field(correction.field)
        rows.append(
            {
                "review_id": review_id,
                "item_position": correction.item,
                "field_name": correction.field,
                "read_value": null() if read is None else _json(read.value),
                "corrected_value": null() if correction.value is None else _json(correction.value),
            }
        )
    for row in rows:
        connection.execute(insert(corrections).values(**row))


def _json(value: str | tuple[str, ...]) -> str | list[str]:
    return storable(value) if isinstance(value, str) else [storable(part) for part in value]


def _link_by_a_person(connection: Connection, document_id: DocumentId, owner: str) -> None:
    provider_id = connection.execute(select(providers.c.provider_id).where(providers.c.owner == owner)).scalar()
    if provider_id is None:
        raise LedgerRefusal("No provider of the roster has that folder; `credmate providers list` shows them.")
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(provider_id=provider_id, provider_link=LinkedBy.PERSON)
    )


def _move(
    connection: Connection,
    document_id: DocumentId,
    status: DocumentStatus,
    *,
    reviewer: str,
    reason: str | None,
    now: datetime,
) -> None:
    act_as(connection, reviewer, now=now, reason=reason)
    told = {DocumentStatus.REVIEW_REJECTED: REJECTED, DocumentStatus.REVIEW_PENDING: REOPENED}.get(status)
    connection.execute(
        update(documents)
        .where(documents.c.document_id == document_id)
        .values(status=status, reasons=[told] if told else [], reason_code=None, settled_at=now)
    )


def review_queue(connection: Connection, *, at_most: int | None, owner: str | None) -> tuple[DocumentRecord, ...]:
    """Real documents that wait for a person, the longest registered first."""
    chosen = select(*RECORD_COLUMNS).where(
        documents.c.status == DocumentStatus.REVIEW_PENDING, not_(documents.c.is_canary)
    )
    if owner is not None:
        chosen = chosen.where(documents.c.owner == owner)
    rows = connection.execute(chosen.order_by(documents.c.registered_at, documents.c.document_id).limit(at_most))
    return tuple(map(document_record, rows.mappings()))


def load_reviews(connection: Connection, document_id: DocumentId) -> tuple[ReviewRecord, ...]:
    """Every decision on the document, oldest first."""
    fields = (
        select(func.array_agg(func.concat(corrections.c.item_position + 1, ".", corrections.c.field_name)))
        .where(corrections.c.review_id == reviews.c.review_id)
        .scalar_subquery()
    )
    names = [name for name in ReviewRecord.__dataclass_fields__ if name in reviews.c]
    rows = connection.execute(
        select(*(reviews.c[name] for name in names), fields.label("corrected_fields"))
        .where(reviews.c.document_id == document_id)
        .order_by(reviews.c.review_id)
    ).mappings()
    return tuple(
        ReviewRecord(**{**row, "corrected_fields": tuple(sorted(row["corrected_fields"] or ()))}) for row in rows
    )


def load_relations(connection: Connection, document_id: DocumentId) -> tuple[RelationRecord, ...]:
    """What the current extraction's items are to others', and what other documents' current items are to its own."""
    rows = connection.execute(
        select(document_relations)
        .join(documents, documents.c.extraction_id == document_relations.c.extraction_id)
        .where(
            or_(
                document_relations.c.document_id == document_id,
                document_relations.c.other_document_id == document_id,
            )
        )
        .order_by(document_relations.c.found_at, document_relations.c.item_position)
    )
    return tuple(
        RelationRecord(
            DocumentId(row.document_id),
            row.item_position,
            row.kind,
            DocumentId(row.other_document_id),
            row.other_item_position,
        )
        for row in rows
    )


def current_extraction_id(connection: Connection, document_id: DocumentId) -> int | None:
    return connection.execute(select(documents.c.extraction_id).where(documents.c.document_id == document_id)).scalar()
