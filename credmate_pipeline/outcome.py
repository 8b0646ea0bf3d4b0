"""What a journey depends on beside the file, and where it ended with everything found on the way."""

from dataclasses import dataclass, field
from datetime import date

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import Arrival, Limits
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ocr.reading import Reading
from credmate_pipeline.validation.finding import Finding


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a journey depends on beside the file: the day, the limits, the names the provider is known by."""

    today: date
    limits: Limits = field(default_factory=Limits)
    known_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a document's journey ended and everything found on the way."""

    status: DocumentStatus
    reasons: tuple[str, ...]
    """In plain words, most important first, without personal data."""
    reason_code: ReasonCode | None = None
    arrival: Arrival | None = None
    reading: Reading | None = None
    classification: Classification | None = None
    extraction: Extraction | None = None
    findings: tuple[Finding, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    """Wall time a stage: `ocr`, `classification`, `extraction`, `validation`."""
