"""Rows of the database as the ledger's records, and back."""

from typing import Any

from sqlalchemy import RowMapping, Select, select

from credmate_pipeline.documents.document import DocumentId, MediaType
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Evidence
from credmate_pipeline.ledger.queries.transaction import storable
from credmate_pipeline.ledger.records import DocumentEvent, DocumentRecord, EventKind
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import document_events, documents
from credmate_pipeline.ocr.reading import Box

EvidenceRow = dict[str, Any]

RECORD_COLUMNS = tuple(documents.c[name] for name in DocumentRecord.__dataclass_fields__)


def select_records() -> Select[Any]:
    """All columns of a DocumentRecord, canaries and all."""
    return select(*RECORD_COLUMNS)


def document_record(row: RowMapping) -> DocumentRecord:
    values = dict(row)
    values["status"] = DocumentStatus(row["status"])
    values["reasons"] = tuple(row["reasons"])
    values["media_type"] = MediaType(row["media_type"]) if row["media_type"] is not None else None
    values["reason_code"] = ReasonCode(row["reason_code"]) if row["reason_code"] is not None else None
    return DocumentRecord(**values)


def select_events() -> Select[Any]:
    return select(*(document_events.c[name] for name in DocumentEvent.__dataclass_fields__))


def document_event(row: RowMapping) -> DocumentEvent:
    earlier = row["from_status"]
    return DocumentEvent(
        document_id=DocumentId(row["document_id"]),
        kind=EventKind(row["kind"]),
        from_status=DocumentStatus(earlier) if earlier is not None else None,
        to_status=DocumentStatus(row["to_status"]),
        actor=row["actor"],
        run_id=row["run_id"],
        reason=row["reason"],
        occurred_at=row["occurred_at"],
    )


def evidence_row(evidence: Evidence) -> EvidenceRow:
    """A place on a page as JSON: `{"page", "box": [x0, y0, x1, y1], "text"}`."""
    box = evidence.box
    return {"page": evidence.page, "box": [box.x0, box.y0, box.x1, box.y1], "text": storable(evidence.text)}


def evidence(row: EvidenceRow) -> Evidence:
    return Evidence(page=int(row["page"]), box=Box(*(float(edge) for edge in row["box"])), text=str(row["text"]))
