"""What is kept of a measurement: counts per type and field, small enough to be compared over versions.

They are counted in `measure`; what is made of them is in `falls` and `report`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from credmate_pipeline.evaluation.interval import wilson

ALL = "all"
"""In place of a type: documents of every type."""


class Measure(StrEnum):
    """What a figure is the share of."""

    EXACT = "exact"
    """Fields that say what the truth says, agreement on absence included."""
    TYPE_RIGHT = "type_right"
    """Documents taken for what they are."""
    REQUIRED_RIGHT = "required_right"
    """Required fields that are right."""
    SETTLED = "settled"
    """Documents of supported types that settle without a person."""
    SETTLED_RIGHT = "settled_right"
    """Of those settled without a person, the ones right in type and every required field."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One share with its counts."""

    document_type: str
    """A type, or `all`."""
    field_name: str | None
    measure: Measure
    right: int
    of: int
    missing: int = 0
    """Of the fields that are not right, those printed and not found."""

    @property
    def share(self) -> float | None:
        """0–1; None where there is nothing to go by."""
        return self.right / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval."""
        return wilson(self.right, self.of)

    @property
    def name(self) -> str:
        """What it is a figure of, without its values."""
        return f"{self.document_type}.{self.field_name}" if self.field_name else f"{self.document_type} {self.measure}"


def figure_of(known: Sequence[Figure], measure: Measure, document_type: str = ALL) -> Figure:
    """The figure of a type, or of all; of nothing at all where there is none."""
    for figure in known:
        if figure.measure is measure and figure.document_type == document_type and figure.field_name is None:
            return figure
    return Figure(document_type, None, measure, 0, 0)
