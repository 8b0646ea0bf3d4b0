"""What can be learned from one document: the signs of its fields and whether each is right, by its truth."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.classification.classify import classify
from credmate_pipeline.confidence.printed import printed_pages
from credmate_pipeline.confidence.signs import Surroundings, field_signs
from credmate_pipeline.evaluation.comparison import same
from credmate_pipeline.evaluation.judge import judge, read_items, true_items
from credmate_pipeline.evaluation.matching import ItemPair, matched
from credmate_pipeline.evaluation.truth import TruthLine
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.extract import extract
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.validation.decide import Thresholds, decide
from credmate_pipeline.validation.finding import RuleContext
from credmate_pipeline.validation.validate import validate

BELIEVE_ALL = Thresholds(required_field=0.0)
ITEMS_AT_MOST = 5
"""Items learned from in one document: the rows of a transcript are read alike."""


@dataclass(frozen=True, slots=True)
class FieldLesson:
    """One field of one document."""

    signs: dict[str, float]
    is_right: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class DocumentLesson:
    """One document: its fields, and what would become of it if every field were believed."""

    layout: str
    """Which design it was drawn by; documents of one layout are alike."""
    fields: tuple[FieldLesson, ...]
    would_settle: bool
    is_right: bool
    """Its type and every required field."""
    readers: frozenset[str]


def lesson_of(truth: TruthLine, layout: str, reading: Reading, *, today: date) -> DocumentLesson | None:
    """Of a document read as `reading`, with confidences as extraction gives them. None where no field is found."""
    classification = classify(reading)
    if classification.document_type == UNSUPPORTED:
        return None
    extraction = extract(reading, classification)
    if not extraction.items:
        return None
    findings = validate(extraction, RuleContext(today, page_text=reading.text))
    decision = decide(reading, classification, extraction, findings, BELIEVE_ALL)
    settled = Outcome(DocumentStatus.COMPLETED, (), classification=classification, extraction=extraction)
    return DocumentLesson(
        layout=layout,
        fields=tuple(_field_lessons(truth, extraction, classification, reading)),
        would_settle=decision.status is DocumentStatus.COMPLETED,
        is_right=not judge(truth, settled).wrong,
        readers=frozenset(field.method.split(":")[0] for item in extraction.items for field in item.fields),
    )


def _field_lessons(
    truth: TruthLine, extraction: Extraction, classification: Classification, reading: Reading
) -> Iterator[FieldLesson]:
    pages = printed_pages(reading)
    pairs = zip(extraction.items, _pairs(truth, extraction), strict=True)
    for item, pair in islice(pairs, ITEMS_AT_MOST):
        around = Surroundings(item, extraction.type_of(item), pages, classification)
        required = document_type(around.type_name).required_fields
        for field in item.fields:
            if pair is not None and field.name not in pair.truth:
                continue
            is_right = pair is not None and same(field.value, pair.truth[field.name])
            yield FieldLesson(field_signs(field, around), is_right, field.name in required)


def _pairs(truth: TruthLine, extraction: Extraction) -> Iterator[ItemPair | None]:
    """For each item read the item of the truth it is; None for what the truth does not have."""
    truths, reads = true_items(truth), read_items(extraction)
    if len(truths) == len(reads) == 1:
        is_same_type = truths[0].document_type == reads[0].document_type
        yield ItemPair(truths[0].document_type, truths[0].fields, reads[0].fields) if is_same_type else None
        return
    by_read = {id(pair.read): pair for pair in matched(truths, reads)[: len(truths)]}
    for read in reads:
        yield by_read.get(id(read.fields))
