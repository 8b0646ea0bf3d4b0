"""What one day brought: the roll-up that stays when documents' partitions have retired."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from credmate_pipeline.ledger.states import DocumentStatus


@dataclass(frozen=True, slots=True)
class DayActivity:
    """Real documents of one day, UTC, by what the audit trail says."""

    day: date
    uploaded: int
    settled: Mapping[DocumentStatus, int]
    """By the status a document first settled in, on this day."""
    read_again: int
    """Times a document that had settled before was settled again."""
    reviewed: Mapping[DocumentStatus, int]
    """Persons' decisions: `review_approved` and `review_rejected`."""
    seconds_p50: float | None
    """From upload to first settled: half were faster."""
    seconds_p95: float | None

    @property
    def settled_count(self) -> int:
        return sum(self.settled.values())

    @property
    def share_without_a_person(self) -> float | None:
        """0–1: of the documents of known types, those that settled by themselves; None where there were none."""
        alone = self.settled.get(DocumentStatus.COMPLETED, 0)
        of = alone + self.settled.get(DocumentStatus.REVIEW_PENDING, 0)
        return alone / of if of else None
