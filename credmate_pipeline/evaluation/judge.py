"""A document's truth beside what was read of it. How judged documents are scored is in `score`."""

from credmate_pipeline.evaluation.matching import TypedItem, matched
from credmate_pipeline.evaluation.score import NO_TYPE, Judged
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.extraction.fields import Extraction, FieldValue, Item
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome


def judge(truth: TruthLine, outcome: Outcome | None) -> Judged:
    """The outcome beside the truth; None for a file no outcome came of."""
    if outcome is None:
        return judge_read(truth, DocumentStatus.FAILED, None, None)
    read_type = outcome.classification.document_type if outcome.classification else None
    return judge_read(truth, outcome.status, read_type, outcome.extraction)


def judge_read(
    truth: TruthLine, status: DocumentStatus, read_type: str | None, extraction: Extraction | None
) -> Judged:
    """What was read, in one way or another, beside the truth; several items are matched, where either has them."""
    items = extraction.items if extraction else ()
    has_several = bool(truth.items) or len(items) > 1
    return Judged(
        file=truth.file,
        kind=truth.kind,
        true_type=truth.document_type or NO_TYPE,
        read_type=read_type or NO_TYPE,
        status=status.value,
        truth=truth.fields,
        read=values(items[0]) if items else {},
        expected_statuses=_expected(truth),
        pairs=matched(true_items(truth), read_items(extraction)) if has_several and truth.document_type else (),
    )


def true_items(truth: TruthLine) -> tuple[TypedItem, ...]:
    """The items of the truth, of which there is at least one."""
    kind = truth.document_type or NO_TYPE
    if not truth.items:
        return (TypedItem(kind, truth.fields),)
    return tuple(TypedItem(item.document_type or kind, item.fields) for item in truth.items)


def read_items(extraction: Extraction | None) -> tuple[TypedItem, ...]:
    """The items as read, none where nothing was."""
    if extraction is None:
        return ()
    return tuple(TypedItem(extraction.type_of(item), values(item)) for item in extraction.items)


def values(item: Item) -> dict[str, FieldValue]:
    """The item's values by field."""
    return {field.name: field.value for field in item.fields}


def _expected(truth: TruthLine) -> frozenset[str]:
    """The statuses the truth allows, as far as a file alone can show: only the ledger knows a duplicate."""
    return frozenset() if DocumentStatus.DUPLICATE in truth.expected_status else truth.expected_status
