"""The result of classification. How it is found is in `classify`."""

from dataclasses import dataclass

from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.extraction.fields import Evidence

CLASSIFIER_VERSION = "5"
"""Raised when the same words can give another type."""


SURE = 0.75
"""Confidence from which a page seen alone is believed to be of its type."""


@dataclass(frozen=True, slots=True)
class PageType:
    """What one page, seen alone, was taken for."""

    page: int
    document_type: str
    """A known type, or `unsupported`: another paper's page, or one that tells nothing alone."""
    confidence: float
    paper: str | None = None
    """Of an unsupported page, the kind of paper its phrases speak for; None where they speak for none."""

    @property
    def is_sure(self) -> bool:
        """Whether the page is believed to be of its type, which is a known one."""
        return self.document_type != UNSUPPORTED and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Classification:
    """The type found, how sure, and the printed phrases that say so."""

    document_type: str
    confidence: float
    evidence: tuple[Evidence, ...]
    classifier_version: str = CLASSIFIER_VERSION
    pages: tuple[PageType, ...] = ()
    """Of a file of several pages, each page that has words."""
