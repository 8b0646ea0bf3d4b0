"""What is stored of a document, as the values the journey made."""

from sqlalchemy import Connection, select

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.credentials.correction import Correction
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.extraction.fields import Evidence, Extraction, Field, Item
from credmate_pipeline.ledger.queries.rows import evidence, page_set_aside, page_type, printed_total
from credmate_pipeline.ledger.tables import (
    classifications,
    corrections,
    documents,
    extracted_fields,
    extracted_items,
    extraction_results,
    findings,
    reviews,
)
from credmate_pipeline.ocr.reading import Box
from credmate_pipeline.validation.finding import Finding, Severity


def load_classification(connection: Connection, document_id: DocumentId) -> Classification | None:
    row = connection.execute(
        select(classifications)
        .join(documents, documents.c.classification_id == classifications.c.classification_id)
        .where(documents.c.document_id == document_id)
    ).one_or_none()
    if row is None:
        return None
    places = tuple(evidence(place) for place in row.evidence)
    pages = tuple(page_type(page) for page in row.pages)
    return Classification(row.document_type, row.confidence, places, row.classifier_version, pages)


def load_extraction(connection: Connection, document_id: DocumentId) -> Extraction | None:
    result = connection.execute(
        select(extraction_results)
        .join(documents, documents.c.extraction_id == extraction_results.c.extraction_id)
        .where(documents.c.document_id == document_id)
    ).one_or_none()
    if result is None:
        return None
    found = connection.execute(
        select(extracted_items.c.item_position, extracted_items.c.document_type)
        .where(extracted_items.c.extraction_id == result.extraction_id)
        .order_by(extracted_items.c.item_position)
    )
    types: dict[int, str | None] = {row.item_position: row.document_type for row in found}
    fields: dict[int, list[Field]] = {position: [] for position in types}
    rows = connection.execute(
        select(extracted_fields)
        .where(extracted_fields.c.extraction_id == result.extraction_id)
        .order_by(extracted_fields.c.item_position, extracted_fields.c.field_position)
    )
    for row in rows:
        first = Evidence(row.page, Box(row.x0, row.y0, row.x1, row.y1), row.printed_text)
        further = tuple(evidence(place) for place in row.further_evidence)
        value = row.value if isinstance(row.value, str) else tuple(row.value)
        fields[row.item_position].append(
            Field(row.field_name, value, row.content, row.confidence, (first, *further), row.method)
        )
    return Extraction(
        document_type=result.document_type,
        items=tuple(Item(tuple(fields[position]), document_type) for position, document_type in types.items()),
        reader=result.field_reader,
        extractor_version=result.extractor_version,
        totals=tuple(printed_total(total) for total in result.totals),
        pages_set_aside=tuple(page_set_aside(page) for page in result.pages_set_aside),
        confidence_version=result.confidence_version,
    )


def load_findings(connection: Connection, document_id: DocumentId) -> tuple[Finding, ...]:
    rows = connection.execute(
        select(findings)
        .join(documents, documents.c.extraction_id == findings.c.extraction_id)
        .where(documents.c.document_id == document_id)
        .order_by(findings.c.finding_position)
    )
    return tuple(
        Finding(row.rule, Severity(row.severity), row.message, row.field_name, row.item_position) for row in rows
    )


def load_corrections(connection: Connection, document_id: DocumentId) -> tuple[Correction, ...]:
    """What the reviewer of the current extraction said instead of what was read; none where nobody reviewed it."""
    newest = (
        select(reviews.c.review_id)
        .join(documents, documents.c.extraction_id == reviews.c.extraction_id)
        .where(documents.c.document_id == document_id)
        .order_by(reviews.c.review_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(corrections).where(corrections.c.review_id == newest).order_by(corrections.c.correction_id)
    )
    return tuple(
        Correction(
            row.item_position,
            row.field_name,
            tuple(row.corrected_value) if isinstance(row.corrected_value, list) else row.corrected_value,
        )
        for row in rows
    )
