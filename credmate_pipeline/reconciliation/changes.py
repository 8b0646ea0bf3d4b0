"""What another reading of a document would change: its type, its status, its values. Reading is elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.evaluation.judge import read_items
from credmate_pipeline.evaluation.matching import matched
from credmate_pipeline.extraction.fields import Extraction, FieldValue
from credmate_pipeline.ledger.states import DECIDED_BY_A_PERSON, DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.stages import Stage


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an item, as it is and as it would be; None where there is none."""

    item: int
    """Counted from 0: the items of the present extraction, then those only the new one has."""
    document_type: str
    field_name: str
    before: FieldValue | None
    after: FieldValue | None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What reading a document again from `first` would change, or why it cannot be said."""

    document_id: DocumentId
    first: Stage
    type_before: str | None
    type_after: str | None
    status_before: DocumentStatus
    status_after: DocumentStatus
    fields: tuple[FieldChange, ...] = ()
    error: str | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything would be different."""
        return bool(self.fields) or self.type_before != self.type_after or self.status_before is not self.status_after

    @property
    def opens_a_review(self) -> bool:
        """Whether a person's decision would be put before a person again."""
        return self.status_before in DECIDED_BY_A_PERSON and self.status_after is DocumentStatus.REVIEW_PENDING


def values_by_place(extraction: Extraction | None) -> dict[tuple[int, str], object]:
    """Each value by its item and field, as the ledger keeps them."""
    if extraction is None:
        return {}
    return {
        (position, field.name): field.value if isinstance(field.value, str) else list(field.value)
        for position, item in enumerate(extraction.items)
        for field in item.fields
    }


def status_after(status: DocumentStatus, outcome: Outcome, *, is_same: bool) -> DocumentStatus:
    """Where a document in `status` goes with a new outcome.

    A person's decision stands unless the values differ (`is_same` is false): then a person must look again.
    """
    if status not in DECIDED_BY_A_PERSON:
        return outcome.status
    return status if is_same or outcome.extraction is None else DocumentStatus.REVIEW_PENDING


def changed_fields(before: Extraction | None, after: Extraction | None) -> tuple[FieldChange, ...]:
    """Every value that is another, is gone or is new, item by item; items are matched by their values."""
    return tuple(_changes(before, after))


def _changes(before: Extraction | None, after: Extraction | None) -> Iterator[FieldChange]:
    for position, pair in enumerate(matched(read_items(before), read_items(after))):
        # What only the new reading has is paired with a truth that knows the fields and no value.
        for name in dict.fromkeys((*pair.truth, *pair.read)):
            old, new = pair.truth.get(name), pair.read.get(name)
            if old != new:
                yield FieldChange(position, pair.document_type, name, _value(old), _value(new))


def _value(value: object) -> FieldValue | None:
    if value is None or isinstance(value, str):
        return value
    return tuple(str(part) for part in value) if isinstance(value, (list, tuple)) else str(value)
