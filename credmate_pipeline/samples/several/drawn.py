"""A drawn file of several items: its pages, and the truth of each item."""

from collections.abc import Mapping
from dataclasses import dataclass

from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.samples.sample import Fact


@dataclass(frozen=True, slots=True)
class DrawnItem:
    """One item: its type and the facts printed of it."""

    document_type: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class DrawnFile:
    """Pages as single-page born-digital PDFs, in order, and the items on them."""

    pages: tuple[bytes, ...]
    document_type: str
    items: tuple[DrawnItem, ...]
    expected_status: DocumentStatus = DocumentStatus.COMPLETED
    """Where a reader who sees every character leaves it."""
