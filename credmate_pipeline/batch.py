"""Walks a batch of documents through their journey and settles each in the ledger as it ends.

What ends is told at once, so that whoever shows progress (Dagster, a terminal) can show it. Nothing of Dagster
is known here, and no page is opened here: that happens in the lanes.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from credmate_pipeline.documents.document import Arrival, DocumentId
from credmate_pipeline.errors import (
    ConfigurationError,
    CredmateError,
    LaneFailure,
    LedgerUnavailable,
    ReasonCode,
    StorageUnavailable,
    TransientError,
    UnreadableDocument,
)
from credmate_pipeline.facts import Fact, stage_facts
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.lane_work import Understanding, arrive_in_lane, read_in_lane, understand_in_lane
from credmate_pipeline.lanes import Lanes
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage


@dataclass(frozen=True, slots=True)
class StageEnded:
    """A document has passed a stage. `facts` hold counts, confidences and codes, never personal data."""

    document_id: DocumentId
    stage: Stage
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class DocumentSettled:
    """A document reached a settled state, in this run or (`is_recalled`) in one that could not say so."""

    document_id: DocumentId
    status: DocumentStatus
    reasons: tuple[str, ...]
    reason_code: ReasonCode | None
    is_recalled: bool = False


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    """A document did not get through; it waits for another attempt or, attempts spent, is `failed`."""

    document_id: DocumentId
    stage: Stage
    reason: ReasonCode
    message: str
    status: DocumentStatus


@dataclass(frozen=True, slots=True)
class DocumentLeft:
    """A document this run does not touch, and why."""

    document_id: DocumentId
    why: str


Progress = StageEnded | DocumentSettled | DocumentFailed | DocumentLeft


@dataclass(frozen=True, slots=True)
class Request:
    """What a run was asked to do."""

    run_id: str
    document_ids: tuple[DocumentId, ...]
    first: Stage
    """Where the journey begins; every later stage follows from it."""
    reopen_settled_before: datetime | None = None
    """Documents settled before this instant are read again; None (the sensor's runs) leaves settled ones alone."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One request over the gateways of this environment."""

    request: Request
    gateways: Gateways
    settings: Settings
    clock: Callable[[], datetime]

    def walk(self) -> Iterator[Progress]:
        """Settles every document that can be, telling each step as it ends.

        Raises `LedgerUnavailable` where the ledger goes away; claims then run out and the documents are due again.
        """
        claimed, others = self._claim()
        yield from others
        if not claimed:
            return
        with TemporaryDirectory(prefix="credmate-") as folder, open_lanes(lane_settings(self.settings)) as lanes:
            if self.request.first in (Stage.DOCUMENT, Stage.OCR):
                yield from self._read(claimed, Path(folder), lanes)
            else:
                yield from self._understand(claimed, lanes)

    def _claim(self) -> tuple[list[DocumentRecord], list[Progress]]:
        """The documents this run may work on, and what is to be said of the others."""
        ledger, request, now = self.gateways.ledger, self.request, self.clock()
        asked = {record.document_id: record for record in ledger.documents_by_id(request.document_ids)}
        again = [key for key, record in asked.items() if self._is_to_be_reopened(record)]
        fresh = [key for key in asked if key not in set(again)]
        lease = timedelta(minutes=self.settings.claim_minutes)
        claimed = [
            *ledger.claim(again, run_id=request.run_id, lease=lease, now=now, reopen=True),
            *ledger.claim(fresh, run_id=request.run_id, lease=lease, now=now),
        ]
        held = {record.document_id for record in claimed}
        others = [self._left(key, asked.get(key)) for key in request.document_ids if key not in held]
        return claimed, others

    def _is_to_be_reopened(self, record: DocumentRecord) -> bool:
        before = self.request.reopen_settled_before
        if before is None or record.status is DocumentStatus.UPLOADED:
            return False
        return record.settled_at is not None and record.settled_at < before

    def _left(self, document_id: DocumentId, record: DocumentRecord | None) -> Progress:
        if record is None:
            return DocumentLeft(document_id, "the ledger does not know this partition key")
        if record.status is DocumentStatus.UPLOADED:
            return DocumentLeft(document_id, "another run holds it")
        return DocumentSettled(document_id, record.status, record.reasons, record.reason_code, is_recalled=True)
