"""What may be said of a document's stages in public: counts, confidences and codes, never what the page says."""

from collections import Counter

from credmate_pipeline.documents.document import Arrival
from credmate_pipeline.errors import ReasonCode, UnreadableDocument
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.records import OnFile
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.stages import Stage
from credmate_pipeline.validation.finding import Finding, Severity

Fact = int | float | str
"""Strings hold codes, names of fields and the pipeline's own sentences."""

Facts = dict[str, Fact]

ITEMS_IN_FULL = 5
"""Of a document of more items than these, a table has a row an item instead of a row a field."""
ROWS_SHOWN = 60
"""Rows of a table in an event's metadata, which is kept for every event."""


def arrival_facts(arrival: Arrival) -> Facts:
    """Of the `document` stage: the file's kind and size."""
    return {
        "kind": arrival.media_type.value,
        "bytes": arrival.byte_count,
        "pages": arrival.page_count,
        "sha256": arrival.sha256,
    }


def unreadable_facts(error: UnreadableDocument) -> Facts:
    """Of the `document` stage, where no reader can help: why, and what the uploader can do."""
    return {"is_readable": "no", "reason_code": error.reason.value, "reasons": bullet_list((error.message,))}


def failed_facts(stage: Stage, reason: ReasonCode, message: str, status: DocumentStatus) -> Facts:
    """Of the `document` stage, where a later stage did not get through: which, why, and what happens next."""
    is_spent = status is DocumentStatus.FAILED
    next_step = (
        "Its attempts are spent. Mend the cause, then materialize this partition again."
        if is_spent
        else "It is tried again by itself."
    )
    return {
        "status": status.value,
        "failed_at": stage.value,
        "reason_code": reason.value,
        "reasons": bullet_list((message, next_step)),
    }


def stage_facts(outcome: Outcome) -> dict[Stage, Facts]:
    """Of every stage the outcome passed, in the journey's order."""
    passed = {
        Stage.OCR: _reading_facts(outcome),
        Stage.CLASSIFICATION: _classification_facts(outcome),
        Stage.EXTRACTION: _extraction_facts(outcome),
        Stage.VALIDATION: _validation_facts(outcome),
    }
    return {stage: {**facts, **_seconds(outcome, stage)} for stage, facts in passed.items() if facts}


def _seconds(outcome: Outcome, stage: Stage) -> Facts:
    seconds = outcome.seconds.get(stage.value)
    return {} if seconds is None else {"seconds": round(seconds, 3)}


def _reading_facts(outcome: Outcome) -> Facts:
    reading = outcome.reading
    if reading is None:
        return {}
    sources = Counter(page.source.value for page in reading.pages)
    facts: Facts = {
        "pages": len(reading.pages),
        "words": reading.word_count,
        "engine": reading.engine,
        **{f"pages_from_{source}": count for source, count in sorted(sources.items())},
    }
    if reading.confidence is not None:
        facts["confidence"] = round(reading.confidence, 4)
    notes = sorted({note.value for page in reading.pages for note in page.notes})
    return {**facts, "notes": ", ".join(notes)} if notes else facts


def _classification_facts(outcome: Outcome) -> Facts:
    found = outcome.classification
    if found is None:
        return {}
    return {"document_type": found.document_type, "confidence": round(found.confidence, 4)}


def _extraction_facts(outcome: Outcome) -> Facts:
    extraction = outcome.extraction
    if extraction is None or extraction.field_count == 0:
        return {}
    wanted = [(item, name) for item in extraction.items for name in _required(extraction, item)]
    found = [(name, item.field(name)) for item, name in wanted]
    missing = dict.fromkeys(name for name, field in found if field is None)
    confidences = [field.confidence for _, field in found if field is not None]
    facts: Facts = {
        "items": len(extraction.items),
        "fields": extraction.field_count,
        "reader": extraction.reader,
        "fields_read": field_table(extraction),
    }
    if extraction.pages_set_aside:
        facts["pages_set_aside"] = ", ".join(f"{one.page} ({one.use.value})" for one in extraction.pages_set_aside)
    if confidences:
        facts["lowest_required_confidence"] = round(min(confidences), 4)
    return {**facts, "required_fields_missing": ", ".join(missing)} if missing else facts


def _validation_facts(outcome: Outcome) -> Facts:
    if outcome.classification is None or outcome.reason_code is not None:
        return {}
    counts = Counter(finding.severity for finding in outcome.findings)
    facts: Facts = {
        "status": outcome.status.value,
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
        "notes": counts[Severity.NOTE],
    }
    if outcome.reasons:
        facts["reasons"] = bullet_list(outcome.reasons)
    return {**facts, "findings": finding_table(outcome.findings)} if outcome.findings else facts


def _required(extraction: Extraction, item: Item) -> tuple[str, ...]:
    return document_type(extraction.type_of(item)).required_fields


def credential_facts(filed: OnFile) -> Facts:
    """Of the `credential` stage: how many credentials are on file, of which types, and the first to expire."""
    facts: Facts = {
        "status": filed.status.value,
        "credentials": filed.count,
        "renewed": filed.renewed,
        "proven_before": filed.confirmed,
        "types": ", ".join(filed.types),
    }
    return facts if filed.expires_on is None else {**facts, "expires_on": filed.expires_on.isoformat()}


def field_table(extraction: Extraction) -> str:
    """Markdown: which fields were read where and how surely; values are shown by `credmate show` alone.

    A row a field; of a document of many items a row an item, at most `ROWS_SHOWN`.
    """
    if len(extraction.items) > ITEMS_IN_FULL:
        return _item_table(extraction)
    rows = [
        f"| {number} | {field.name} | {'yes' if field.name in _required(extraction, item) else ''} "
        f"| {field.confidence:.2f} | {field.evidence[0].page} | {field.method} |"
        for number, item in enumerate(extraction.items, start=1)
        for field in item.fields
    ]
    return _table(("item", "field", "required", "confidence", "page", "read by"), rows)


def _item_table(extraction: Extraction) -> str:
    rows = []
    for number, item in enumerate(extraction.items, start=1):
        required = _required(extraction, item)
        missing = ", ".join(name for name in required if item.field(name) is None)
        lowest = min((field.confidence for field in item.fields if field.name in required), default=0.0)
        pages = ", ".join(map(str, item.pages))
        rows.append(
            f"| {number} | {extraction.type_of(item)} | {pages} | {len(item.fields)} | {lowest:.2f} | {missing} |"
        )
    return _table(("item", "type", "pages", "fields", "lowest required confidence", "required but missing"), rows)


def finding_table(findings: tuple[Finding, ...]) -> str:
    """Markdown: what the rules say, errors first; at most `ROWS_SHOWN`."""
    rows = [f"| {f.severity.value} | `{f.rule}` | {_number(f)} | {f.field or ''} | {f.message} |" for f in findings]
    return _table(("severity", "rule", "item", "field", "says"), rows)


def _number(finding: Finding) -> str:
    return "" if finding.item is None else str(finding.item + 1)


def _table(heads: tuple[str, ...], rows: list[str]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *rows[:ROWS_SHOWN]]
    if len(rows) > ROWS_SHOWN:
        lines.append(f"\n{len(rows) - ROWS_SHOWN} further rows are in the ledger: `credmate show`.")
    return "\n".join(lines)


def bullet_list(sentences: tuple[str, ...]) -> str:
    """Markdown: one line a sentence."""
    return "\n".join(f"- {sentence}" for sentence in sentences)
