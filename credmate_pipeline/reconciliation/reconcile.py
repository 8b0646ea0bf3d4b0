"""Reconciliation, whole: compare storage, ledger, Dagster and results; repair what may be; report.

What is a difference is in the ledger's queries, what each means in `differences`. A part that cannot be listed is
itself a difference (`not-compared`): nothing is concluded or repaired from half a listing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.errors import ConfigurationError, ReasonCode, StorageUnavailable, UnreadableDocument
from credmate_pipeline.gateways import Gateways
from credmate_pipeline.ledger.reconciliation_book import ReconciliationBook
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.reconciliation.differences import KINDS, Difference, Found, Repair
from credmate_pipeline.reconciliation.orchestrator import Orchestrator
from credmate_pipeline.reconciliation.report import Finding, Report, finding_of, merged
from credmate_pipeline.settings import Settings
from credmate_pipeline.uploads.store import Upload

SLICE = 50_000
"""Documents whose extractions and artifacts one reconciliation looks at; the next goes on after them."""
DEAD_RUN_MESSAGE = "The run that held the document ended before it was settled."
_EMPTY = "the listing is empty though the ledger knows files: is this the right folder or bucket?"
_WINDOW_EDGE = timedelta(days=1)
"""Retirement and reconciliation run at different hours; on the window's last day either may have come first."""


@dataclass(slots=True)
class _Comparison:
    """One reconciliation under way."""

    gateways: Gateways
    orchestrator: Orchestrator
    settings: Settings
    started_at: datetime
    positions: dict[str, str]
    found: list[Found] = field(default_factory=list)
    unknown: tuple[Upload, ...] = ()
    dead_runs: frozenset[str] = frozenset()

    @property
    def book(self) -> ReconciliationBook:
        return self.gateways.reconciliations

    @property
    def impatient_before(self) -> datetime:
        return self.started_at - timedelta(minutes=self.settings.patience_minutes)

    def compare(self) -> None:
        self._if_answered("uploads", self._compare_uploads)
        self._compare_orchestrator()
        self.found += self.book.compare_ledger()
        after = self.positions.get("slice", "")
        self._if_answered("artifacts", lambda: self._compare_artifacts(after))
        found, self.positions["slice"] = self.book.compare_slice(after, at_most=SLICE)
        self.found += found
        self._if_answered("bytes", self._compare_bytes)

    def _if_answered(self, part: str, compare: Callable[[], None]) -> None:
        """Compares a part of the storage; where that does not answer, this is what is found."""
        try:
            compare()
        except (StorageUnavailable, ConfigurationError) as error:
            self.found.append(Found(Difference.NOT_COMPARED, 1, (f"{part}: {error}",), self.started_at))

    def _compare_uploads(self) -> None:
        stored_count, found, unknown_count, unknown = self.book.compare_uploads(
            self.gateways.uploads.list_all(), started_at=self.started_at, impatient_before=self.impatient_before
        )
        if not stored_count and found:
            raise StorageUnavailable(_EMPTY)
        self.found += found
        if unknown:
            named = tuple(_masked(upload) for upload in unknown)
            oldest = min(upload.stored_at for upload in unknown)
            self.found.append(Found(Difference.UPLOAD_WITHOUT_DOCUMENT, unknown_count, named, oldest))
            self.unknown = unknown

    def _compare_orchestrator(self) -> None:
        holders = self.book.claim_holders()
        self.dead_runs = frozenset(holders) - self.orchestrator.live_runs(holders)
        self.found += self.book.compare_orchestrator(
            self.orchestrator.partition_keys(),
            self.orchestrator.validated_keys(),
            dead_runs=self.dead_runs,
            impatient_before=self.impatient_before,
            window_from=self.started_at - timedelta(days=self.settings.live_days) + _WINDOW_EDGE,
        )

    def _compare_artifacts(self, after: str) -> None:
        list_between = self.gateways.artifacts.keys_between
        self.found += self.book.compare_artifacts(list_between, after, at_most=SLICE, started_at=self.started_at)

    def _compare_bytes(self) -> None:
        """Hashes some documents' bytes again; a file gone or replaced is another kind's to tell."""
        after, at_most = self.positions.get("hashes", ""), self.settings.rehash_count
        chosen = self.book.documents_to_hash(after, at_most=at_most)
        changed = []
        for one in chosen:
            try:
                content = self.gateways.uploads.read(one.upload_uri, version=one.upload_version)
            except UnreadableDocument:
                continue
            is_other = sha256(content).hexdigest() != one.sha256
            if is_other and not self.book.is_accepted(Difference.BYTES_CHANGED, one.document_id):
                changed.append(one.document_id)
        if changed:
            self.found.append(Found(Difference.BYTES_CHANGED, len(changed), tuple(changed)))
        self.positions["hashes"] = chosen[-1].document_id if len(chosen) == at_most else ""

    # Repairing: through the ledger, so that the sensor alone writes keys and asks for runs

    def repair(self, found: Found) -> int:
        """Repairs what may be; returns how many were."""
        ledger, now = self.gateways.ledger, self.started_at
        match KINDS[found.difference].repair:
            case Repair.NONE:
                return 0
            case Repair.FREE_CLAIM:
                return sum(len(self._give_back(run_id)) for run_id in sorted(self.dead_runs))
            case Repair.REGISTER:
                ledger.register_all(self.unknown, now=now)
                return len(self.unknown)
            case Repair.REQUEST_RUN:
                return ledger.make_due(found.subjects)
            case Repair.RECALL:
                return ledger.make_due(found.subjects) + self.book.recall(found.subjects, now=now)

    def _give_back(self, run_id: str) -> tuple[DocumentId, ...]:
        return self.gateways.ledger.give_back(
            run_id,
            reason=ReasonCode.INTERNAL_ERROR,
            message=DEAD_RUN_MESSAGE,
            attempts_allowed=self.settings.attempts,
            now=self.started_at,
        )


def reconcile(
    gateways: Gateways,
    orchestrator: Orchestrator,
    settings: Settings,
    *,
    clock: Callable[[], datetime],
    is_repairing: bool,
) -> Report:
    """Compares everything. With `is_repairing` also repairs, and stores the report, which alerts read."""
    book, started_at = gateways.reconciliations, clock()
    comparison = _Comparison(gateways, orchestrator, settings, started_at, book.positions())
    comparison.compare()
    findings = tuple(
        finding_of(found, comparison.repair(found) if is_repairing else 0) for found in merged(comparison.found)
    )
    report = _report(gateways, findings, started_at, clock(), is_repairing=is_repairing)
    if is_repairing:
        book.store(report, comparison.positions)
    return report


def _report(
    gateways: Gateways, findings: tuple[Finding, ...], started_at: datetime, now: datetime, *, is_repairing: bool
) -> Report:
    counts = gateways.ledger.counts_by_status()
    return Report(
        document_count=sum(counts.values()),
        counts={status.value: counts[status] for status in DocumentStatus if status in counts},
        oldest_waiting_at=gateways.reconciliations.oldest(DocumentStatus.UPLOADED),
        oldest_in_review_at=gateways.reconciliations.oldest(DocumentStatus.REVIEW_PENDING),
        findings=findings,
        started_at=started_at,
        finished_at=now,
        is_repairing=is_repairing,
    )


def _masked(upload: Upload) -> str:
    """The file's folder and a mark of its name, which may be a person's."""
    mark = sha256(upload.uri.encode(errors="surrogatepass")).hexdigest()[:8]
    return f"{upload.owner or 'no owner'}/…{mark}"
