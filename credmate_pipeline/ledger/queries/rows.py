"""Rows of the database as the ledger's records, and back."""

from typing import Any

from sqlalchemy import RowMapping, Select, select

from credmate_pipeline.classification.classification import PageType
from credmate_pipeline.documents.document import DocumentId, MediaType
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Evidence, PageSetAside, PageUse, PrintedTotal, TotalKind
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


def page_type_row(page: PageType) -> dict[str, Any]:
    """What one page was taken for, as JSON."""
    return {"page": page.page, "type": page.document_type, "confidence": page.confidence, "paper": page.paper}


def page_type(row: dict[str, Any]) -> PageType:
    return PageType(int(row["page"]), str(row["type"]), float(row["confidence"]), row["paper"])


def total_row(total: PrintedTotal) -> dict[str, Any]:
    """A printed total as JSON."""
    return {
        "kind": total.kind.value,
        "value": total.value,
        "items": list(total.items),
        "credit_type": total.credit_type,
        "evidence": evidence_row(total.evidence),
    }


def printed_total(row: dict[str, Any]) -> PrintedTotal:
    items = tuple(int(position) for position in row["items"])
    return PrintedTotal(TotalKind(row["kind"]), str(row["value"]), items, evidence(row["evidence"]), row["credit_type"])


def set_aside_row(page: PageSetAside) -> dict[str, Any]:
    """A page that belongs to no item, as JSON."""
    return {"page": page.page, "use": page.use.value}


def page_set_aside(row: dict[str, Any]) -> PageSetAside:
    return PageSetAside(int(row["page"]), PageUse(row["use"]))
