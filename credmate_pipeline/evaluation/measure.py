"""Judged documents as the figures that are kept of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from credmate_pipeline.evaluation.figures import Figure, Measure
from credmate_pipeline.evaluation.overview import Overview, overview, overviews
from credmate_pipeline.evaluation.score import NO_TYPE, Judged, field_scores


def figures(judged: Sequence[Judged]) -> tuple[Figure, ...]:
    """Every figure of a measurement: the four of all documents and of each type, then one a type and field."""
    types = (one for one in overviews(judged, lambda one: one.true_type) if one.group != NO_TYPE)
    groups = (overview(judged), *types)
    return (*(figure for group in groups for figure in _of_group(group)), *_of_fields(judged))


def _of_group(group: Overview) -> Iterator[Figure]:
    counts = {
        Measure.TYPE_RIGHT: (group.types_right, group.documents),
        Measure.REQUIRED_RIGHT: (group.required_right, group.required),
        Measure.SETTLED: (group.supported_settled, group.supported),
        Measure.SETTLED_RIGHT: (group.settled_right, group.settled),
    }
    yield from (Figure(group.group, None, measure, *count) for measure, count in counts.items())


def _of_fields(judged: Sequence[Judged]) -> Iterator[Figure]:
    rows: list[dict[str, Any]] = field_scores(judged).to_dict("records")  # pyright: ignore[reportAssignmentType]
    for row in rows:
        right, of, missing = int(row["exact_count"]), int(row["documents"]), int(row["missing"])
        yield Figure(str(row["type"]), str(row["field"]), Measure.EXACT, right, of, missing)
