"""The ledger's gateway to reviews and credentials: a person's decisions, and what is then held true."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from credmate_pipeline.credentials.claim import Claim
from credmate_pipeline.credentials.correction import Correction
from credmate_pipeline.documents.document import DocumentId
from credmate_pipeline.ledger.gateway import Gateway
from credmate_pipeline.ledger.queries import claims_to_credit, credentials, filings, reading_back, reviews
from credmate_pipeline.ledger.records import (
    CredentialRecord,
    DocumentRecord,
    Filed,
    OnFile,
    ProviderId,
    RelationRecord,
    ReviewRecord,
)


class ReviewGateway(Gateway):
    """Reviews and credentials, as methods of the ledger."""

    def review_queue(self, *, at_most: int | None = None, owner: str | None = None) -> tuple[DocumentRecord, ...]:
        """Real documents that wait for a person, the longest registered first."""
        with self._transaction() as connection:
            return reviews.review_queue(connection, at_most=at_most, owner=owner)

    def approve(
        self,
        document_id: DocumentId,
        *,
        reviewer: str,
        now: datetime,
        reason: str | None = None,
        corrections: Sequence[Correction] = (),
        owner: str | None = None,
        extraction_id: int | None = None,
        may_be_incomplete: bool = False,
    ) -> Filed:
        """A person approves: review, corrections, credentials and the moves to `approved`, in one transaction.

        `owner` names the provider whose document it is; `extraction_id` is what the reviewer looked at. Raises
        LedgerRefusal where the document is decided already, was read again meanwhile, lacks a required field, or
        where a rule finds an error in a correction.
        """
        with self._transaction() as connection:
            return reviews.approve(
                connection,
                document_id,
                reviewer=reviewer,
                reason=reason,
                said=corrections,
                owner=owner,
                extraction_id=extraction_id,
                may_be_incomplete=may_be_incomplete,
                now=now,
            )

    def reject(
        self, document_id: DocumentId, *, reviewer: str, reason: str, now: datetime, extraction_id: int | None = None
    ) -> None:
        """A person rejects, with a reason; credentials that only this document proves are withdrawn."""
        with self._transaction() as connection:
            reviews.reject(
                connection, document_id, reviewer=reviewer, reason=reason, extraction_id=extraction_id, now=now
            )

    def reopen_review(self, document_id: DocumentId, *, reviewer: str, reason: str, now: datetime) -> None:
        """Sends a decided document back to review; its credentials stay until it is decided anew."""
        with self._transaction() as connection:
            reviews.reopen(connection, document_id, reviewer=reviewer, reason=reason, now=now)

    def create_credentials(self, document_id: DocumentId, *, actor: str, now: datetime) -> Filed:
        """A credential an item, created, renewed or confirmed, and the document `approved`. Raises `LedgerRefusal`
        unless it is completed or approved by a person."""
        with self._transaction() as connection:
            return credentials.create_credentials(connection, document_id, actor=actor, now=now)

    def on_file(self, document_ids: Iterable[str]) -> tuple[OnFile, ...]:
        """What those of the documents prove by now that ever proved anything."""
        with self._transaction() as connection:
            return filings.on_file(connection, document_ids)

    def take_untold_filings(self, *, told_at: datetime | None, now: datetime, at_most: int) -> tuple[DocumentId, ...]:
        """Documents a person decided on of which Dagster is to be told, the longest decided first.

        They are given again by each call until one names the `now` of this one as `told_at`: then they were told.
        """
        with self._transaction() as connection:
            if told_at is not None:
                filings.forget_told(connection, told_at)
            return filings.take_untold(connection, now=now, at_most=at_most)

    def credentials(self, provider_id: ProviderId) -> tuple[CredentialRecord, ...]:
        """What is held true of a provider, by type and expiry."""
        with self._transaction() as connection:
            return credentials.list_credentials(connection, provider_id)

    def claims_to_credit(self, provider_id: ProviderId) -> tuple[Claim, ...]:
        """The provider's claims to CME credit, on file, settled and in review."""
        with self._transaction() as connection:
            return claims_to_credit.load_claims(connection, provider_id)

    def reviews(self, document_id: DocumentId) -> tuple[ReviewRecord, ...]:
        """Every decision on the document, oldest first."""
        with self._transaction() as connection:
            return reviews.load_reviews(connection, document_id)

    def corrections(self, document_id: DocumentId) -> tuple[Correction, ...]:
        """What the last reviewer of the current extraction corrected."""
        with self._transaction() as connection:
            return reading_back.load_corrections(connection, document_id)

    def relations(self, document_id: DocumentId) -> tuple[RelationRecord, ...]:
        """What the document repeats or renews, and which documents repeat or renew it."""
        with self._transaction() as connection:
            return reviews.load_relations(connection, document_id)

    def extraction_id(self, document_id: DocumentId) -> int | None:
        """The number of the current extraction."""
        with self._transaction() as connection:
            return reviews.current_extraction_id(connection, document_id)
