"""Walks a batch of documents through their journey and settles each in the ledger as it ends.

What ends is told at once, so that whoever shows progress (Dagster, a terminal) can show it. Nothing of Dagster
is known here, and no page is opened here: that happens in the lanes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from credmate_pipeline.documents.document import Arrival, DocumentId
from credmate_pipeline.errors import (
    ConfigurationError,
    CredmateError,
    LedgerRefusal,
    LedgerUnavailable,
    PermanentError,
    ReasonCode,
    StorageUnavailable,
    UnreadableDocument,
    reason_of,
)
from credmate_pipeline.facts import (
    Facts,
    arrival_facts,
    credential_facts,
    failed_facts,
    stage_facts,
    unreadable_facts,
)
from credmate_pipeline.gateways import Gateways, engine_choice, lane_engines, lane_limits, limits, second_readers
from credmate_pipeline.lane_work import Stored, arrive, go_on, prepare_lane, read
from credmate_pipeline.lanes import LaneJob, LaneResult, Lanes, open_lanes
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.ledger.states import DECIDED_BY_A_PERSON, NEEDS_EXTRACTION, DocumentStatus
from credmate_pipeline.ocr.storage import unpack
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.second_reading import twice_read
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage


@dataclass(frozen=True, slots=True)
class StageEnded:
    """A document has passed a stage. `facts` hold counts, confidences and codes, never personal data."""

    document_id: DocumentId
    stage: Stage
    facts: Facts
    is_recalled: bool = False
    """Whether an earlier run passed it, which may have died before it could say so."""


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


_READING_STAGES = (Stage.DOCUMENT, Stage.OCR)
_TOLD_AS_SETTLED = NEEDS_EXTRACTION - DECIDED_BY_A_PERSON | {DocumentStatus.APPROVED}
"""Statuses whose reasons and findings are told as the ledger has them."""

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
    held_by_others: frozenset[DocumentId] = frozenset()
    """Documents that runs under way hold; left to them even where a clock says that their lease has ended."""


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
        Raises `ConfigurationError` where a setting is wrong: no document has spent an attempt then.
        """
        claimed, others = self._claim()
        yield from others
        if not claimed:
            return
        try:
            yield from self._walk(claimed)
        except ConfigurationError:
            self.gateways.ledger.release(self.request.run_id)
            raise

    def _walk(self, claimed: Sequence[DocumentRecord]) -> Iterator[Progress]:
        with open_lanes(lane_limits(self.settings), prepare_lane, lane_engines(self.settings)) as lanes:
            if self.request.first in _READING_STAGES:
                yield from self._read(claimed, lanes.folder, lanes)
            else:
                yield from self._go_on(claimed, lanes)

    def _twice_read(
        self, results: Iterator[LaneResult], lanes: Lanes, claimed: Sequence[DocumentRecord]
    ) -> Iterator[LaneResult]:
        """The results of reading fields, with a second reader's where one is wanted."""
        by_id: dict[str, DocumentRecord] = {document.document_id: document for document in claimed}
        readers = second_readers(self.settings, self.gateways.ledger, self.clock)
        return twice_read(results, lanes, readers, lambda key: self._circumstances(by_id[key]))

    def _claim(self) -> tuple[list[DocumentRecord], list[Progress]]:
        """The documents this run may work on, and what is to be said of the others."""
        ledger, request, now = self.gateways.ledger, self.request, self.clock()
        asked = {record.document_id: record for record in ledger.documents_by_id(request.document_ids)}
        able = {key: record for key, record in asked.items() if self._can_begin(record)}
        again = [key for key, record in able.items() if self._is_to_be_reopened(record)]
        fresh = [key for key in able if key not in set(again)]
        lease = timedelta(minutes=self.settings.claim_minutes)
        claimed = [
            *ledger.claim(again, run_id=request.run_id, lease=lease, now=now, reopen=True),
            *ledger.claim(fresh, run_id=request.run_id, lease=lease, now=now),
        ]
        held = {record.document_id for record in claimed}
        others = [
            progress for key in request.document_ids if key not in held for progress in self._left(key, asked.get(key))
        ]
        return claimed, others

    def _can_begin(self, record: DocumentRecord) -> bool:
        """Whether nobody is at it, and there is something to begin with: stages after reading need a stored reading."""
        if record.document_id in self.request.held_by_others:
            return False
        return self.request.first in _READING_STAGES or record.reading_artifact is not None

    def _is_to_be_reopened(self, record: DocumentRecord) -> bool:
        before = self.request.reopen_settled_before
        if before is None or record.status is DocumentStatus.UPLOADED:
            return False
        return record.settled_at is not None and record.settled_at < before

    def _left(self, document_id: DocumentId, record: DocumentRecord | None) -> Iterator[Progress]:
        if record is None:
            yield DocumentLeft(document_id, "the ledger does not know this partition key")
        elif record.status is DocumentStatus.UPLOADED:
            is_held = self._can_begin(record) or document_id in self.request.held_by_others
            why = "another run holds it" if is_held else "it has not been read; run its `ocr` stage"
            yield DocumentLeft(document_id, why)
        elif record.status is DocumentStatus.PURGED:
            yield DocumentLeft(document_id, "it was purged on request")
        else:
            yield from self._recalled(record)

    def _recalled(self, record: DocumentRecord) -> Iterator[Progress]:
        """What the ledger knows of a settled document, for a Dagster that may not know it yet."""
        ledger, document_id = self.gateways.ledger, record.document_id
        if record.sha256 is not None and record.media_type is not None:
            arrival = Arrival(record.sha256, record.byte_count, record.media_type, record.page_count or 0)
            yield StageEnded(document_id, Stage.DOCUMENT, arrival_facts(arrival), is_recalled=True)
        reading = None
        if record.reading_artifact is not None and self.gateways.artifacts.exists(record.reading_artifact):
            reading = unpack(self.gateways.artifacts.read(record.reading_artifact))
        outcome = Outcome(
            record.status,
            record.reasons,
            record.reason_code,
            reading=reading,
            classification=ledger.load_classification(document_id),
            extraction=ledger.load_extraction(document_id),
            findings=ledger.load_findings(document_id),
        )
        for stage, facts in stage_facts(outcome).items():
            yield StageEnded(document_id, stage, facts, is_recalled=True)
        yield from self._on_file(document_id, record.status, is_recalled=True)
        yield DocumentSettled(document_id, record.status, record.reasons, record.reason_code, is_recalled=True)

    # Reading, from the file on

    def _read(self, claimed: Sequence[DocumentRecord], folder: Path, lanes: Lanes) -> Iterator[Progress]:
        files: dict[str, Path] = {}
        for document in claimed:
            try:
                files[document.document_id] = self._fetch(document, folder)
            except (UnreadableDocument, StorageUnavailable) as error:
                yield from self._ended_early(document.document_id, Stage.DOCUMENT, error)
        arrivals: dict[str, Arrival] = {}
        jobs = [LaneJob(key, arrive, (path, limits(self.settings))) for key, path in files.items()]
        # In the order asked for, so that of two files of the same bytes the earlier one is the original.
        inspected = {result.key: result for result in lanes.run(jobs)}
        for key in files:
            yield from self._arrived(inspected[key], arrivals)
        by_id = {document.document_id: document for document in claimed}
        jobs = [
            LaneJob(key, read, (files[key], arrival, self._circumstances(document), self._stored_at(document)))
            for key, arrival in arrivals.items()
            for document in (by_id[DocumentId(key)],)
        ]
        for result in self._twice_read(lanes.run(jobs), lanes, claimed):
            yield from self._was_read(result)
            self._renew()

    def _fetch(self, document: DocumentRecord, folder: Path) -> Path:
        path = folder / document.document_id
        self.gateways.uploads.fetch(document.upload_uri, path, version=document.upload_version)
        return path

    def _arrived(self, result: LaneResult, arrivals: dict[str, Arrival]) -> Iterator[Progress]:
        document_id = DocumentId(result.key)
        if result.error is not None:
            yield from self._ended_early(document_id, Stage.DOCUMENT, result.error)
            return
        arrival: Arrival = result.value
        yield StageEnded(document_id, Stage.DOCUMENT, arrival_facts(arrival))
        try:
            original = self.gateways.ledger.record_arrival(
                document_id, run_id=self.request.run_id, arrival=arrival, now=self.clock()
            )
        except (UnreadableDocument, LedgerRefusal) as error:
            yield from self._ended_early(document_id, Stage.DOCUMENT, error)
            return
        if original is None:
            arrivals[document_id] = arrival
        else:
            reasons = (f"The same bytes as document {original}.",)
            yield DocumentSettled(document_id, DocumentStatus.DUPLICATE, reasons, None)

    def _was_read(self, result: LaneResult) -> Iterator[Progress]:
        document_id = DocumentId(result.key)
        if result.error is not None:
            yield from self._ended_early(document_id, Stage.OCR, result.error)
            return
        outcome, packed = result.value
        artifact = None
        if packed is not None and outcome.arrival is not None:
            artifact = f"{document_id}/{outcome.arrival.sha256[:16]}/reading-{self.request.run_id}.json.gz"
            try:
                self.gateways.artifacts.put(artifact, packed)
            except StorageUnavailable as error:
                yield from self._ended_early(document_id, Stage.OCR, error)
                return
        yield from self._settle(document_id, outcome, artifact)

    # Again from a later stage, over the stored reading

    def _go_on(self, claimed: Sequence[DocumentRecord], lanes: Lanes) -> Iterator[Progress]:
        jobs: list[LaneJob] = []
        for document in claimed:
            try:
                stored = self._stored(document)
            except (PermanentError, StorageUnavailable) as error:
                yield from self._ended_early(document.document_id, self.request.first, error)
                continue
            jobs.append(
                LaneJob(document.document_id, go_on, (stored, self.request.first, self._circumstances(document)))
            )
        results = lanes.run(jobs)
        if self.request.first is not Stage.VALIDATION:
            results = self._twice_read(results, lanes, claimed)
        for result in results:
            document_id = DocumentId(result.key)
            if result.error is not None:
                yield from self._ended_early(document_id, self.request.first, result.error)
            else:
                outcome, _ = result.value
                yield from self._settle(document_id, outcome, None)
            self._renew()

    def _stored(self, document: DocumentRecord) -> Stored:
        if document.reading_artifact is None:
            raise PermanentError("No reading is stored of this document; run its `ocr` stage first.")
        ledger = self.gateways.ledger
        return Stored(
            self.gateways.artifacts.read(document.reading_artifact),
            ledger.load_classification(document.document_id),
            ledger.load_extraction(document.document_id),
        )

    # Ends

    def _settle(self, document_id: DocumentId, outcome: Outcome, artifact: str | None) -> Iterator[Progress]:
        ledger = self.gateways.ledger
        try:
            status = ledger.settle(
                document_id,
                run_id=self.request.run_id,
                outcome=outcome,
                artifact=artifact,
                audit_share=self.settings.audit_share,
                files_credentials=self.settings.auto_create_credentials,
                now=self.clock(),
            )
        except LedgerRefusal as refusal:
            yield from self._ended_early(document_id, Stage.VALIDATION, refusal)
            return
        if status in _TOLD_AS_SETTLED:
            outcome = self._as_settled(document_id, outcome)
        for stage, facts in stage_facts(replace(outcome, status=status)).items():
            if stage.order >= self.request.first.order:
                yield StageEnded(document_id, stage, facts)
        yield from self._on_file(document_id, status)
        yield DocumentSettled(document_id, status, outcome.reasons, outcome.reason_code)

    def _on_file(
        self, document_id: DocumentId, status: DocumentStatus, *, is_recalled: bool = False
    ) -> Iterator[Progress]:
        """The `credential` stage of an approved document."""
        if status is DocumentStatus.APPROVED:
            for filed in self.gateways.ledger.on_file([document_id]):
                yield StageEnded(document_id, Stage.CREDENTIAL, credential_facts(filed), is_recalled)

    def _as_settled(self, document_id: DocumentId, outcome: Outcome) -> Outcome:
        """The outcome with what only the ledger knew: whose it is, and what it repeats."""
        ledger = self.gateways.ledger
        record = ledger.document(document_id)
        reasons = outcome.reasons if record is None else record.reasons
        return replace(outcome, reasons=reasons, findings=ledger.load_findings(document_id))

    def _ended_early(self, document_id: DocumentId, stage: Stage, error: CredmateError) -> Iterator[Progress]:
        """An unreadable file is settled; everything else is an attempt that failed, or another run's document."""
        if isinstance(error, LedgerUnavailable):
            raise error
        if isinstance(error, UnreadableDocument):
            if stage is Stage.DOCUMENT:
                yield StageEnded(document_id, stage, unreadable_facts(error))
            outcome = Outcome(DocumentStatus.UNREADABLE, (error.message,), error.reason)
            yield from self._settle(document_id, outcome, None)
            return
        reason = reason_of(error)
        try:
            status = self.gateways.ledger.record_failure(
                document_id,
                run_id=self.request.run_id,
                reason=reason,
                message=str(error),
                attempts_allowed=self.settings.attempts,
                now=self.clock(),
            )
        except LedgerRefusal:
            yield DocumentLeft(document_id, "this run does not hold it any more")
            return
        if stage is not Stage.DOCUMENT:
            yield StageEnded(document_id, Stage.DOCUMENT, failed_facts(stage, reason, str(error), status))
        yield DocumentFailed(document_id, stage, reason, str(error), status)

    def _stored_at(self, document: DocumentRecord) -> str | None:
        """Where the engine itself can read the upload; None where only its bytes can be sent."""
        reads_stored = engine_choice(self.settings).reads_stored and self.settings.uploads == "s3"
        return document.upload_uri if reads_stored else None

    def _circumstances(self, document: DocumentRecord) -> Circumstances:
        names = self.gateways.ledger.known_names(document.owner)
        return Circumstances(self.clock().date(), limits(self.settings), names)

    def _renew(self) -> None:
        until = self.clock() + timedelta(minutes=self.settings.claim_minutes)
        self.gateways.ledger.renew_claims(self.request.run_id, until)
