"""The gateway to the system of record. Each method is one transaction; the SQL is in `queries`.

Every method raises `LedgerUnavailable` where PostgreSQL does not answer and `LedgerRefusal` where the database
does not allow what is asked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from credmate_pipeline.classification.classification import Classification
from credmate_pipeline.documents.document import Arrival, DocumentId
from credmate_pipeline.errors import ReasonCode
from credmate_pipeline.extraction.fields import Extraction
from credmate_pipeline.ledger.audit_gateway import AuditGateway
from credmate_pipeline.ledger.connection import ledger_engine
from credmate_pipeline.ledger.oversight_gateway import OversightGateway
from credmate_pipeline.ledger.provider_gateway import ProviderGateway
from credmate_pipeline.ledger.purge_gateway import PurgeGateway
from credmate_pipeline.ledger.quality_gateway import QualityGateway
from credmate_pipeline.ledger.queries import arrivals, claims, listing, reading_back, settling
from credmate_pipeline.ledger.queries.transaction import PIPELINE
from credmate_pipeline.ledger.records import DocumentEvent, DocumentRecord, Registration
from credmate_pipeline.ledger.replay_gateway import ReplayGateway
from credmate_pipeline.ledger.review_gateway import ReviewGateway
from credmate_pipeline.ledger.states import DocumentStatus
from credmate_pipeline.ledger.tables import documents
from credmate_pipeline.outcome import Outcome
from credmate_pipeline.run_plan import DueDocument
from credmate_pipeline.uploads.store import Upload
from credmate_pipeline.validation.finding import Finding


def open_ledger(url: str) -> "Ledger":
    """The ledger at `url`; connects when first asked. Raises ConfigurationError for what is no PostgreSQL URL."""
    return Ledger(ledger_engine(url))


class Ledger(
    ProviderGateway, ReviewGateway, AuditGateway, PurgeGateway, QualityGateway, OversightGateway, ReplayGateway
):
    """Documents, their states, their results and their trail; providers and reviews are in what it builds on."""

    # Coming in

    def register(
        self,
        upload: Upload,
        *,
        document_id: DocumentId,
        now: datetime,
        actor: str = PIPELINE,
        is_canary: bool = False,
    ) -> Registration:
        """Records an upload once: the same place and version again is the same document, purged ones included."""
        with self._transaction() as connection:
            return arrivals.register(
                connection, upload, document_id=document_id, now=now, actor=actor, is_canary=is_canary
            )

    def register_all(self, uploads: Iterable[Upload], *, now: datetime) -> None:
        """Records many uploads in one transaction, each once."""
        with self._transaction() as connection:
            arrivals.register_all(connection, uploads, now=now)

    def record_arrival(
        self, document_id: DocumentId, *, run_id: str, arrival: Arrival, now: datetime
    ) -> DocumentId | None:
        """Stores hash, kind and pages. Where the same bytes came before, settles this document as their
        duplicate and returns the earlier one. Raises `UnreadableDocument` where the bytes were replaced."""
        with self._transaction() as connection:
            return arrivals.record_arrival(connection, document_id, run_id=run_id, arrival=arrival, now=now)

    # Claims

    def claim(
        self, document_ids: Iterable[str], *, run_id: str, lease: timedelta, now: datetime, reopen: bool = False
    ) -> tuple[DocumentRecord, ...]:
        """Takes a lease on those documents that wait and that no other run holds.

        With `reopen`, documents settled automatically first move back to `uploaded`; documents decided by a
        person are claimed as they are.
        """
        with self._transaction() as connection:
            return claims.claim(connection, document_ids, run_id=run_id, lease=lease, now=now, reopen=reopen)

    def renew_claims(self, run_id: str, until: datetime) -> int:
        """Prolongs the run's leases; returns how many it holds."""
        with self._transaction() as connection:
            return claims.renew_claims(connection, run_id, until)

    def give_back(
        self, run_id: str, *, reason: ReasonCode, message: str, attempts_allowed: int, now: datetime
    ) -> tuple[DocumentId, ...]:
        """Ends the claims of a run that has ended: each document is due again, or `failed` with attempts spent."""
        with self._transaction() as connection:
            held = connection.execute(select(documents.c.document_id).where(documents.c.claim_run_id == run_id))
            ids = tuple(DocumentId(found) for found in held.scalars())
            for document_id in ids:
                claims.record_failure(
                    connection,
                    document_id,
                    run_id=run_id,
                    reason=reason,
                    message=message,
                    attempts_allowed=attempts_allowed,
                    now=now,
                )
            return ids

    def release(self, run_id: str) -> int:
        """Ends the claims of a run that could not begin, without spending an attempt; returns how many.

        The documents wait until they are asked for again, as those whose run never came.
        """
        with self._transaction() as connection:
            return claims.release(connection, run_id)

    def record_failure(
        self,
        document_id: DocumentId,
        *,
        run_id: str,
        reason: ReasonCode,
        message: str,
        attempts_allowed: int,
        now: datetime,
    ) -> DocumentStatus:
        """Ends one attempt: the document waits again, or is `failed` with its attempts spent."""
        with self._transaction() as connection:
            return claims.record_failure(
                connection,
                document_id,
                run_id=run_id,
                reason=reason,
                message=message,
                attempts_allowed=attempts_allowed,
                now=now,
            )

    # Settling

    def settle(
        self,
        document_id: DocumentId,
        *,
        run_id: str,
        outcome: Outcome,
        artifact: str | None,
        now: datetime,
        audit_share: float = 0.0,
        files_credentials: bool = False,
    ) -> DocumentStatus:
        """Stores all that was found and moves the document, in one transaction; returns its new status.

        Raises `LedgerRefusal` where the run does not hold the document. A person's decision stands: a reading
        that differs opens a review instead. Of those settled without a person `audit_share` (0–1) is drawn for an
        audit; with `files_credentials` they are `approved` at once, their credentials on file.
        """
        with self._transaction() as connection:
            return settling.settle(
                connection,
                document_id,
                run_id=run_id,
                outcome=outcome,
                artifact=artifact,
                audit_share=audit_share,
                files_credentials=files_credentials,
                now=now,
            )

    def reopen(self, document_ids: Iterable[str], *, actor: str, reason: str, now: datetime) -> tuple[DocumentId, ...]:
        """Moves automatically settled documents back to `uploaded`; returns those moved."""
        with self._transaction() as connection:
            return claims.reopen_documents(connection, document_ids, actor=actor, reason=reason, now=now)

    # What is due

    def due(self, *, now: datetime, patience: timedelta, at_most: int) -> tuple[DueDocument, ...]:
        """Documents that wait for a run nobody has asked for, oldest first."""
        with self._transaction() as connection:
            return listing.due(connection, now=now, patience=patience, at_most=at_most)

    def mark_requested(self, document_ids: Iterable[str], *, now: datetime) -> None:
        """Notes that a run was asked for."""
        with self._transaction() as connection:
            listing.mark_requested(connection, document_ids, now=now)

    def latest_request(self) -> datetime | None:
        """When a run was last asked for of those documents that still wait for it."""
        with self._transaction() as connection:
            return listing.latest_request(connection)

    def forget_requests_of(self, requested_at: datetime, *, asked_at_most: int) -> int:
        """Makes the documents due at once that were asked for at that instant and wait still; returns how many. One
        that was asked for more often, beside attempts that failed, is left to its patience."""
        with self._transaction() as connection:
            return listing.forget_requests_of(connection, requested_at, asked_at_most=asked_at_most)

    def make_due(self, document_ids: Iterable[str]) -> int:
        """Makes waiting documents due at once; returns how many."""
        with self._transaction() as connection:
            return listing.forget_request(connection, document_ids)

    def retirable(
        self, document_ids: Iterable[str], *, settled_before: datetime, at_most: int
    ) -> tuple[DocumentId, ...]:
        """Those of the documents that nobody has to act on since that instant, the longest settled first."""
        with self._transaction() as connection:
            return listing.retirable(connection, document_ids, settled_before=settled_before, at_most=at_most)

    # Reading back

    def document(self, document_id: str) -> DocumentRecord | None:
        """The document, canary or not; None where the ledger does not know it."""
        found = self.documents_by_id([document_id])
        return found[0] if found else None

    def documents_by_id(self, document_ids: Iterable[str]) -> tuple[DocumentRecord, ...]:
        """Those of the documents the ledger knows."""
        with self._transaction() as connection:
            return listing.documents_by_id(connection, document_ids)

    def documents_by_prefix(self, prefix: str, *, at_most: int = 2) -> tuple[DocumentRecord, ...]:
        """Documents whose id begins so."""
        with self._transaction() as connection:
            return listing.documents_by_prefix(connection, prefix, at_most)

    def documents(
        self, *, status: DocumentStatus | None = None, at_most: int | None = None
    ) -> tuple[DocumentRecord, ...]:
        """Real documents, newest first."""
        with self._transaction() as connection:
            return listing.newest_documents(connection, status, at_most)

    def open_documents(self) -> tuple[DocumentRecord, ...]:
        """Every document that is not settled or is held by a run."""
        with self._transaction() as connection:
            return listing.open_documents(connection)

    def history(self, document_id: DocumentId) -> tuple[DocumentEvent, ...]:
        """The document's audit trail, oldest first."""
        with self._transaction() as connection:
            return listing.history(connection, document_id)

    def counts_by_status(self) -> dict[DocumentStatus, int]:
        """How many real documents are in each status that has any."""
        with self._transaction() as connection:
            return listing.counts_by_status(connection)

    def statuses(self, document_ids: Iterable[str]) -> dict[DocumentId, DocumentStatus]:
        """The status of those documents the ledger knows."""
        with self._transaction() as connection:
            return listing.statuses(connection, document_ids)

    def with_a_result(self, document_ids: Iterable[str]) -> frozenset[str]:
        """Those that were really read: an evidenced extraction, or found to be of no known type."""
        with self._transaction() as connection:
            return listing.with_a_result(connection, document_ids)

    def has_evidenced_extraction(self, document_id: DocumentId) -> bool:
        """Whether the current extraction has fields, each with its place and text."""
        with self._transaction() as connection:
            return listing.has_evidenced_extraction(connection, document_id)

    def load_classification(self, document_id: DocumentId) -> Classification | None:
        """The current classification."""
        with self._transaction() as connection:
            return reading_back.load_classification(connection, document_id)

    def load_extraction(self, document_id: DocumentId) -> Extraction | None:
        """The current extraction."""
        with self._transaction() as connection:
            return reading_back.load_extraction(connection, document_id)

    def load_findings(self, document_id: DocumentId) -> tuple[Finding, ...]:
        """The findings of the current extraction."""
        with self._transaction() as connection:
            return reading_back.load_findings(connection, document_id)
