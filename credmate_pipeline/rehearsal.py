"""Reads stale documents with the current code and says what would change. Nothing is stored or moved, and no model is
paid for: of documents a second reader read too, what it found shows as gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from credmate_pipeline.errors import CredmateError
from credmate_pipeline.gateways import Gateways, check_engines, lane_engines, lane_limits, limits
from credmate_pipeline.lane_work import Stored, go_on, prepare_lane, read_file
from credmate_pipeline.lanes import LaneJob, open_lanes
from credmate_pipeline.ledger.records import DocumentRecord
from credmate_pipeline.outcome import Circumstances, Outcome
from credmate_pipeline.reconciliation.changes import DocumentChange, changed_fields, status_after, values_by_place
from credmate_pipeline.reconciliation.stale import StaleDocument
from credmate_pipeline.settings import Settings
from credmate_pipeline.stages import Stage


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A replay of `documents` that changes nothing."""

    documents: Sequence[StaleDocument]
    gateways: Gateways
    settings: Settings
    today: date
    _unfetched: list[DocumentChange] = field(default_factory=list)

    def changes(self) -> Iterator[DocumentChange]:
        """What reading each document again would change, as each ends; also where nothing would.

        Raises `ConfigurationError` where the engine is missing.
        """
        check_engines(self.settings)
        by_id = {str(one.document_id): one for one in self.documents}
        with (
            TemporaryDirectory(prefix="credmate-") as folder,
            open_lanes(lane_limits(self.settings), prepare_lane, lane_engines(self.settings)) as lanes,
        ):
            for result in lanes.run(self._jobs(Path(folder))):
                stale = by_id[result.key]
                yield self._failed(stale, result.error) if result.error else self._changed(stale, result.value[0])
        yield from self._unfetched

    def _jobs(self, folder: Path) -> Iterator[LaneJob]:
        records = {
            one.document_id: one
            for one in self.gateways.ledger.documents_by_id(one.document_id for one in self.documents)
        }
        for stale in self.documents:
            try:
                yield self._job(stale, records[stale.document_id], folder)
            except CredmateError as error:
                self._unfetched.append(self._failed(stale, error))

    def _job(self, stale: StaleDocument, record: DocumentRecord, folder: Path) -> LaneJob:
        names = self.gateways.ledger.known_names(record.owner)
        circumstances = Circumstances(self.today, limits(self.settings), names)
        if stale.first is Stage.OCR or record.reading_artifact is None:
            path = folder / stale.document_id
            self.gateways.uploads.fetch(record.upload_uri, path, version=record.upload_version)
            return LaneJob(stale.document_id, read_file, (path, circumstances))
        stored = Stored(
            self.gateways.artifacts.read(record.reading_artifact),
            self.gateways.ledger.load_classification(stale.document_id),
            self.gateways.ledger.load_extraction(stale.document_id),
        )
        return LaneJob(stale.document_id, go_on, (stored, stale.first, circumstances))

    def _changed(self, stale: StaleDocument, outcome: Outcome) -> DocumentChange:
        ledger = self.gateways.ledger
        outcome = ledger.foresee(stale.document_id, outcome)
        before = ledger.load_extraction(stale.document_id)
        is_same = values_by_place(before) == values_by_place(outcome.extraction)
        return DocumentChange(
            stale.document_id,
            stale.first,
            stale.document_type,
            outcome.classification.document_type if outcome.classification else stale.document_type,
            stale.status,
            status_after(stale.status, outcome, is_same=is_same),
            changed_fields(before, outcome.extraction),
        )

    def _failed(self, stale: StaleDocument, error: CredmateError) -> DocumentChange:
        kind = stale.document_type
        return DocumentChange(stale.document_id, stale.first, kind, kind, stale.status, stale.status, error=str(error))
