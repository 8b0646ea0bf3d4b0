"""Documents adopted from an earlier installation: storing what it stated, and holding readings against it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, exists, insert, null, select, update

from credmate_pipeline.adoption.kept import against_kept, sentence
from credmate_pipeline.adoption.plan import Adoption, trail_sentence
from credmate_pipeline.adoption.stated import HumanDecision, KeptDecision, StatedDocument
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.ledger.queries import arrivals
from credmate_pipeline.ledger.queries.claims import among
from credmate_pipeline.ledger.queries.reading_back import load_extraction
from credmate_pipeline.ledger.queries.rows import document_record, select_records
from credmate_pipeline.ledger.queries.transaction import act_as, note_event, storable
from credmate_pipeline.ledger.records import AdoptedRecord, DocumentRecord, EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import adopted_documents, documents, reviews
from credmate_pipeline.outcome import Outcome

_NOTHING_PERSONAL: Mapping[str, Any] = {"stated_error": None, "stated_values": null(), "decided_by": None}


def adopted_ids(connection: Connection) -> dict[str, DocumentId]:
    """The document of every id adopted so far."""
    rows = connection.execute(select(adopted_documents.c.source_id, adopted_documents.c.document_id))
    return {row.source_id: DocumentId(row.document_id) for row in rows}


def load_adopted(connection: Connection, document_id: str) -> tuple[AdoptedRecord, ...]:
    columns = (adopted_documents.c[name] for name in AdoptedRecord.__dataclass_fields__)
    rows = connection.execute(
        select(*columns)
        .where(adopted_documents.c.document_id == document_id)
        .order_by(adopted_documents.c.adopted_at, adopted_documents.c.source_id)
    ).mappings()
    return tuple(AdoptedRecord(**row) for row in rows)


def adopt(connection: Connection, adoption: Adoption, *, actor: str, now: datetime) -> DocumentId:
    """Registers the upload (or finds it registered) and stores what was stated, with an entry in the trail."""
    stated, upload, own_id = adoption.stated, adoption.upload, adoption.document_id
    if upload is None or own_id is None:
        raise LedgerRefusal("Only what can be mapped can be adopted.")
    document_id = arrivals.register(
        connection, upload, document_id=own_id, now=now, actor=actor, is_canary=False
    ).document_id
    document = _locked(connection, document_id)
    row = {**_row(stated, document_id, actor, now), **(_NOTHING_PERSONAL if _is_purged(document) else {})}
    connection.execute(insert(adopted_documents).values(**row))
    act_as(connection, actor, now=now, reason=trail_sentence(stated))
    note_event(connection, document_id, EventKind.ADOPTED, reason=trail_sentence(stated))
    _open_where_it_differs(connection, document, actor, now)
    return document_id


def _locked(connection: Connection, document_id: DocumentId) -> DocumentRecord:
    row = connection.execute(select_records().where(among([document_id])).with_for_update()).mappings().one()
    return document_record(row)


def _is_purged(document: DocumentRecord) -> bool:
    return document.status is DocumentStatus.PURGED


def _row(stated: StatedDocument, document_id: DocumentId, actor: str, now: datetime) -> Mapping[str, Any]:
    is_decided = stated.decision is not None
    values = {storable(name): storable(value) for name, value in stated.values.items()}
    return {
        "source_id": storable(stated.source_id),
        "document_id": document_id,
        "stated_status": storable(stated.status),
        "stated_type": storable(stated.document_type) if stated.document_type else None,
        "stated_confidence": stated.confidence,
        "stated_error": storable(stated.error) if stated.error else None,
        "stated_values": values or null(),
        "had_extraction": bool(values),
        "decision": stated.decision,
        "decided_by": storable(stated.decided_by) if is_decided and stated.decided_by else None,
        "decided_at": stated.decided_at if is_decided else None,
        "adopted_by": actor,
        "adopted_at": now,
    }


# Against readings


def against_adopted(connection: Connection, document_id: DocumentId, outcome: Outcome) -> Outcome:
    """The outcome beside decisions people made in an earlier installation; unchanged once one was made in this one."""
    for kept in _kept(connection, document_id):
        outcome = against_kept(outcome, kept)
    return outcome


def _kept(connection: Connection, document_id: DocumentId) -> tuple[KeptDecision, ...]:
    is_reviewed = exists().where(reviews.c.document_id == adopted_documents.c.document_id)
    rows = connection.execute(
        select(adopted_documents)
        .where(adopted_documents.c.document_id == document_id, adopted_documents.c.decision.is_not(None), ~is_reviewed)
        .order_by(adopted_documents.c.source_id)
    ).mappings()
    return tuple(map(_kept_decision, rows))


def _kept_decision(row: RowMapping) -> KeptDecision:
    stated = StatedDocument("", "", row["stated_status"], row["stated_type"])
    return KeptDecision(HumanDecision(row["decision"]), stated.known_type, row["stated_values"] or {})


def _open_where_it_differs(connection: Connection, document: DocumentRecord, actor: str, now: datetime) -> None:
    """A document that settled before it was adopted goes to a person where the kept decision says otherwise."""
    if document.status is not DocumentStatus.COMPLETED:
        return
    extraction = load_extraction(connection, document.document_id)
    for kept in _kept(connection, document.document_id):
        differing = kept.differences(extraction, document.document_type)
        if differing or kept.decision is HumanDecision.REJECTED:
            told = sentence(kept, differing)
            act_as(connection, actor, now=now, reason=told)
            connection.execute(
                update(documents)
                .where(documents.c.document_id == document.document_id)
                .values(status=DocumentStatus.REVIEW_PENDING, reasons=[told], settled_at=now)
            )
            return
