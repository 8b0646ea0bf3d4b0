"""When a measurement is not good enough: below a stated floor, or below what the last version could do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from credmate_pipeline.evaluation.figures import Figure, Measure, figure_of
from credmate_pipeline.evaluation.floors import Floors
from credmate_pipeline.extraction.registry import document_types


@dataclass(frozen=True, slots=True)
class Fall:
    """A figure that is too low, and what it is measured against."""

    figure: Figure
    limit: float
    """0–1: the floor, or the lower end of the last version's interval."""
    is_floor: bool

    @property
    def told(self) -> str:
        """One sentence without any value of a document."""
        against = "the floor" if self.is_floor else "the lower end of the last version's interval"
        share = self.figure.share or 0.0
        return (
            f"{self.figure.name}: {share:.1%} ({self.figure.right} of {self.figure.of}) is below {against}, "
            f"{self.limit:.1%}"
        )


def falls(now: Sequence[Figure], last: Sequence[Figure], floors: Floors) -> tuple[Fall, ...]:
    """Every figure of `now` that is too low; `last` is what the last version measured on the same documents.

    The figures of all documents must reach the floors themselves. A required field has few documents to go by, so
    it is told only where even the upper end of its interval is below the floor.
    """
    return (*_below_floors(now, floors), *_below_last(now, last))


def _below_floors(now: Sequence[Figure], floors: Floors) -> Iterator[Fall]:
    overall = {
        Measure.TYPE_RIGHT: floors.type_right,
        Measure.REQUIRED_RIGHT: floors.required_right,
        Measure.SETTLED_RIGHT: floors.settled_right,
    }
    for measure, floor in overall.items():
        figure = figure_of(now, measure)
        if figure.share is not None and figure.share < floor:
            yield Fall(figure, floor, is_floor=True)
    required = {(known.name, name) for known in document_types() for name in known.required_fields}
    for figure in now:
        if (figure.document_type, figure.field_name) in required and figure.interval[1] < floors.required_right:
            yield Fall(figure, floors.required_right, is_floor=True)


def _below_last(now: Sequence[Figure], last: Sequence[Figure]) -> Iterator[Fall]:
    before = {figure.name: figure for figure in last}
    for figure in now:
        earlier = before.get(figure.name)
        # How much settles is a choice of the threshold; a smaller share is not worse by itself.
        if earlier is None or figure.measure is Measure.SETTLED or figure.share is None:
            continue
        if figure.share < earlier.interval[0]:
            yield Fall(figure, earlier.interval[0], is_floor=False)
