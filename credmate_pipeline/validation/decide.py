"""Settle a document or send it to a person: the one place where that is decided."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.confidence.model import package_model
from credmate_pipeline.extraction.document_type import UNSUPPORTED, DocumentType
from credmate_pipeline.extraction.fields import Extraction, Item
from credmate_pipeline.extraction.registry import document_type
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import PageNote, Reading
from credmate_pipeline.validation.decision import Decision
from credmate_pipeline.validation.finding import Finding, Severity
from credmate_pipeline.validation.item_names import of_items


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Confidences 0–1 from which a reading is believed without a person."""

    document_type: float = 0.75
    required_field: float | None = None
    """None is the threshold fitted with the confidences: of the documents it settled, 99 % were fully right."""

    def of(self, name: str) -> float:
        """The threshold of a required field, the same for all: a document is as sure as its least sure one."""
        return package_model().threshold if self.required_field is None else self.required_field


THRESHOLDS = Thresholds()
NOT_HANDLED = "This is none of the credential documents that are handled here."


def decide(
    reading: Reading,
    classification: Classification,
    extraction: Extraction | None,
    findings: Sequence[Finding],
    thresholds: Thresholds = THRESHOLDS,
) -> Decision:
    """`unsupported`, `completed`, or `review_pending` with the reasons, most important first."""
    if classification.document_type == UNSUPPORTED or extraction is None:
        return Decision(DocumentStatus.UNSUPPORTED, (NOT_HANDLED,))
    known = document_type(classification.document_type)
    reasons = tuple(
        dict.fromkeys(
            (
                *_unread(reading),
                *_by_hand(reading),
                *_uncertain_type(classification, known, thresholds),
                *_errors(extraction, findings),
                *_missing(extraction),
                *_poorly_read(extraction, thresholds),
            )
        )
    )
    return Decision(DocumentStatus.REVIEW_PENDING if reasons else DocumentStatus.COMPLETED, reasons)


def _unread(reading: Reading) -> Iterator[str]:
    if reading.unread_pages:
        pages = ", ".join(map(str, reading.unread_pages))
        yield (
            f"Page {pages} could not be read."
            if len(reading.unread_pages) == 1
            else f"Pages {pages} could not be read."
        )


def _by_hand(reading: Reading) -> Iterator[str]:
    for page in reading.pages:
        if PageNote.HANDWRITING in page.notes:
            yield f"Page {page.number} seems to be partly written by hand; a person must read it."


def _uncertain_type(classification: Classification, known: DocumentType, thresholds: Thresholds) -> Iterator[str]:
    if classification.confidence < thresholds.document_type:
        yield f"It is not certain that this is a {known.title}."


def _errors(extraction: Extraction, findings: Sequence[Finding]) -> Iterator[str]:
    """Each error once, with the items it is found in."""
    found: dict[str, list[int | None]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR:
            found.setdefault(finding.message, []).append(finding.item)
    for message, items in found.items():
        positions = [item for item in dict.fromkeys(items) if item is not None]
        yield f"{message.removesuffix('.')}{of_items(extraction, positions)}." if positions else message


def _missing(extraction: Extraction) -> Iterator[str]:
    if not extraction.items:
        yield "No field was found."
    for name, items in _by_field(extraction, lambda item, name: item.field(name) is None).items():
        yield f"The {_title(name)} was not found{of_items(extraction, items)}."


def _poorly_read(extraction: Extraction, thresholds: Thresholds) -> Iterator[str]:
    def is_poor(item: Item, name: str) -> bool:
        found = item.field(name)
        return found is not None and found.confidence < thresholds.of(name)

    for name, items in _by_field(extraction, is_poor).items():
        yield f"The {_title(name)} was read with little confidence{of_items(extraction, items)}."


def _by_field(extraction: Extraction, is_so: Callable[[Item, str], bool]) -> dict[str, list[int]]:
    """The required fields for which `is_so`, and in which items, counted from 0."""
    found: dict[str, list[int]] = {}
    for position, item in enumerate(extraction.items):
        for name in document_type(extraction.type_of(item)).required_fields:
            if is_so(item, name):
                found.setdefault(name, []).append(position)
    return found


def _title(name: str) -> str:
    return name.replace("_", " ")
