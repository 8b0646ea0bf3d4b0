"""What differs between ledger, partitions, runs and results, decided from what was read of each.

Pure: a listing that failed never arrives here, so that an empty set means "none", not "unknown".
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.states import NEEDS_EXTRACTION, DocumentStatus


class Difference(StrEnum):
    """A kind of disagreement."""

    STUCK = "stuck"
    CLAIMED_BY_DEAD_RUN = "claimed-by-dead-run"
    PARTITION_WITHOUT_DOCUMENT = "partition-without-document"
    DOCUMENT_WITHOUT_PARTITION = "document-without-partition"
    MATERIALIZED_WITHOUT_EXTRACTION = "materialized-without-extraction"


class Repair(StrEnum):
    """What is done about it."""

    REQUEST_RUN = "request-run"
    FREE_CLAIM = "free-claim"
    REPORT = "report"


EXPLANATIONS: dict[Difference, str] = {
    Difference.STUCK: "Not settled past its patience and no run holds it; a run is requested.",
    Difference.CLAIMED_BY_DEAD_RUN: "Held by a run that has ended; the claim is freed and a run requested.",
    Difference.PARTITION_WITHOUT_DOCUMENT: "A partition key the ledger does not know; delete the key in the UI.",
    Difference.DOCUMENT_WITHOUT_PARTITION: "Waiting, but without a partition key; a run with its key is requested.",
    Difference.MATERIALIZED_WITHOUT_EXTRACTION: "Dagster shows a validation without an extraction; a run is requested.",
}

REPAIRS: dict[Difference, Repair] = {
    Difference.STUCK: Repair.REQUEST_RUN,
    Difference.CLAIMED_BY_DEAD_RUN: Repair.FREE_CLAIM,
    Difference.PARTITION_WITHOUT_DOCUMENT: Repair.REPORT,
    Difference.DOCUMENT_WITHOUT_PARTITION: Repair.REQUEST_RUN,
    Difference.MATERIALIZED_WITHOUT_EXTRACTION: Repair.REQUEST_RUN,
}


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is not settled, as the ledger has it."""

    document_id: DocumentId
    registered_at: datetime
    requested_at: datetime | None
    claim_run_id: str | None
    claim_until_at: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """All that is compared, read at about the same instant."""

    open_documents: Collection[OpenDocument]
    statuses: dict[DocumentId, DocumentStatus]
    """Of every document that has a partition or a materialization."""
    partition_keys: frozenset[str]
    validated: frozenset[str]
    """Keys whose `validation` Dagster shows as materialized."""
    extracted: frozenset[str]
    """Those of `validated` that have a stored extraction or a reading that found another type."""
    live_runs: frozenset[str]
    """Ids of the runs that hold claims and have not ended."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One document (or key) that disagrees, and since when where that is known."""

    difference: Difference
    key: str
    since: datetime | None = None
    run_id: str | None = None

    @property
    def repair(self) -> Repair:
        return REPAIRS[self.difference]


def compare(state: State, *, now: datetime, patience: timedelta) -> tuple[Mismatch, ...]:
    """Every disagreement, most urgent kind first."""
    return (
        *_dead_claims(state),
        *_stuck(state, now, patience),
        *_without_partition(state, now, patience),
        *_materialized_without_extraction(state),
        *_without_document(state),
    )


def _dead_claims(state: State) -> Iterator[Mismatch]:
    for document in state.open_documents:
        if document.claim_run_id is not None and document.claim_run_id not in state.live_runs:
            yield Mismatch(
                Difference.CLAIMED_BY_DEAD_RUN, document.document_id, document.registered_at, document.claim_run_id
            )


def _is_waiting(document: OpenDocument, now: datetime, patience: timedelta) -> bool:
    """Whether nobody holds it and nobody asked for it within its patience."""
    since = document.requested_at or document.registered_at
    return document.claim_run_id is None and now - since > patience


def _stuck(state: State, now: datetime, patience: timedelta) -> Iterator[Mismatch]:
    for document in state.open_documents:
        if document.document_id in state.partition_keys and _is_waiting(document, now, patience):
            yield Mismatch(Difference.STUCK, document.document_id, document.registered_at)


def _without_partition(state: State, now: datetime, patience: timedelta) -> Iterator[Mismatch]:
    for document in state.open_documents:
        if document.document_id not in state.partition_keys and _is_waiting(document, now, patience):
            yield Mismatch(Difference.DOCUMENT_WITHOUT_PARTITION, document.document_id, document.registered_at)


def _materialized_without_extraction(state: State) -> Iterator[Mismatch]:
    open_claims = {d.document_id for d in state.open_documents if d.claim_run_id in state.live_runs}
    for key in sorted(state.validated - state.extracted):
        status = state.statuses.get(DocumentId(key))
        if key not in open_claims and (status in NEEDS_EXTRACTION or status is DocumentStatus.UPLOADED):
            yield Mismatch(Difference.MATERIALIZED_WITHOUT_EXTRACTION, key)


def _without_document(state: State) -> Iterator[Mismatch]:
    for key in sorted(state.partition_keys - state.statuses.keys()):
        yield Mismatch(Difference.PARTITION_WITHOUT_DOCUMENT, key)
