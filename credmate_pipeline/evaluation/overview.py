"""The few figures that sum up a measurement, over all documents and over each type and kind of page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from credmate_pipeline.evaluation.figures import ALL
from credmate_pipeline.evaluation.interval import wilson
from credmate_pipeline.evaluation.score import NO_TYPE, Judged, judged_fields, wrong_fields
from credmate_pipeline.extraction.document_type import UNSUPPORTED
from credmate_pipeline.ledger.states import DocumentStatus


@dataclass(frozen=True, slots=True)
class Overview:
    """What became of a group of documents. Fields are counted over all items."""

    group: str
    documents: int
    types_right: int
    required: int
    """Required fields the truth speaks of, in documents of supported types."""
    required_right: int
    supported: int
    """Documents of a supported type."""
    supported_settled: int
    """Of those, settled without a person."""
    settled: int
    """Settled without a person, of whatever type."""
    settled_right: int
    """Of the settled, with the type and every required field right."""

    @property
    def type_share(self) -> float | None:
        """0–1; None where there is no document."""
        return _share(self.types_right, self.documents)

    @property
    def required_share(self) -> float | None:
        """0–1; None where there is no required field."""
        return _share(self.required_right, self.required)

    @property
    def settled_share(self) -> float | None:
        """0–1, of the supported; None where there are none."""
        return _share(self.supported_settled, self.supported)

    @property
    def settled_right_share(self) -> float | None:
        """0–1, of the settled; None where none is."""
        return _share(self.settled_right, self.settled)

    @property
    def settled_right_interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of that share."""
        return wilson(self.settled_right, self.settled)


def overview(judged: Iterable[Judged], group: str = ALL) -> Overview:
    """The figures of one group."""
    documents = tuple(judged)
    supported = [one for one in documents if one.true_type not in (NO_TYPE, UNSUPPORTED)]
    settled = [one for one in documents if one.status == DocumentStatus.COMPLETED]
    items = [item for one in supported for item in one.items]
    required = sum(len(judged_fields(item)) for item in items)
    return Overview(
        group=group,
        documents=len(documents),
        types_right=sum(one.read_type == one.true_type for one in documents),
        required=required,
        required_right=required - sum(len(wrong_fields(item)) for item in items),
        supported=len(supported),
        supported_settled=sum(one.status == DocumentStatus.COMPLETED for one in supported),
        settled=len(settled),
        settled_right=sum(not one.is_wrongly_settled for one in settled),
    )


def overviews(judged: Sequence[Judged], group: Callable[[Judged], str]) -> tuple[Overview, ...]:
    """The figures of each group, by name."""
    names = sorted({group(one) for one in judged})
    return tuple(overview((one for one in judged if group(one) == name), name) for name in names)


def _share(right: int, of: int) -> float | None:
    return right / of if of else None
