"""Settling a document with everything that was found of it, in the caller's one transaction."""

from datetime import datetime

from sqlalchemy import Connection, case, insert, select, update

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import LedgerRefusal
from credmate_pipeline.extraction.fields import Extraction, Field
from credmate_pipeline.ledger.queries.adoptions import against_adopted
from credmate_pipeline.ledger.queries.audits import draw_audit
from credmate_pipeline.ledger.queries.claims import held_document
from credmate_pipeline.ledger.queries.credentials import create_credentials
from credmate_pipeline.ledger.queries.replays import end_replay
from credmate_pipeline.ledger.queries.rows import evidence_row, page_type_row, set_aside_row, total_row
from credmate_pipeline.ledger.queries.standing import Standing, judged, standing_of, store_standing
from credmate_pipeline.ledger.queries.transaction import PIPELINE, act_as, note_event, storable
from credmate_pipeline.ledger.records import DocumentRecord, EventKind
from credmate_pipeline.ledger.states import DECIDED_BY_A_PERSON, DocumentStatus
from credmate_pipeline.ledger.tables import (
    classifications,
    documents,
    extracted_fields,
    extracted_items,
    extraction_results,
    findings,
)
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.providers.link import Link
from credmate_pipeline.providers.provider import LinkedBy
from credmate_pipeline.reconciliation.changes import status_after, values_by_place
from credmate_pipeline.validation.finding import VALIDATOR_VERSION, Severity

DIFFERS = "A new reading differs from what a person decided on; a person must look again."


def settle(
    connection: Connection,
    document_id: DocumentId,
    *,
    run_id: str,
    outcome: Outcome,
    artifact: str | None,
    audit_share: float,
    files_credentials: bool,
    now: datetime,
) -> DocumentStatus:
    document = held_document(connection, document_id, run_id)
    if outcome.status is DocumentStatus.UPLOADED:
        raise LedgerRefusal(f"Document {document_id} cannot be settled as uploaded.")
    standing = standing_of(connection, document, outcome)
    outcome = against_adopted(connection, document_id, judged(outcome, standing))
    previous = _current_values(connection, document_id)
    classification_id = _store_classification(connection, document_id, run_id, outcome, now)
    extraction_id = _store_extraction(connection, document_id, outcome, standing, run_id=run_id, now=now)
    results = {
        "reading_artifact": artifact or document.reading_artifact,
        **({"classification_id": classification_id} if classification_id is not None else {}),
        **({"extraction_id": extraction_id} if extraction_id is not None else {}),
        **({"document_type": outcome.classification.document_type} if outcome.classification else {}),
        "claim_run_id": None,
        "claim_until_at": None,
        **_provider(standing.link),
    }
    is_same = previous == values_by_place(outcome.extraction)
    move = _move(document, outcome, is_same=is_same, now=now)
    told = " ".join(outcome.reasons) if document.status not in DECIDED_BY_A_PERSON else DIFFERS
    act_as(connection, PIPELINE, now=now, run_id=run_id, reason=told)
    if not move:
        note_event(connection, document_id, EventKind.READ_AGAIN, reason="The new reading says the same.")
    connection.execute(update(documents).where(documents.c.document_id == document_id).values(**results, **move))
    end_replay(connection, document_id)
    if move.get("status") is DocumentStatus.COMPLETED and extraction_id is not None:
        draw_audit(connection, document_id, extraction_id, share=audit_share, now=now)
    status = DocumentStatus(str(move.get("status", document.status)))
    if files_credentials and status is DocumentStatus.COMPLETED and not document.is_canary:
        create_credentials(connection, document_id, actor=PIPELINE, now=now)
        return DocumentStatus.APPROVED
    return status


def _provider(link: Link) -> dict[str, object]:
    """The columns that tie the document to its provider; a reviewer's word stands."""
    by_a_person = documents.c.provider_link == LinkedBy.PERSON
    return {
        "provider_id": case((by_a_person, documents.c.provider_id), else_=link.provider_id),
        "provider_link": case((by_a_person, documents.c.provider_link), else_=link.by),
    }


