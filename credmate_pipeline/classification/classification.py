"""The result of classification. How it is found is in `classify`."""

from dataclasses import dataclass

from credmate_pipeline.extraction.fields import Evidence

CLASSIFIER_VERSION = "1"
"""Raised when the same words can give another type."""


@dataclass(frozen=True, slots=True)
class Classification:
    """The type found, how sure, and the printed phrases that say so."""

    document_type: str
    confidence: float
    evidence: tuple[Evidence, ...]
    classifier_version: str = CLASSIFIER_VERSION
