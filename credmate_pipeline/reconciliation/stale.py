"""Which results older code made, and where their journey must begin again. Nothing is read or asked for here."""

from collections.abc import Sequence
from dataclasses import dataclass

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.stages import Stage
from credmate_pipeline.versions import Versions, is_older, is_older_model


@dataclass(frozen=True, slots=True)
class Making:
    """How current results of one type were made, and how many of them there are."""

    document_type: str
    versions: Versions
    """Without an extraction, only those of reader and classifier are known."""
    has_extraction: bool
    has_reading: bool
    """Whether the words read are stored, to go on from."""
    count: int


@dataclass(frozen=True, slots=True)
class StaleGroup:
    """Results of one type whose journey must begin again at the same stage."""

    document_type: str
    first: Stage
    makings: tuple[Making, ...]

    @property
    def count(self) -> int:
        return sum(making.count for making in self.makings)


@dataclass(frozen=True, slots=True)
class StaleDocument:
    """One of them."""

    document_id: DocumentId
    document_type: str
    status: DocumentStatus
    first: Stage


@dataclass(frozen=True, slots=True)
class ReplayCounts:
    """Documents somebody asked to read again that have not been."""

    waiting: int
    given_up: int
    """Asked for so often without a new result that nobody asks again by himself."""


def first_stale_stage(making: Making, current: Versions) -> Stage | None:
    """The last stage from which everything older code made is made anew; None where nothing is older."""
    made = making.versions
    if is_older(made.reader, current.reader):
        return Stage.OCR
    if is_older(made.classifier, current.classifier):
        return _stage(Stage.CLASSIFICATION, making)
    if not making.has_extraction:
        return None
    if is_older(made.extractor, current.extractor) or is_older_model(made.confidence, current.confidence):
        return _stage(Stage.EXTRACTION, making)
    if is_older(made.validator, current.validator):
        return _stage(Stage.VALIDATION, making)
    return None


def stale_groups(
    makings: Sequence[Making], current: Versions, *, document_type: str | None = None
) -> tuple[StaleGroup, ...]:
    """What is stale, by type and first stage, in the journey's order."""
    found: dict[tuple[str, Stage], list[Making]] = {}
    for making in makings:
        first = first_stale_stage(making, current)
        if first is not None and document_type in (None, making.document_type):
            found.setdefault((making.document_type, first), []).append(making)
    ordered = sorted(found.items(), key=lambda group: (group[0][1].order, group[0][0]))
    return tuple(StaleGroup(name, first, tuple(of_group)) for (name, first), of_group in ordered)


def _stage(wanted: Stage, making: Making) -> Stage:
    """Without stored words, every way begins with reading."""
    return wanted if making.has_reading else Stage.OCR
