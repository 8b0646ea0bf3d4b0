"""Which runs a tick asks for, decided from the documents that are due. Acting on the plan is the sensor's."""

from collections.abc import Sequence
from dataclasses import dataclass

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.stages import Stage

FEW = 4
"""Up to so many new documents get a run each: the first result is there soonest."""


@dataclass(frozen=True, slots=True)
class DueDocument:
    """A document that waits for a run. `request_count` is how often a run was asked for before."""

    document_id: DocumentId
    request_count: int


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run over documents whose partition keys lie side by side, in key order."""

    document_ids: tuple[DocumentId, ...]
    request_count: int

    @property
    def first(self) -> DocumentId:
        return self.document_ids[0]

    @property
    def last(self) -> DocumentId:
        return self.document_ids[-1]


def plan_runs(due: Sequence[DueDocument], *, batch_size: int) -> tuple[PlannedRun, ...]:
    """Runs that together hold every due document once.

    Only documents never requested before share a run: their keys are added by this tick, in this order, and so
    lie side by side. A key asked for before keeps its old place, and a range from it would hold other documents.
    """
    fresh = [document.document_id for document in due if document.request_count == 0]
    again = [document for document in due if document.request_count > 0]
    size = 1 if len(fresh) <= FEW else batch_size
    batches = [fresh[start : start + size] for start in range(0, len(fresh), size)]
    return (
        *(PlannedRun(tuple(batch), 0) for batch in batches),
        *(PlannedRun((document.document_id,), document.request_count) for document in again),
    )


@dataclass(frozen=True, slots=True)
class DueReplay:
    """A settled document that is to be read again from `first` on."""

    document_id: DocumentId
    first: Stage


@dataclass(frozen=True, slots=True)
class PlannedReplay:
    """One run over documents to read again from the same stage on."""

    document_ids: tuple[DocumentId, ...]
    first: Stage

    @property
    def stages(self) -> tuple[Stage, ...]:
        """What is made anew: from the first stage to validation."""
        return tuple(stage for stage in Stage if self.first.order <= stage.order <= Stage.VALIDATION.order)


def plan_replays(due: Sequence[DueReplay], *, batch_size: int) -> tuple[PlannedReplay, ...]:
    """Runs that together hold every due replay once, each of one first stage.

    Their keys are old and lie apart; whoever carries out the plan moves those of a run beside each other.
    """
    runs = []
    for first in Stage:
        ids = [one.document_id for one in due if one.first is first]
        runs += [PlannedReplay(tuple(ids[at : at + batch_size]), first) for at in range(0, len(ids), batch_size)]
    return tuple(runs)