def _move(document: DocumentRecord, outcome: Outcome, *, is_same: bool, now: datetime) -> dict[str, object]:
    """The columns that move the document; none where a person's decision stands."""
    status = status_after(document.status, outcome, is_same=is_same)
    if document.status not in DECIDED_BY_A_PERSON:
        return {
            "status": status,
            "reason_code": outcome.reason_code,
            "reasons": [storable(reason) for reason in outcome.reasons],
            "settled_at": now,
        }
    if status is document.status:
        return {}
    return {"status": status, "reason_code": None, "reasons": [DIFFERS], "settled_at": now}


def _store_classification(
    connection: Connection, document_id: DocumentId, run_id: str, outcome: Outcome, now: datetime
) -> int | None:
    found = outcome.classification
    if found is None:
        return None
    row = insert(classifications).values(
        document_id=document_id,
        document_type=found.document_type,
        confidence=found.confidence,
        evidence=[evidence_row(evidence) for evidence in found.evidence],
        pages=[page_type_row(page) for page in found.pages],
        classifier_version=found.classifier_version,
        reader_version=outcome.reading.reader_version if outcome.reading is not None else "",
        run_id=run_id,
        classified_at=now,
    )
    return connection.execute(row.returning(classifications.c.classification_id)).scalar_one()


def _store_extraction(
    connection: Connection,
    document_id: DocumentId,
    outcome: Outcome,
    standing: Standing,
    *,
    run_id: str,
    now: datetime,
) -> int | None:
    extraction, classification, reading = outcome.extraction, outcome.classification, outcome.reading
    if extraction is None or classification is None or reading is None:
        return None
    row = insert(extraction_results).values(
        document_id=document_id,
        document_type=extraction.document_type,
        engine=reading.engine,
        field_reader=extraction.reader,
        reader_version=reading.reader_version,
        classifier_version=classification.classifier_version,
        extractor_version=extraction.extractor_version,
        validator_version=VALIDATOR_VERSION,
        stage_seconds=outcome.seconds,
        validation_passed=not any(finding.severity is Severity.ERROR for finding in outcome.findings),
        run_id=run_id,
        extracted_at=now,
        totals=[total_row(total) for total in extraction.totals],
        pages_set_aside=[set_aside_row(page) for page in extraction.pages_set_aside],
        text_digest=standing.text_digest,
        confidence_version=extraction.confidence_version,
    )
    extraction_id = connection.execute(row.returning(extraction_results.c.extraction_id)).scalar_one()
    _store_items(connection, extraction_id, extraction)
    told = [
        {
            "extraction_id": extraction_id,
            "finding_position": position,
            "item_position": finding.item,
            "rule": finding.rule,
            "severity": finding.severity,
            "field_name": finding.field,
            "message": storable(finding.message),
        }
        for position, finding in enumerate(outcome.findings)
    ]
    if told:
        connection.execute(insert(findings), told)
    store_standing(connection, document_id, extraction_id, standing, now)
    return extraction_id


def _store_items(connection: Connection, extraction_id: int, extraction: Extraction) -> None:
    items = [
        {"extraction_id": extraction_id, "item_position": position, "document_type": item.document_type}
        for position, item in enumerate(extraction.items)
    ]
    fields = [
        _field_row(extraction_id, position, at, field)
        for position, item in enumerate(extraction.items)
        for at, field in enumerate(item.fields)
    ]
    if items:
        connection.execute(insert(extracted_items), items)
    if fields:
        connection.execute(insert(extracted_fields), fields)


def _field_row(extraction_id: int, item: int, position: int, field: Field) -> dict[str, object]:
    first, *further = field.evidence
    value = storable(field.value) if isinstance(field.value, str) else [storable(part) for part in field.value]
    return {
        "extraction_id": extraction_id,
        "item_position": item,
        "field_name": field.name,
        "field_position": position,
        "value": value,
        "content": storable(field.content),
        "confidence": field.confidence,
        "method": field.method,
        "page": first.page,
        "x0": first.box.x0,
        "y0": first.box.y0,
        "x1": first.box.x1,
        "y1": first.box.y1,
        "printed_text": storable(first.text),
        "further_evidence": [evidence_row(evidence) for evidence in further],
    }


def _current_values(connection: Connection, document_id: DocumentId) -> dict[tuple[int, str], object]:
    rows = connection.execute(
        select(extracted_fields.c.item_position, extracted_fields.c.field_name, extracted_fields.c.value)
        .join(documents, documents.c.extraction_id == extracted_fields.c.extraction_id)
        .where(documents.c.document_id == document_id)
    )
    return {(row.item_position, row.field_name): row.value for row in rows}
